"""The letters of a plan as they are looked at: all of them, as they would leave, and how far each is."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from pipeline.model.history import by_reference
from pipeline.model.languages import Languages
from pipeline.model.message import Kind, Picture, Rendered, State
from pipeline.model.said import tell
from pipeline.model.shown_letter import ShownLetter, Stand
from pipeline.planning.preview import odd_letters, open_posted, show_letters, show_sent, went_out
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    NEW,
    NOA,
    SELECTION,
    SERVICE,
    TEMPLATES,
    carried_out,
    plan,
    responses,
)

APPROVING = replace(CALL, approve=frozenset(CALL.messages) - {Kind.RECEIVED})
SENDER = SERVICE.mail.sender


def stands(letters: tuple[ShownLetter, ...]) -> list[tuple[str, str, str, bool]]:
    return [(letter.name, letter.kind, letter.stand, bool(letter.code)) for letter in letters]


def test_letters_leave_or_are_proposed_before_selection_day() -> None:
    made = plan(responses(ANA, NOA), BEFORE, call=APPROVING)
    letters = show_letters(APPROVING, TEMPLATES, SENDER, made, {}, "de")
    assert stands(letters) == [
        ("Ana Lopez", "received", Stand.LEAVES, False),
        ("Noa Silva", "received", Stand.LEAVES, False),
        ("Ana Lopez", "invitation", Stand.PROPOSED, True),
        ("Noa Silva", "not_selected", Stand.PROPOSED, True),
    ]
    assert (letters[0].to, letters[0].language, letters[0].why) == (
        "ana@example.org",
        "en",
        tell(made.assessment.verdicts[0].reason, "de"),
    )
    assert message_from_bytes(letters[2].data, policy=default)["Subject"] == "A meeting: invitation"


def test_letters_of_earlier_runs_go_on_or_wait_with_the_bytes_that_are_stored() -> None:
    first = plan(responses(ANA, BEA), BEFORE)
    before = carried_out(first, NEW, State.PREPARED)
    put_off = replace(before.posted[1], state=State.DEFERRED, next_attempt=BEFORE.replace(hour=9))
    history = replace(before, posted=(before.posted[0], put_off))
    made = plan(responses(ANA, BEA), BEFORE, history)
    stored = {message.id: f"Subject: {message.id}\r\n\r\n".encode() for message in open_posted(made)}
    letters = show_letters(CALL, TEMPLATES, SENDER, made, stored)
    assert stands(letters) == [
        ("Ana Lopez", "received", Stand.GOES_ON, False),
        ("Bea Rossi", "received", Stand.KEPT, False),
    ]
    assert [letter.data for letter in letters] == [*stored.values()]


def test_a_letter_to_somebody_whose_row_is_gone_is_shown_by_its_reference() -> None:
    history = carried_out(plan(responses(ANA, BEA), BEFORE), NEW, State.PREPARED)
    made = plan(responses(ANA), BEFORE, history)
    (gone,) = set(by_reference(history)) - {one.reference for one in made.assessment.verdicts}
    stored = {message.id: b"\r\n\r\n" for message in history.posted}
    letters = show_letters(CALL, TEMPLATES, SENDER, made, stored)
    assert [(one.name, one.why, one.stand) for one in letters if one.reference == gone] == [
        ("", "", Stand.KEPT)
    ]


def test_what_waits_for_approval_has_its_code_and_readers_their_language() -> None:
    call = replace(APPROVING, languages=Languages("en", ("fr",), "country", {"Spain": "fr"}))
    history = carried_out(plan(responses(ANA), BEFORE, call=call), NEW)
    made = plan(responses(ANA), SELECTION, history, call)
    french = replace(TEMPLATES, templates={Kind.INVITATION: {"fr": TEMPLATES.template(Kind.INVITATION)}})
    letters = show_letters(call, french, SENDER, made, {})
    assert [(*one, letters[0].language) for one in stands(letters)] == [
        ("Ana Lopez", "invitation", Stand.WAITS, True, "fr")
    ]


def test_what_went_out_is_shown_by_name_and_of_what_is_no_longer_kept_no_file() -> None:
    first = plan(responses(NOA, ANA, BEA), BEFORE)
    history = carried_out(first, NEW)
    noa, bea, ana = sorted(history.posted, key=lambda one: one.to, reverse=True)
    left = replace(
        history, posted=(noa, replace(ana, state=State.IN_DOUBT), replace(bea, state=State.REFUSED))
    )
    sent = went_out(left)
    letters = show_sent(CALL, TEMPLATES, first.assessment, sent, {ana.id: b"x"})
    assert [(one.name, one.stand, one.at, one.file, one.data) for one in letters] == [
        ("Ana Lopez", "in doubt", "2023-07-15 07:00", f"received {ana.reference} 1.eml", b"x"),
        ("Noa Silva", "accepted", "2023-07-15 07:00", "", b""),
    ]


def test_what_is_odd_in_new_letters_is_told_once() -> None:
    made = plan(responses(ANA, BEA), BEFORE)
    content = Rendered("x" * 101, "", "<p style='color: #777'>grey</p>", (Picture("a.png", b""),))
    odd = replace(made, messages=tuple(replace(message, content=content) for message in made.messages))
    assert len(odd_letters(CALL, TEMPLATES, odd)) == 2
    assert odd_letters(CALL, TEMPLATES, made) == ()
