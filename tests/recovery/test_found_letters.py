"""What is read back: the headers of letters, and the texts of Convene's own cells."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.own_cells import read_message, read_position
from pipeline.messages.compose import compose, make_message_id
from pipeline.model.history import Posted
from pipeline.model.kinds import KINDS
from pipeline.model.message import Kind, Message, Rendered, State
from pipeline.model.settings import Sender
from pipeline.model.sheet import OwnCells
from pipeline.recovery.found_letters import read_letter
from tests.support.build import BEFORE, CALL, MADRID, SELECTION

LETTER = b"""\
To: Ana@example.org
Date: Wed, 02 Aug 2023 07:00:00 +0200
X-Convene-Ref: meeting/P-ANA222/invitation/2

Dear Ana
"""


@pytest.mark.parametrize("call", ["meeting", "a/b", "Träffen 2023", "a name that is much longer than " * 4])
@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("to", ["Ana@example.org", "jürgen@example.org", '"ana b"@example.org'])
def test_a_letter_is_read_as_it_was_written(call: str, kind: Kind, to: str) -> None:
    call = call.strip()
    message = Message("P-ANA222", to, kind, 12, Rendered("Hello", "text\n", "<p>"), "why")
    message_id = make_message_id("P-ANA222", kind, 12, call, "s", "example.org")
    data = compose(message, Sender("us@example.org"), "", message_id, SELECTION, call)
    assert read_letter(replace(CALL, id=call), data) == Posted(
        0, "P-ANA222", kind, 12, State.ACCEPTED, SELECTION, to.lower()
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"X-Convene-Ref", b"X-Other-Ref"),
        (b"meeting/", b""),
        (b"meeting/", b"other/"),
        (b"P-ANA222", b"P-ANA"),
        (b"invitation", b"invoice"),
        (b"/2", b"/0"),
        (b"/2", b"/two"),
        (b"meeting", b"=?nosuch?q?meeting?="),
        (b"Ana@example.org", b"nobody"),
        (b"Ana@example.org", b"ana@example.org, bea@example.org"),
        (b"Wed, 02 Aug 2023 07:00:00 +0200", b"tomorrow"),
        (b"2023", b"1971"),
        (b"2023", b"99999999999999999999"),
    ],
)
def test_what_is_no_letter_of_ours_is_passed_over(old: bytes, new: bytes) -> None:
    assert old in LETTER
    assert read_letter(CALL, LETTER.replace(old, new)) is None


@given(st.binary(max_size=200), st.integers(0, len(LETTER)), st.integers(0, len(LETTER)))
def test_any_bytes_are_a_letter_or_none(noise: bytes, start: int, end: int) -> None:
    found = read_letter(CALL, LETTER[:start] + noise + LETTER[end:])
    assert found is None or found.reference == "P-ANA222"


@pytest.mark.parametrize(
    ("text", "kind", "state", "at", "reply"),
    [
        ("Invitation, 2023-08-02 07:00", "invitation", "accepted", SELECTION, ""),
        (" Waiting list,  2023-08-02 07:00\n", "waiting_list", "accepted", SELECTION, ""),
        ("Not selected: refused by the mail server: 550 no", "not_selected", "refused", BEFORE, "550 no"),
        ("Acknowledgement: refused by the mail server:", "received", "refused", BEFORE, ""),
        ("Invitation: in doubt since 2023-08-02 07:00, it may have been delivered", "invitation",
         "in doubt", SELECTION, ""),
        *(
            (f"Invitation{sign} {said}", "invitation", "in doubt", BEFORE, said)
            for sign, said in (
                (":", "put off by the mail server, it will be tried again"), (":", "not sent yet"), (",", "soon"),
                (",", "2023-02-30 07:00"), (",", "1923-08-02 07:00"), (",", "٢٠٢٣-08-02 07:00"),
            )
        ),
    ],
)  # fmt: skip
def test_a_last_message_is_read_or_in_doubt(
    text: str, kind: str, state: str, at: datetime, reply: str
) -> None:
    told = Posted(0, "", Kind(kind), 0, State(state), at, reply=reply)
    assert read_message(text, MADRID, BEFORE) == told


@pytest.mark.parametrize("text", ["", "rang on Monday", "Invitations, yesterday"])
def test_any_other_text_is_no_message(text: str) -> None:
    assert read_message(text, MADRID, BEFORE) is None


@pytest.mark.parametrize(
    ("text", "position"), [("1", 1), (" 12 ", 12), ("0", None), ("", None), ("-1", None), ("9" * 7, None)]
)
def test_a_position_is_a_small_number(text: str, position: int | None) -> None:
    assert read_position(OwnCells(waiting_list=text)) == position
