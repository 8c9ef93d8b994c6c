"""A contest made of the call's places and of cases: who competes in which order, under which limits. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations, groupby

from pipeline.audience.answers import canonical, group, understand
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import is_no_group
from pipeline.decisions.places.ranking import Turns, count_turns, merits, own_tier, rank_key
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Reserved
from pipeline.model.text import listed, quote
from pipeline.selection.contest import Contender, Contest, Limit, Minimum


@dataclass(frozen=True, slots=True)
class Entrants:
    """Who competes and who has a place. `queue` stands in rank order: the waiting as they were told, then the new.

    `unknown` more places are held by people who are not in the sheet. `unsure` says, by reference, by which answers it
    is open where somebody counts (see `proved`).
    """

    queue: tuple[Case, ...]
    seated: tuple[Case, ...]
    turns: Turns
    unknown: int = 0
    unsure: Mapping[str, frozenset[str]] = field(default_factory=dict)


def waits(case: Case) -> bool:
    """Whether somebody was told to be on the waiting list."""
    return case.standing is not None and case.standing.status is Status.WAITING


def line_up(call: Call, left: Iterable[Case], seated: Iterable[Case], unknown: int = 0) -> Entrants:
    """Put those who compete in order."""
    people, sitting = tuple(left), tuple(seated)
    told = sorted(filter(waits, people), key=lambda case: (_order(case), case.reference))
    new = [case for case in people if not waits(case)]
    turns = count_turns(
        call, (case.applicant for case in new), (case.applicant for case in (*sitting, *told))
    )
    new.sort(key=lambda case: rank_key(call, case.applicant, turns))
    return Entrants((*told, *new), sitting, turns, unknown)


def _order(case: Case) -> int:
    return case.standing.order if case.standing else 0


def make_contest(call: Call, entrants: Entrants, now: datetime) -> Contest:
    """Make the contest for the places that there are at `now`."""
    places, groups = call.places, _Groups(call, (*entrants.queue, *entrants.seated), entrants.unsure)
    return Contest(
        capacity=places.seats,
        contenders=_contenders(call, entrants),
        seated=frozenset(case.reference for case in entrants.seated),
        limits=(*_limits(places.at_most, groups), *_holds(call, groups, entrants.unknown, now)),
        minimums=tuple(_minimums(places.at_least, groups)),
        wishes=tuple(_minimums(places.nice_to_have, groups)),
        unknown=entrants.unknown,
    )


def _contenders(call: Call, entrants: Entrants) -> tuple[Contender, ...]:
    """Return who competes. Those told together share their tiers; who was told later comes after them all."""
    contenders: list[Contender] = []
    level = base = 0
    for moment, batch in groupby(entrants.queue, key=_told_at):
        for case in batch:
            level = max(level, base + own_tier(call, case.applicant))
            tie = "" if moment else str(merits(call, case.applicant, entrants.turns))
            contenders.append(Contender(case.reference, level, tie))
        base = level + 1
    return tuple(contenders)


def _told_at(case: Case) -> datetime | None:
    return case.standing.at if case.standing and waits(case) else None


# --- groups ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    members: frozenset[str]
    perhaps: frozenset[str]


class _Groups:
    """Who gave which answer, in any spelling; each question is looked at once. Who is unsure may be in any group."""

    def __init__(self, call: Call, cases: tuple[Case, ...], unsure: Mapping[str, frozenset[str]]) -> None:
        self._call, self._cases, self._unsure = call, cases, unsure
        self._known: dict[str, dict[str, _Group]] = {}

    def every(self, key: str) -> dict[str, _Group]:
        """Return the groups of a question by folded answer; who said nothing is in none."""
        if key not in self._known:
            said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
            perhaps = self.unsure(key)
            for case in self._cases:
                if case.reference not in perhaps:
                    for answer in self._answers(case, key):
                        said[self.fold(key, answer)].append((answer, case.reference))
            self._known[key] = {
                folded: _Group(
                    self.name(key, _spelling(pairs)), frozenset(reference for _, reference in pairs), perhaps
                )
                for folded, pairs in sorted(said.items())
            }
        return self._known[key]

    def one(self, key: str, value: str) -> _Group:
        """Return one group; it may have no members."""
        nobody = _Group(self.name(key, value), frozenset(), self.unsure(key))
        return self.every(key).get(self.fold(key, value), nobody)

    def unsure(self, key: str) -> frozenset[str]:
        """Return of whom it is open which group they are in."""
        return frozenset(reference for reference, keys in self._unsure.items() if key in keys)

    def shared_by_nobody(self, key: str) -> frozenset[str]:
        """Return the answers that say that there is no group."""
        question = self._call.columns.question(key)
        return frozenset(
            answer for answer in self.every(key) if key != CATEGORY and is_no_group(question, answer)
        )

    def offers(self, key: str) -> tuple[str, ...]:
        """Return the answers that a question offers."""
        if key == CATEGORY:
            return tuple(category.id for category in self._call.audience.categories)
        return self._call.columns.question(key).offered

    def offered(self, key: str) -> tuple[str, ...]:
        """Return the same; where a question offers none, the answers that were given, folded."""
        return self.offers(key) or tuple(self.every(key))

    def fold(self, key: str, answer: str) -> str:
        return group(self._call.columns.question(key), answer)

    def name(self, key: str, value: str) -> str:
        if key == CATEGORY:
            return self._call.audience.title(value)
        return f"{key.replace('_', ' ')} {quote(canonical(self._call.columns.question(key), value), 40)}"

    def everybody(self) -> frozenset[str]:
        return frozenset(case.reference for case in self._cases)

    def _answers(self, case: Case, key: str) -> tuple[str, ...]:
        """Return what was answered: all that was ticked, nothing for mere signs.

        A place that was given counts in the category it was given for.
        """
        if key == CATEGORY:
            given = case.standing if case.standing and not case.override else case.classification
            return tuple(filter(None, (given.category,)))
        question, answer = self._call.columns.question(key), case.applicant.response.answers.get(key, "")
        if question.takes_several and (found := understand(question, answer)).options:
            return found.options
        return (answer,) if any(map(str.isalnum, answer)) else ()


def _spelling(pairs: Iterable[tuple[str, str]]) -> str:
    """Return how most people write an answer; of several, one that is not all in capitals."""
    counts = Counter(answer for answer, _ in pairs)
    return min(counts, key=lambda answer: (-counts[answer], answer.isupper(), answer))


# --- rules -----------------------------------------------------------------------------------------------


def _limits(quotas: tuple[AtMost, ...], groups: _Groups) -> Iterator[Limit]:
    """Yield the limits; of those on every answer, only the ones that so many gave as to reach it."""
    for quota in quotas:
        if quota.value:
            named = groups.one(quota.group, quota.value)
            yield Limit(named.name, named.members, quota.places, perhaps=named.perhaps)
            continue
        apart = _apart(quota, quotas, groups)
        for folded, each in groups.every(quota.group).items():
            if folded not in apart and len(each.members | each.perhaps) > quota.places:
                yield Limit(each.name, each.members, quota.places, perhaps=each.perhaps)


def _minimums(quotas: tuple[AtLeast, ...], groups: _Groups) -> Iterator[Minimum]:
    for quota in quotas:
        apart = _apart(quota, quotas, groups)
        for value in (quota.value,) if quota.value else groups.offered(quota.group):
            if quota.value or groups.fold(quota.group, value) not in apart:
                each = groups.one(quota.group, value)
                yield Minimum(each.name, each.members, quota.places, perhaps=each.perhaps)
        if not quota.value and not groups.offers(quota.group):
            for person in sorted(groups.unsure(quota.group)):  # who may be the first with another answer
                name = f"another {quota.group.replace('_', ' ')}"
                yield Minimum(name, frozenset(), 1, perhaps=frozenset({person}))


def _apart(quota: AtMost | AtLeast, quotas: Iterable[AtMost | AtLeast], groups: _Groups) -> frozenset[str]:
    """Return the answers that a rule on every answer leaves out, and those that are no group: freelance, none."""
    named = (other.value for other in quotas if other.group == quota.group and other.value)
    left_out = (groups.fold(quota.group, value) for value in (*quota.exempt, *named))
    return frozenset(left_out) | groups.shared_by_nobody(quota.group)


def _holds(call: Call, groups: _Groups, unknown: int, now: datetime) -> Iterator[Limit]:
    """Yield, for places held for somebody, the limit on everybody else."""
    held = sorted((hold for hold in call.places.held if now <= hold.until), key=_by_group)
    for _, same in groupby(held, key=_by_group):
        holds = tuple(same)
        for size in range(1, len(holds) + 1):
            for some in combinations(holds, size):
                meant = [groups.one(hold.group, hold.value) for hold in some]
                perhaps = frozenset[str]().union(*(each.perhaps for each in meant))
                others = groups.everybody().difference(perhaps, *(each.members for each in meant))
                most = call.places.seats - unknown - sum(hold.places for hold in some)
                name = f"everybody but {listed(tuple(each.name for each in meant))}"
                yield Limit(name, others, max(0, most), perhaps=perhaps)


def _by_group(hold: Reserved) -> str:
    return hold.group
