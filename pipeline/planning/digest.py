"""What organisers hear after a run: what was decided and sent, what needs them, what ends tomorrow. Pure.

It leaves by mail and is read on phones: references and rows, no name, address or answer, and no mail server's words.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.decisions.decide import Verdict
from pipeline.decisions.problems import answer_due
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History, by_reference
from pipeline.model.kinds import Kind, title_of, turn_of
from pipeline.model.message import State
from pipeline.model.notice import Notice, NoticeKind, Part
from pipeline.model.problem import NeedKind
from pipeline.model.text import counted, day, listed, one_line, shorten, without_addresses
from pipeline.planning.needs import Need
from pipeline.planning.plan import Plan
from pipeline.planning.waits import Waits

MOST_NAMED = 10
"""So many people or rows are named in a line; more are counted."""

LONGEST_SENTENCE = 400
"""Characters of what an alert says: a configuration can have a hundred problems."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new after a run: how many were decided and written to, by status and kind; whose offer ends tomorrow."""

    decided: tuple[tuple[Status, int], ...] = ()
    sent: tuple[tuple[Kind, int], ...] = ()
    ending: tuple[str, ...] = ()
    ends: datetime | None = None


NO_NEWS = News()


def find_news(call: Call, plan: Plan, history: History, now: datetime) -> News:
    """Say what is new, from a plan that was carried out and what the ledger holds since."""
    known = max((message.id for message in plan.history.posted), default=0)
    resumed = {message.id for message in plan.resumed}
    ours = (each for each in history.posted if each.id > known or each.id in resumed)
    sent = Counter(message.kind for message in ours if message.state is State.ACCEPTED)
    decided = Counter(standing.status for standing in plan.standings)
    ending = tuple(_ending_tomorrow(call, plan.assessment.verdicts, history, now))
    return News(
        tuple((status, decided[status]) for status in Status if decided[status]),
        tuple((kind, sent[kind]) for kind in sorted(sent, key=turn_of)),
        tuple(reference for reference, _ in ending),
        min((until for _, until in ending), default=None),
    )


def _days(call: Call, now: datetime, until: datetime) -> int:
    return int((until.astimezone(call.zone).date() - now.astimezone(call.zone).date()) / timedelta(days=1))


def _ending_tomorrow(
    call: Call, verdicts: tuple[Verdict, ...], history: History, now: datetime
) -> Iterator[tuple[str, datetime]]:
    """Return whose offer is to be answered by tomorrow, and until when, as their own letters say."""
    posted = by_reference(history)
    for verdict in verdicts:
        until = answer_due(call, posted.get(verdict.reference, ()))
        if verdict.status is Status.OFFERED and _days(call, now, until) == 1:
            yield verdict.reference, until


# --- the digest --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, and what it tells that is told once (`keys`, by which later ones know it)."""

    notice: Notice
    keys: frozenset[str]


def write_digest(
    call: Call,
    news: News,
    needs: Collection[Need],
    waits: Waits,
    failure: str,
    told: Collection[str],
    link: str,
) -> Digest | None:
    """Write the digest of a run; None where it has nothing to say that was not told before.

    What waits, and why a run ended early, is said in a digest that goes out anyway: it is no news by itself.
    """
    unseen = [need for need in needs if not need.is_seen]
    keys = frozenset((*(need.code for need in unseen), *(f"{who} {news.ends}" for who in news.ending)))
    if not (news.decided or news.sent or keys - set(told)):
        return None
    parts = (
        Part("Needs you", tuple(_needs(unseen))),
        Part("Ends tomorrow", _ending(call, news)),
        Part("Decided", tuple(f"{number} {_DECIDED.get(status, status)}" for status, number in news.decided)),
        Part("Sent", tuple(f"{number} × {title_of(kind).lower()}" for kind, number in news.sent)),
        Part("Waits for a later run", (_waits(waits),) if waits.count else ()),
        Part("The run did not finish", (say_failure(failure),) if failure else ()),
    )
    headline = _headline(news, unseen)
    foot = "You get this after a run with something to say, as your address stands in config/service.yaml."
    said = tuple(part for part in parts if part.lines)
    title = shorten(call.title)
    return Digest(Notice(NoticeKind.DIGEST, title, headline, said, foot, link), keys)


