"""Every state that somebody can be in when a message is due: what `check` fills the templates in for.

A template that is right for all of them has no empty place in anybody's letter. Answers, names and dates are made up.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product

from pipeline.decisions.timeline import TELLS
from pipeline.messages.context import NOTHING_TOLD, OUTCOMES, Context, Told, make_context
from pipeline.messages.reading import Templates
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response, Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.kinds import GROUPS, Group, Occasion
from pipeline.model.message import DECISIONS, Kind
from pipeline.model.printed import CANCELLED, FACT, YES, Difference, Differences, meanings
from pipeline.model.reason import Fact, Reason, ReasonKind, because
from pipeline.planning.changes import may_matter
from pipeline.planning.letters import passed_dates

NAMES = (("Maria", "O’Brien-Nguyễn"), ("", ""), ("<b>*_[x](y)", "{{ 7 }}"))
"""Names that a template must stand: an ordinary one, none at all, and a hostile one."""

ANSWER = "an answer to"
"""How every answer begins; the person without a name gave none."""

_FULL: Fact = (("places for Spain", 4),)
_REASONS: Mapping[Status, tuple[tuple[Reason, ...], ...]] = {
    Status.OFFERED: (
        (because(ReasonKind.OFFERED, rank=3, tier=0, causes=()),),
        (because(ReasonKind.OFFERED, rank=0, tier=0, causes=()),),
    ),
    Status.WAITING: (
        (because(ReasonKind.WAITING, position=2, places=0, full=_FULL),),
        (because(ReasonKind.WAITING, position=2, places=35, full=()),),
    ),
    Status.NOT_SELECTED: ((because(ReasonKind.NO_PLACE, is_closed=False, causes=(), places=0, full=_FULL),),),
    Status.EXPIRED: ((because(ReasonKind.LAPSED, by="2023-08-20 23:59"),),),
    Status.INELIGIBLE: ((because(ReasonKind.RULE, text="As the rule says."),),),
}
_BY_WORD = (because(ReasonKind.DECIDED, word="a word"),)


@dataclass(frozen=True, slots=True)
class DueState:
    """Somebody to whom a message is due at a time; `says` tells which state this is, for a person."""

    says: str
    context: Context


def states(call: Call, kind: Kind, language: str) -> Iterator[DueState]:
    """Go through all states in which a message of a kind can be due, each after each date that passes.

    `language` is that of the template.
    """
    categories = ("", *(category.id for category in call.audience.categories[:1]))
    times = _times(call, kind)
    for told, now, category, late, held, names, changes in product(
        _tellable(call, kind), times, categories, (False, True), (False, True), NAMES, _changes(call, kind)
    ):
        # Whom the rules rule out, they put in no category; whom the ranking judges is in one.
        is_judged = told is not NOTHING_TOLD and not told.by_word
        if is_judged and bool(category) is (told.status is Status.INELIGIBLE):
            continue
        if changes and kind != Kind.CHANGED and (late or held or names != NAMES[0]):
            continue  # who else was told otherwise reads the same of it
        passed = passed_dates(call, kind, now)
        context = make_context(
            call,
            _sample(call, *names),
            category=category,
            late=late,
            held=held,
            passed=passed,
            told=told,
            language=language,
            changes=changes,
        )
        yield DueState(_say(told, category, late, held, names, passed, changes), context)


def _changes(call: Call, kind: Kind) -> tuple[Differences, ...]:
    """Return what can have been told otherwise when a message of a kind leaves: nothing, or all that there is."""
    again = Difference(CANCELLED, YES, "")
    gone, new = Difference(f"{FACT}gone", "what was", ""), Difference(f"{FACT}new", "", "what is")
    now = ((name, meaning) for name, meaning in meanings(call).items() if meaning and may_matter(name))
    every = (Difference(name, meaning, meaning) for name, meaning in now)
    return ((*every, again, gone, new),) if kind == Kind.CHANGED else ((), (*every, again, gone, new))


def _say(
    told: Told,
    category: str,
    late: bool,
    held: bool,
    names: tuple[str, str],
    passed: Iterable[str],
    changes: Differences,
) -> str:
    """Say in words in which state somebody is."""
    facts = (
        told.status.value.lower(),
        "by an organiser's word" if told.by_word else "",
        "" if category else "in no category",
        "applied late" if late else "",
        "did not agree" if held else "",
        "" if names[0] else "without name and answers",
        *(f"{key} has passed" for key in sorted(passed)),
        "told otherwise before" if changes else "",
    )
    return ", ".join(filter(None, facts))


def _tellable(call: Call, kind: Kind) -> tuple[Told, ...]:
    """Return what messages of a kind can tell: each status by each reason, and by an organiser's word."""
    if occasion := call.occasions.get(kind):
        return tuple(
            Told(status, (), 2 if status is Status.WAITING else 0, due, by_word=by_word)
            for status in _called(occasion)
            for due in _days(call, kind, status)
            for by_word in (False, True)
        )
    if kind not in DECISIONS:
        return (NOTHING_TOLD,)
    told = []
    for status in OUTCOMES.values():
        if TELLS.get(status) == kind:
            position = 2 if status is Status.WAITING else 0
            for due in _days(call, kind, status):
                told += [Told(status, reasons, position, due) for reasons in _REASONS.get(status, ())]
                if status not in {Status.INELIGIBLE, Status.EXPIRED}:
                    told.append(Told(status, _BY_WORD, position, due, by_word=True))
    return tuple(told)


