"""Letters that are only tried: what an applicant gets, or would if it were due, to an organiser's own address."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from pipeline.model.errors import UsageError
from pipeline.model.languages import Languages
from pipeline.model.message import Kind
from pipeline.planning.tried import of_applicant, of_nobody, write_test
from tests.support.build import (
    ANA,
    BEFORE,
    CALL,
    NEW,
    SELECTION,
    SERVICE,
    TEMPLATES,
    carried_out,
    plan,
    responses,
)

FIRST = plan(responses(ANA), BEFORE)
(WHO,) = FIRST.people


def tried(made: object, *kinds: Kind) -> list[tuple[str, str, bool]]:
    messages = of_applicant(CALL, TEMPLATES, made, WHO, kinds)  # type: ignore[arg-type]  # a plan
    return [(each.reference, each.kind, "Ana Lopez" in each.content.text) for each in messages]


def test_an_applicant_gets_what_is_due_and_what_is_asked_for_as_if_it_were() -> None:
    assert tried(FIRST) == [(WHO, "received", True)]
    assert tried(FIRST, Kind.WAITING_LIST, Kind.RECEIVED) == [
        (WHO, "waiting_list", True),
        (WHO, "received", True),
    ]
    (due,) = of_applicant(CALL, TEMPLATES, FIRST, WHO, (Kind.RECEIVED,))
    assert due is FIRST.messages[0]


def test_nobody_and_nothing_cannot_be_tried() -> None:
    told = carried_out(plan(responses(ANA), SELECTION), NEW)
    with pytest.raises(UsageError, match="No applicant in the sheet has the reference P-NOBODY"):
        of_applicant(CALL, TEMPLATES, FIRST, "P-NOBODY", ())
    with pytest.raises(UsageError, match=f"No new letter is due to {WHO}"):
        of_applicant(CALL, TEMPLATES, plan(responses(ANA), SELECTION, told), WHO, ())


def test_a_made_up_person_gets_every_kind_in_a_language() -> None:
    call = replace(CALL, languages=Languages("en", ("fr",)))
    french = {
        **TEMPLATES.templates[Kind.DELAYED],
        "fr": replace(TEMPLATES.template(Kind.DELAYED), language="fr"),
    }
    templates = replace(TEMPLATES, templates={**TEMPLATES.templates, Kind.DELAYED: french})
    messages = of_nobody(call, templates, (), "", BEFORE)
    assert [message.kind for message in messages] == [*CALL.messages]
    assert {message.content.text.count("Maria") for message in messages} == {1}
    assert len(of_nobody(call, templates, (Kind.DELAYED,), "fr", BEFORE)) == 1


def test_a_test_goes_to_whoever_asked_and_has_no_mark_of_a_real_letter() -> None:
    (message,) = of_nobody(CALL, TEMPLATES, (Kind.INVITATION,), "", BEFORE)
    letters = [
        write_test(CALL, SERVICE.mail.sender, each, "me@example.org", "<1@example.org>", BEFORE)
        for each in (message, replace(FIRST.messages[0], reference=WHO))
    ]
    heads = [message_from_bytes(letter.data, policy=default) for letter in letters]
    assert [
        (letter.to, head["To"], head["X-Convene-Ref"]) for letter, head in zip(letters, heads, strict=True)
    ] == [("me@example.org", "me@example.org", None)] * 2
    assert [head["X-Convene-Test"] for head in heads] == [
        "meeting/P-SAMPLE/invitation/1",
        f"meeting/{WHO}/received/1",
    ]
    texts = [str(next(head.iter_parts()).get_content()).splitlines()[0] for head in heads]
    assert texts == [
        "Test: this is how it looks to a made-up person. Nobody else got it.",
        f"Test: this is how it looks to {WHO}, at ana@example.org. Nobody else got it.",
    ]
