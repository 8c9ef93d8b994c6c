"""The letters of a plan, to be looked at: those that would leave, and those that wait or are proposed. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.decisions.assess import Assessment
from pipeline.decisions.verdict import Verdict
from pipeline.messages.language import language_of
from pipeline.messages.lint import look_again, look_at_colours
from pipeline.messages.reading import Templates
from pipeline.model.call import Call, when
from pipeline.model.effect import Effect
from pipeline.model.history import History, Posted, is_open
from pipeline.model.locales import ENGLISH, nearest
from pipeline.model.message import DOUBTFUL_STATES, Message, State
from pipeline.model.said import tell
from pipeline.model.settings import Sender
from pipeline.model.short_code import short_code
from pipeline.model.shown_letter import ShownLetter, Stand
from pipeline.model.text import fold
from pipeline.planning.letters import write_letter
from pipeline.planning.plan import Plan


def open_posted(plan: Plan) -> tuple[Posted, ...]:
    """Return the messages of earlier runs that may still leave: those that go on, then those that do not yet."""
    known = {message.id for message in (*plan.cancelled, *plan.resumed)}
    waiting = (one for one in plan.history.posted if is_open(one) and one.id not in known)
    return (*plan.resumed, *waiting)


def show_letters(
    call: Call,
    templates: Templates,
    sender: Sender,
    plan: Plan,
    stored: Mapping[int, bytes],
    sheet_language: str = ENGLISH,
) -> tuple[ShownLetter, ...]:
    """Return every letter of a plan as it would leave: first what leaves, in that order, then what waits.

    `stored` has the bytes of `open_posted` by their ids; why is said as the sheet says it.
    Raises TemplateError for a letter that cannot be composed.
    """
    people = {verdict.reference: verdict for verdict in plan.assessment.verdicts}
    waits, early = _by_letter(plan.unreleased), _by_letter(plan.early)

    def show(message: Message | Posted, data: bytes, stand: Stand) -> ShownLetter:
        key = message.reference, str(message.kind)
        effect = waits.get(key) or early.get(key)
        shown = _shown(call, templates, message, people.get(message.reference), data)
        stand = Stand.WAITS if key in waits else Stand.PROPOSED if key in early else stand
        code = short_code(effect.digest) if effect else ""
        return replace(shown, why=tell(shown.why, sheet_language), stand=stand, code=code)

    def written(messages: Iterable[Message], stand: Stand) -> Iterator[ShownLetter]:
        letters = ((one, write_letter(call, sender, one, plan.history.secret, plan.now)) for one in messages)
        return (show(message, letter.data, stand) for message, letter in letters)

    earlier = [
        show(message, stored[message.id], Stand.GOES_ON if message in plan.resumed else Stand.KEPT)
        for message in open_posted(plan)
    ]
    going, kept = earlier[: len(plan.resumed)], earlier[len(plan.resumed) :]
    return (*going, *written(plan.messages, Stand.LEAVES), *kept, *written(plan.kept, Stand.KEPT))


def went_out(history: History) -> tuple[Posted, ...]:
    """Return the messages that left, or may have, oldest first."""
    left = {State.ACCEPTED, *DOUBTFUL_STATES}
    return tuple(message for message in history.posted if message.state in left)


def show_sent(
    call: Call,
    templates: Templates,
    assessment: Assessment,
    sent: Iterable[Posted],
    stored: Mapping[int, bytes],
) -> tuple[ShownLetter, ...]:
    """Return letters that went out, by the names of those who got them; `stored` has their bytes, where kept."""
    people = {verdict.reference: verdict for verdict in assessment.verdicts}
    letters = (
        replace(
            _shown(call, templates, message, people.get(message.reference), stored.get(message.id, b"")),
            why="",
            stand=message.state,
            at=when(call, message.at),
            file=f"{message.kind} {message.reference} {message.revision}.eml" if message.id in stored else "",
        )
        for message in sent
    )
    return tuple(sorted(letters, key=lambda letter: (fold(letter.name), letter.at, letter.reference)))


def _shown(
    call: Call, templates: Templates, message: Message | Posted, verdict: Verdict | None, data: bytes
) -> ShownLetter:
    applicant = verdict.case.applicant if verdict else None
    asked = language_of(call.languages, applicant.response.answers if applicant else {})
    return ShownLetter(
        message.reference,
        applicant.name if applicant else "",
        message.to,
        message.kind,
        nearest(asked, templates.templates.get(message.kind, {})) or templates.default,
        verdict.reason if verdict else "",
        Stand.KEPT,
        data,
    )


def _language(call: Call, templates: Templates, message: Message, verdict: Verdict) -> str:
    asked = language_of(call.languages, verdict.case.applicant.response.answers)
    return templates.template(message.kind, asked).language


def _by_letter(effects: tuple[Effect, ...]) -> Mapping[tuple[str, str], Effect]:
    return {(effect.reference, effect.kind): effect for effect in effects}


def odd_letters(call: Call, templates: Templates, plan: Plan) -> tuple[str, ...]:
    """Return what is to be looked at again in the letters that are new, each once."""
    people = {verdict.reference: verdict for verdict in plan.assessment.verdicts}
    odd: dict[str, None] = {}
    seen: set[str] = set()
    for message in (*plan.messages, *plan.kept):
        template = templates.template(
            message.kind, _language(call, templates, message, people[message.reference])
        )
        odd |= dict.fromkeys(look_again(templates, template, message.content))
        if template.name not in seen:
            seen.add(template.name)
            odd |= dict.fromkeys(look_at_colours(templates, message.content))
    return tuple(odd)