def _days(call: Call, kind: Kind, status: Status) -> tuple[datetime | None, ...]:
    """Return the days by which letters of a kind can ask for an answer; None where one may name none."""
    if status is not Status.OFFERED:
        return (None,)
    due = call.dates.reply_by or (call.dates.starts if call.offers.within else None)
    return (due or call.dates.starts,) if kind == Kind.REPLY_REMINDER else (None, due) if due else (None,)


def _called(occasion: Occasion) -> tuple[Status, ...]:
    """Return where those stand for whom an occasion calls."""
    return (occasion.when,) if occasion.when else tuple(sorted(GROUPS[occasion.to or Group.ALL]))


def _times(call: Call, kind: Kind) -> tuple[datetime, ...]:
    """Return a time before all dates, and one after each that changes what a message of the kind names."""
    dates = call.dates
    first = dates.opens or dates.deadline - timedelta(days=1)
    moments = (first, *(date + timedelta(seconds=1) for date in (dates.selection, dates.reply_by) if date))
    return tuple({passed_dates(call, kind, moment): moment for moment in sorted(moments)}.values())


def _sample(call: Call, first: str, family: str) -> Applicant:
    answers = {key: "" if not first else f"{ANSWER} {key}" for key in call.columns.headers}
    response = Response("sample", "ana@example.org", call.dates.deadline, answers, first, family)
    return Applicant("P-SAMPLE", response)


def likely_told(call: Call, kind: Kind, now: datetime) -> Told:
    """Return what a message of a kind tells, if it were due."""
    told = _tellable(call, kind)
    return next((each for each in told if each.reply_by and each.reply_by >= now), told[0])


def likely_context(
    call: Call,
    kind: Kind,
    language: str,
    now: datetime,
    applicant: Applicant | None = None,
    category: str = "",
) -> Context:
    """Return what a template may use for somebody of whom nothing is missing; a made-up person where none is named."""
    first = call.audience.categories[0].id if call.audience.categories else ""
    return make_context(
        call,
        applicant or _sample(call, *NAMES[0]),
        category=category or first,
        late=False,
        held=False,
        passed=passed_dates(call, kind, now),
        told=likely_told(call, kind, now),
        language=language,
        changes=_changes(call, kind)[0],
    )


def raise_if_unfit(call: Call, templates: Templates, kind: Kind, asked: str, now: datetime) -> None:
    """Raise TemplateError for a template that can be filled in for nobody: not even where nothing is missing."""
    render(templates, kind, likely_context(call, kind, templates.template(kind, asked).language, now))
