"""What a template may use: texts, days, yes or no, and groups of these. docs/templates.md lists all of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from pipeline.messages.language import Moment
from pipeline.messages.markup import clean
from pipeline.messages.names import greetable
from pipeline.messages.printed import Named
from pipeline.messages.reasons import FOR_READERS, tell
from pipeline.model.applicant import Applicant, Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH, is_right_to_left, write_day, write_time
from pipeline.model.printed import DATES, FACT, TIME, Difference, Differences, meanings
from pipeline.model.reason import Fact, Reason, ReasonKind
from pipeline.model.text import one_line

Context = Mapping[str, object]

_NAMES = ("name", "first_name", "family_name")

OUTCOMES = {
    "offered": Status.OFFERED,
    "waiting_list": Status.WAITING,
    "not_selected": Status.NOT_SELECTED,
    "ineligible": Status.INELIGIBLE,
    "place_withdrawn": Status.CANCELLED,
    "confirmed": Status.CONFIRMED,
    "withdrawn": Status.WITHDRAWN,
    "expired": Status.EXPIRED,
}
"""What `outcome.…` asks, and the status of which it is true."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells somebody: the conclusion, why, the place on the waiting list, until when to answer.

    `position` is 0 for who does not wait; `by_word` says that an organiser's word decided.
    """

    status: Status = Status.RECEIVED
    reasons: tuple[Reason, ...] = ()
    position: int = 0
    reply_by: datetime | None = None
    by_word: bool = False


NOTHING_TOLD = Told()


def make_context(
    call: Call,
    applicant: Applicant,
    *,
    category: str,
    late: bool,
    held: bool,
    passed: Collection[str] = (),
    told: Told = NOTHING_TOLD,
    language: str = ENGLISH,
    changes: Differences = (),
) -> Context:
    """Return what a template may use. What is empty in it, a template must ask for before it prints it.

    `category` is an id or a title; `held` says that the response waits because the agreement is missing. Dates
    of the call that have `passed` are empty. `language` is that of the template. `changes` are what other letters told
    otherwise.
    """
    meeting = _meeting(_This(call), frozenset(passed), language)
    return {
        "applicant": _person(call, applicant, language),
        "call": meeting,
        "changes": tuple(_change(call, meeting, each, language) for each in changes),
        "reference": applicant.reference,
        "category": one_line(call.audience.title(category)),
        "late": late,
        "missing_agreement": held,
        "outcome": {
            **{name: told.status is status for name, status in OUTCOMES.items()},
            "by_organisers": told.by_word,
        },
        "reason": _reason(told.reasons, language),
        "waiting": {"position": told.position or ""},
        "offer": _moment(call, "reply_by", told.reply_by, language),
        "reply_link": call.replies.link_for(applicant.reference) if call.replies else "",
        "language": language,
        "direction": "rtl" if is_right_to_left(language) else "ltr",
    }


def _person(call: Call, applicant: Applicant, language: str) -> Context:
    response, name = applicant.response, greetable(applicant.name)
    return {
        "name": name,
        # Half a sentence may look like a name.
        "first_name": greetable(response.first_name) if name else "",
        "family_name": greetable(response.family_name) if name else "",
        "reference": applicant.reference,
        "email": response.address,
        "answers": Answers(response.answers),
        **_moment(call, "submitted", response.submitted, language),
    }


class Answers(Mapping[str, str]):
    """Answers as a letter shows them; what no template asks for is not worked out."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def __getitem__(self, key: str) -> str:
        return clean(self._given[key]).strip()

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def nameless(person: object) -> Context:
    """Return what is known of an applicant without the name."""
    assert isinstance(person, Mapping)  # noqa: S101 - `make_context` made it
    return {**person, **dict.fromkeys(_NAMES, "")}


@dataclass(frozen=True, slots=True, eq=False)
class _This:
    """A call, known again when it is the very same one: comparing all that it holds would take longer."""

    call: Call

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and other.call is self.call

    def __hash__(self) -> int:
        return id(self.call)


@lru_cache(maxsize=8)  # all letters of a kind in one language say the same of the meeting
def _meeting(this: _This, passed: frozenset[str], language: str) -> Context:
    call = this.call
    dates = {name: None if name in passed else getattr(call.dates, name) for name in DATES}
    told = (_moment(call, name, at, language, name) for name, at in dates.items())

    meant = meanings(call)

    def fact(key: str) -> Named:
        own = in_language(call, key, language)
        return Named(clean(call.facts[own]).strip(), f"{FACT}{own}", meant[f"{FACT}{own}"])

    title = in_language(call, "title", language)

    return {
        "id": call.id,
        "title": Named(one_line(call.title), "title") if title == "title" else fact(title),
        "reply_to": Named(call.reply_to, "reply_to"),
        "facts": {key: fact(key) for key in call.facts},
        **{key: text for texts in told for key, text in texts.items()},
    }


def in_language(call: Call, key: str, language: str) -> str:
    """Return which fact stands for a text in a letter: in a French one `place_fr` for `place`, if there is one."""
    own = f"{key}_{language.lower().replace('-', '_')}"
    return own if own in call.facts else key


def _change(call: Call, meeting: Context, change: Difference, language: str) -> Context:
    """Write what was told, and what holds now, as the letter's language does."""
    date, is_time = change.name.removesuffix(TIME), change.name.endswith(TIME)
    if date in DATES:
        at = datetime.fromisoformat(f"2000-01-01T{change.was}" if is_time else change.was).replace(
            tzinfo=call.zone
        )
        was, now = write_time(at, language) if is_time else write_day(at, language), meeting[change.name]
    else:
        fact = call.facts.get(change.name.removeprefix(FACT), change.now)
        text = clean(fact).strip() if change.name.startswith(FACT) else change.now
        was, now = change.was, Named(text, change.name, change.now)
    return {"name": change.name.removeprefix(FACT), "was": was, "now": now}


def _moment(call: Call, key: str, moment: datetime | None, language: str, name: str = "") -> dict[str, str]:
    """Write a moment as day and time in the call's zone; both are empty where there is none."""
    local = moment.astimezone(call.zone) if moment else None
    day = Moment(local, language, name)
    return {key: day, f"{key}_time": Named(write_time(local, language) if local else "", *_clock(day))}


def _clock(day: Moment) -> tuple[str, str]:
    """Return how a day's time is named, and what it means; nothing where it has no name."""
    return next(iter(day.clock.items()), ("", ""))


def _reason(reasons: tuple[Reason, ...], language: str) -> Context:
    """Return what a letter may tell of a decision: in words, and its facts."""
    told = tuple(reason for reason in reasons if reason.kind in FOR_READERS)
    facts = {name: fact for reason in told for name, fact in reason.facts}
    rules = tuple(reason for reason in told if reason.kind is ReasonKind.RULE)
    return {
        "text": one_line(tell(told, language)),
        "rule": one_line(tell(rules, ENGLISH)),
        "full": _full(facts.get("full", ())),
        "places": facts.get("places") or "",
        "rank": facts.get("rank") or "",
    }


def _full(rules: Fact) -> tuple[str, ...]:
    """Name the limits that are full."""
    return (
        tuple(str(rule[0]) for rule in rules if isinstance(rule, tuple)) if isinstance(rules, tuple) else ()
    )