def _headline(news: News, unseen: Collection[Need]) -> str:
    sent, decided = (sum(number for _, number in counts) for counts in (news.sent, news.decided))
    said = (
        f"{counted(sent, 'letter')} sent" if sent else f"{decided} decided" if decided else "",
        f"{counted(len(unseen), 'thing')} {'needs' if len(unseen) == 1 else 'need'} you" if unseen else "",
        f"{counted(len(news.ending), 'offer')} {'ends' if len(news.ending) == 1 else 'end'} tomorrow"
        if news.ending
        else "",
    )
    return ", ".join(filter(None, said))


def _ending(call: Call, news: News) -> tuple[str, ...]:
    if not news.ends:
        return ()
    until = day(news.ends.astimezone(call.zone))
    return (f"{counted(len(news.ending), 'offer')} to be answered by {until}: {_named(news.ending)}",)


def _waits(waits: Waits) -> str:
    """Say what waits; how many there are in all is no part of it."""
    return str(waits).partition(": ")[2]


def _needs(needs: list[Need]) -> Iterator[str]:
    """Say what needs a person, oldest first; of one kind in one line where only who it is differs."""
    told: set[NeedKind] = set()
    for need in needs:
        if need.kind not in _MANY:
            where = f"{need.where}: {need.what}" if need.kind is NeedKind.OTHER else need.what
            yield f"{where[:1].upper()}{where[1:]}. {need.next_step.rstrip('.')}."
        elif need.kind not in told:
            told.add(need.kind)
            alike = [each for each in needs if each.kind is need.kind]
            one, many = _MANY[need.kind]
            yield f"{len(alike)} {one if len(alike) == 1 else many}: {_named([_who(each) for each in alike])}"


def _who(need: Need) -> str:
    if need.reference and need.row:
        return f"{need.reference} (row\u00a0{need.row})"
    return need.reference or need.where


def _named(names: Collection[str]) -> str:
    shown, more = tuple(names)[:MOST_NAMED], len(names) - MOST_NAMED
    return listed((*shown, f"{more} more") if more > 0 else shown)


_MANY = {
    NeedKind.TO_REVIEW: ("person to review", "people to review"),
    NeedKind.CHECK_ROW: ("row to check", "rows to check"),
    NeedKind.DECISION: (
        "word under Decision that is not understood",
        "words under Decision that are not understood",
    ),
    NeedKind.IN_DOUBT: ("letter that may not have arrived", "letters that may not have arrived"),
    NeedKind.REFUSED: ("letter that was refused", "letters that were refused"),
    NeedKind.UNANSWERED: ("offer that nobody answered in time", "offers that nobody answered in time"),
    NeedKind.REPLY: ("reply that decides nothing without you", "replies that decide nothing without you"),
}

_DECIDED = {
    Status.OFFERED: "offered a place",
    Status.WAITING: "put on the waiting list",
    Status.NOT_SELECTED: "not selected",
    Status.INELIGIBLE: "not in the target audience",
    Status.CONFIRMED: "confirmed",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "expired",
}


# --- the alert ---------------------------------------------------------------------------------------------


def write_alert(title: str, failure: str, link: str, *, has_run: bool) -> Notice:
    """Write the alert that a run failed: one sentence to act on, as the failure has it."""
    headline = "The run did not finish" if has_run else "Convene could not run"
    foot = "You get this once a day for one cause, until it is mended, as your address stands in config/service.yaml."
    part = Part("What to do", (say_failure(failure),))
    return Notice(NoticeKind.ALERT, shorten(title), headline, (part,), foot, link)


def say_failure(failure: str) -> str:
    """Say a failure in one short line; of a list of problems, the first and how many more there are."""
    first, *more = failure.strip().splitlines() or ["It is not known why; see state/convene.log."]
    tail = f" (and {len(more)} more)" if len(more) > 1 else ""
    rest = f" {more[0]}" if len(more) == 1 else ""
    return shorten(without_addresses(one_line(f"{first}{rest}")), LONGEST_SENTENCE) + tail


def cause_of(kind: str, failure: str) -> str:
    """Return by what a failure is known again: rows, times and other numbers change from run to run."""
    return f"{kind}: {re.sub(r'[0-9]+', '#', say_failure(failure))}"
