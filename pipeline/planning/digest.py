"""What organisers hear after a run: what was decided and sent, what needs them, what ends tomorrow. Pure.

It leaves by mail and is read on phones: references and rows, no name, address or answer, and no mail server's words.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.decisions.problems import answer_due
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, by_reference
from pipeline.model.kinds import Kind, title_of, turn_of
from pipeline.model.locales import ENGLISH
from pipeline.model.message import State
from pipeline.model.notice import Notice, NoticeKind, Part
from pipeline.model.problem import NeedKind
from pipeline.model.said import Said, is_phrase, tell
from pipeline.model.text import one_line, shorten, without_addresses
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
        until = answer_due(call, verdict.case.standing, posted.get(verdict.reference, ()))
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
    language: str = ENGLISH,
) -> Digest | None:
    """Write the digest of a run; None where it has nothing to say that was not told before.

    What waits, and why a run ended early, is said in a digest that goes out anyway: it is no news by itself.
    """
    unseen = [need for need in needs if not need.is_seen]
    keys = frozenset((*(need.code for need in unseen), *(f"{who} {news.ends}" for who in news.ending)))
    if not (news.decided or news.sent or keys - set(told)):
        return None
    parts = (
        Part(Said("part needs you"), tuple(_needs(unseen))),
        Part(Said("part ends tomorrow"), _ending(call, news)),
        Part(Said("part decided"), tuple(_decided(status, number) for status, number in news.decided)),
        Part(
            Said("part sent"),
            tuple(Said("sent of kind", number=number, kind=title_of(kind)) for kind, number in news.sent),
        ),
        Part(Said("part waits"), (waits.in_short,) if waits.count else ()),
        Part(Said("part unfinished"), (failure,) if failure else ()),
    )
    said = tuple(part for part in parts if part.lines)
    notice = Notice(
        NoticeKind.DIGEST, shorten(call.title), _headline(news, unseen), said, Said("digest foot"), link
    )
    return Digest(in_language(notice, language, call.columns.say), keys)


def in_language(notice: Notice, language: str, say: Callable[[str], str] = str) -> Notice:
    """Tell all that a notice says in a language; `say` calls columns by their headers."""
    parts = (
        Part(tell(part.title, language), tuple(say(tell(line, language)) for line in part.lines))
        for part in notice.parts
    )
    return replace(
        notice,
        headline=tell(notice.headline, language),
        parts=tuple(parts),
        foot=tell(notice.foot, language),
        language=language,
    )


def _decided(status: Status, number: int) -> Said:
    key = f"decided {status}"
    return (
        Said(key, number=number)
        if is_phrase(key)
        else Said("decided otherwise", number=number, status=status)
    )


def _headline(news: News, unseen: Collection[Need]) -> Said:
    sent, decided = (sum(number for _, number in counts) for counts in (news.sent, news.decided))
    counts = {
        "letters sent": sent,
        "people decided": 0 if sent else decided,
        "things need you": len(unseen),
        "offers end": len(news.ending),
    }
    parts = tuple(Said(key, number=number) for key, number in counts.items() if number)
    return Said("headline", parts=parts)


def _ending(call: Call, news: News) -> tuple[Said, ...]:
    if not news.ends:
        return ()
    until, names = news.ends.astimezone(call.zone).date(), _named(news.ending)
    return (Said("offers to answer", number=len(news.ending), until=until, names=names),)


def _needs(needs: list[Need]) -> Iterator[Said]:
    """Say what needs a person, oldest first; of one kind in one line where only who it is differs."""
    told: set[NeedKind] = set()
    for need in needs:
        if need.kind not in _MANY:
            where = Said("where and what", where=need.where, what=need.what)
            what = where if need.kind is NeedKind.OTHER else need.what
            yield Said("needs, in a notice", where_and_what=what, advice=need.next_step)
        elif need.kind not in told:
            told.add(need.kind)
            alike = [each for each in needs if each.kind is need.kind]
            what = Said(_MANY[need.kind], number=len(alike))
            yield Said("named", what=what, names=_named([_who(each) for each in alike]))


def _who(need: Need) -> str:
    if need.reference and need.row:
        return Said("reference in row", reference=need.reference, row=need.row)
    return need.reference or need.where


def _named(names: Collection[str]) -> tuple[str, ...]:
    shown, more = tuple(names)[:MOST_NAMED], len(names) - MOST_NAMED
    return (*shown, Said("and more", number=more)) if more > 0 else shown


_MANY = {
    NeedKind.TO_REVIEW: "people to review",
    NeedKind.CHECK_ROW: "rows to check",
    NeedKind.DECISION: "words not understood",
    NeedKind.IN_DOUBT: "letters in doubt",
    NeedKind.REFUSED: "letters refused",
    NeedKind.UNANSWERED: "offers unanswered",
    NeedKind.REPLY: "idle replies",
}
"""What is said once of several people, by the phrase that counts them."""


# --- the alert ---------------------------------------------------------------------------------------------


def write_alert(title: str, failure: str, link: str, *, has_run: bool, language: str = ENGLISH) -> Notice:
    """Write the alert that a run failed: one sentence to act on, as the failure has it."""
    headline = Said("run unfinished" if has_run else "could not run")
    part = Part(Said("part what to do"), (failure,))
    notice = Notice(NoticeKind.ALERT, shorten(title), headline, (part,), Said("alert foot"), link)
    return in_language(notice, language)


def say_failed(kind: str, failure: str) -> Said:
    """Say why a run failed: what an error of its kind means, with what a command says of it."""
    key = f"failed {kind}"
    return Said(key if is_phrase(key) else "failed otherwise", said=failure)


def say_failure(failure: str) -> str:
    """Say a failure in one short line; of a list of problems, the first and how many more there are."""
    first, *more = failure.strip().splitlines() or ["It is not known why; see state/convene.log."]
    tail = f" (and {len(more)} more)" if len(more) > 1 else ""
    rest = f" {more[0]}" if len(more) == 1 else ""
    return shorten(without_addresses(one_line(f"{first}{rest}")), LONGEST_SENTENCE) + tail


def cause_of(kind: str, failure: str) -> str:
    """Return by what a failure is known again: rows, times and other numbers change from run to run."""
    return f"{kind}: {re.sub(r'[0-9]+', '#', say_failure(failure))}"
