"""Letters that organisers send to themselves: those of a plan, or as somebody would get them. Pure."""

from dataclasses import replace
from datetime import datetime

from pipeline.decisions.verdict import Verdict
from pipeline.messages.compose import TEST, compose
from pipeline.messages.language import language_of
from pipeline.messages.reading import Templates
from pipeline.messages.render import render
from pipeline.messages.tried import mark_test
from pipeline.model.applicant import Applicant
from pipeline.model.call import Call
from pipeline.model.errors import UsageError
from pipeline.model.history import Posted, by_reference
from pipeline.model.message import Kind, Letter, Message
from pipeline.model.settings import Sender
from pipeline.planning.appointments import add_appointments
from pipeline.planning.plan import Plan
from pipeline.planning.states import likely_context, likely_told


def of_applicant(
    call: Call, templates: Templates, plan: Plan, reference: str, kinds: tuple[Kind, ...]
) -> tuple[Message, ...]:
    """Return an applicant's new letters of a plan; of kinds that are asked for, also as if they were due.

    Raises UsageError where nobody has the reference, or nothing is due and no kind is named.
    """
    verdict = next((one for one in plan.assessment.verdicts if one.reference == reference), None)
    if verdict is None:
        raise UsageError(
            f"No applicant in the sheet has the reference {reference}. `convene status` lists them."
        )
    due = {one.kind: one for one in (*plan.messages, *plan.kept) if one.reference == reference}
    if not (kinds or due):
        raise UsageError(f"No new letter is due to {reference}. Say with --kind which one to try.")
    return tuple(due.get(kind) or _as_if(call, templates, plan, verdict, kind) for kind in kinds or due)


def _as_if(call: Call, templates: Templates, plan: Plan, verdict: Verdict, kind: Kind) -> Message:
    applicant, category = verdict.case.applicant, verdict.case.classification.category
    asked = language_of(call.languages, applicant.response.answers)
    posted = by_reference(plan.history).get(applicant.reference, ())
    return _likely(call, templates, kind, asked, plan.now, applicant, category, posted)


def of_nobody(
    call: Call, templates: Templates, kinds: tuple[Kind, ...], language: str, now: datetime
) -> tuple[Message, ...]:
    """Return a letter of each kind (all, where none is named) to a made-up person who reads a language."""
    asked = language or call.languages.default
    return tuple(_likely(call, templates, kind, asked, now) for kind in kinds or call.messages)


def _likely(
    call: Call,
    templates: Templates,
    kind: Kind,
    asked: str,
    now: datetime,
    applicant: Applicant | None = None,
    category: str = "",
    posted: tuple[Posted, ...] = (),
) -> Message:
    """Write a letter as if it were due, with what it does to a calendar."""
    language = templates.template(kind, asked).language
    content = render(templates, kind, likely_context(call, kind, language, now, applicant, category))
    reference, to = (applicant.reference, applicant.response.to) if applicant else (NOBODY, "")
    status = likely_told(call, kind, now).status
    content = add_appointments(call, kind, reference, status, content, language, posted, now)
    return Message(reference, to, kind, 1, content, "")


NOBODY = "P-SAMPLE"
"""The reference of the made-up person."""


def write_test(
    call: Call, sender: Sender, message: Message, to: str, message_id: str, date: datetime
) -> Letter:
    """Make the bytes of a letter that is only tried: marked, and to somebody else. Raises TemplateError."""
    whose = "a made-up person" if message.reference == NOBODY else f"{message.reference}, at {message.to}"
    tried = replace(message, to=to, content=mark_test(message.content, whose))
    data = compose(tried, sender, call.reply_to, message_id, date, call.id, TEST)
    return Letter(sender.address, to, message_id, data)
