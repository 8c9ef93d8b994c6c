"""What is read back: the headers of letters, and the texts of Convene's own cells."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.own_cells import (
    ShownMessage,
    read_message,
    read_position,
)
from pipeline.messages.compose import compose, make_message_id
from pipeline.model.message import Kind, Message, Rendered, State
from pipeline.model.settings import Sender
from pipeline.model.sheet import OwnCells
from pipeline.recovery.found_letters import FoundLetter, read_letter
from tests.support.build import MADRID, SELECTION

LETTER = b"""\
To: Ana@example.org
Date: Wed, 02 Aug 2023 07:00:00 +0200
Message-ID: <abc@example.org>
X-Convene-Ref: meeting/P-ANA222/invitation/2

Dear Ana
"""


@pytest.mark.parametrize("call", ["meeting", "a/b", "Träffen 2023", "a name that is much longer than " * 4])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_letter_is_read_as_it_was_written(call: str, kind: Kind) -> None:
    call = call.strip()
    message = Message("P-ANA222", "ana@example.org", kind, 12, Rendered("Hello", "text\n", "<p>"), "why")
    message_id = make_message_id("P-ANA222", kind, 12, call, "s", "example.org")
    data = compose(message, Sender("us@example.org"), "", message_id, SELECTION, call)
    assert read_letter(data) == FoundLetter(call, "P-ANA222", kind, 12, "ana@example.org", SELECTION)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"X-Convene-Ref", b"X-Other-Ref"),
        (b"meeting/", b""),
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
    assert read_letter(LETTER.replace(old, new)) is None


@pytest.mark.parametrize("text", [b"", b"not an id", b"<a b@example.org>"])
def test_a_letter_without_a_usable_id_is_still_a_letter(text: bytes) -> None:
    found = read_letter(LETTER.replace(b"<abc@example.org>", text).replace(b"+0200", b"-0000"))
    moment = datetime(2023, 8, 2, 7, tzinfo=UTC)
    assert found == FoundLetter("meeting", "P-ANA222", Kind.INVITATION, 2, "ana@example.org", moment)


@given(st.binary(max_size=200), st.integers(0, len(LETTER)), st.integers(0, len(LETTER)))
def test_any_bytes_are_a_letter_or_none(noise: bytes, start: int, end: int) -> None:
    found = read_letter(LETTER[:start] + noise + LETTER[end:])
    assert found is None or found.reference == "P-ANA222"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", None),
        ("rang on Monday", None),
        ("Invitations, 2023-08-02 07:00", None),
        ("Invitation, 2023-08-02 07:00", ShownMessage(Kind.INVITATION, State.ACCEPTED, SELECTION)),
        (" Waiting list,  2023-08-02 07:00\n", ShownMessage(Kind.WAITING_LIST, State.ACCEPTED, SELECTION)),
        (
            "Not selected: refused by the mail server: 550 no such user",
            ShownMessage(Kind.NOT_SELECTED, State.REFUSED, None, "550 no such user"),
        ),
        ("Acknowledgement: refused by the mail server:", ShownMessage(Kind.RECEIVED, State.REFUSED)),
        (
            "Invitation: in doubt since 2023-08-02 07:00, it may have been delivered",
            ShownMessage(Kind.INVITATION, State.IN_DOUBT, SELECTION),
        ),
        (
            "Invitation: put off by the mail server, it will be tried again",
            ShownMessage(
                Kind.INVITATION, State.IN_DOUBT, None, "put off by the mail server, it will be tried again"
            ),
        ),
        ("Invitation: not sent yet", ShownMessage(Kind.INVITATION, State.IN_DOUBT, None, "not sent yet")),
        ("Invitation, soon", ShownMessage(Kind.INVITATION, State.IN_DOUBT, None, "soon")),
        (
            "Invitation, 2023-02-30 07:00",
            ShownMessage(Kind.INVITATION, State.IN_DOUBT, None, "2023-02-30 07:00"),
        ),
        (
            "Invitation, 1923-08-02 07:00",
            ShownMessage(Kind.INVITATION, State.IN_DOUBT, None, "1923-08-02 07:00"),
        ),
        (
            "Invitation, ٢٠٢٣-08-02 07:00",
            ShownMessage(Kind.INVITATION, State.IN_DOUBT, None, "٢٠٢٣-08-02 07:00"),
        ),
    ],
)
def test_a_last_message_is_read_or_in_doubt(text: str, told: ShownMessage | None) -> None:
    assert read_message(text, MADRID) == told


@pytest.mark.parametrize(
    ("text", "position"), [("1", 1), (" 12 ", 12), ("0", None), ("", None), ("-1", None), ("9" * 7, None)]
)
def test_a_position_is_a_small_number(text: str, position: int | None) -> None:
    assert read_position(OwnCells(waiting_list=text)) == position
