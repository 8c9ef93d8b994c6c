"""What the best choice is sure to be while it is open who competes, and who counts for which rule. Pure.

Nothing is enumerated. Two choices that differ by one person are compared: if somebody were left out of the best one
(or taken in), swapping them for somebody behind (or before) them would make it better; so everybody for whom that swap
is possible is out (or in), too, and the places tell whether there is room for that. What cannot be proved so is not
claimed: fewer are named than could be, never one too many.
"""

from collections.abc import Collection, Iterator

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Contest, Limit, Minimum
from pipeline.selection.reduced import free_places


@dataclass(frozen=True, slots=True)
class Field:
    """A contest of which not all is known.

    Its contenders stand in the order in which they rank at best; `depths` says of each how many others may rank before
    them. Of the contenders, the `open` may drop out; of the seated, the `shaky`. Where they are `perhaps` members of a
    rule, they may count; all others count for sure.
    """

    contest: Contest
    open: frozenset[str]
    shaky: frozenset[str]
    depths: tuple[int, ...]

    @property
    def firm(self) -> frozenset[str]:
        """Who has a place whatever comes."""
        return self.contest.seated - self.shaky

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who competes, or may."""
        return tuple(person.reference for person in self.contest.contenders)

    def least_room(self, limit: Limit) -> int:
        return max(0, limit.most - len((limit.members | limit.perhaps) & self.contest.seated))

    def most_room(self, limit: Limit) -> int:
        return max(0, limit.most - len(limit.members & self.firm))

    def can_fill(self, limit: Limit, without: str) -> bool:
        """Whether a limit may be full though one of its members is left out."""
        others = ((limit.members | limit.perhaps) & frozenset(self.people)) - {without}
        return len(others) >= self.least_room(limit)


def sure_to_come(field: Field) -> frozenset[str]:
    """Name who is in the best choice, however what is open turns out."""
    sure, found = frozenset[str](), frozenset(_proved(field, frozenset()))
    while found != sure:  # who is sure to come meets a minimum that somebody else was needed for
        sure, found = found, found.union(_proved(field, found))
    return sure


def _proved(field: Field, sure: frozenset[str]) -> Iterator[str]:
    free = free_places(field.contest)
    for reference, depth in zip(field.people, field.depths, strict=True):
        before = frozenset(field.people[: depth + 1]) - {reference}
        most = _most_of(field, before)
        if most >= free:
            return  # and so it is for everybody behind
        if reference in field.open:
            continue
        behind = frozenset(field.people[depth + 1 :])
        needed = _needed(field, reference, behind - sure, sure)
        if most + len(behind & sure) + needed < free and _has_room(field, reference, behind, sure):
            yield reference


def _most_of(field: Field, people: frozenset[str]) -> int:
    """Return how many of some people can have a place at most, by limits that have nobody in common."""
    excess = ((len(limit.members & people) - field.most_room(limit), limit) for limit in field.contest.limits)
    most, counted = len(people), frozenset[str]()
    for more, limit in sorted(excess, key=lambda pair: (-pair[0], pair[1].name)):
        here = limit.members & people
        if more > 0 and not here & counted:
            most, counted = most - more, counted | here
    return most


def _needed(field: Field, reference: str, behind: frozenset[str], sure: Collection[str]) -> int:
    """Return how many of those behind may be needed for rules that this person does not count for."""
    have = field.firm.union(sure)
    rules: Iterator[Minimum] = (
        rule
        for rule in (*field.contest.minimums, *field.contest.wishes)
        if reference not in rule.members and rule.weight > 0
    )
    return sum(
        max(0, min(rule.least - len(rule.members & have), len((rule.members | rule.perhaps) & behind)))
        for rule in rules
    )


def _has_room(field: Field, reference: str, behind: frozenset[str], sure: frozenset[str]) -> bool:
    """Whether no limit of this person's can be full but by people who would yield the place."""
    tight = tuple(
        limit
        for limit in field.contest.limits
        if reference in limit.members and field.can_fill(limit, reference)
    )
    everybody = frozenset(field.people)
    yielding = behind.intersection(*(limit.members for limit in tight)) - sure
    needed = _needed(field, reference, yielding, sure)
    return all(
        len(((limit.members | limit.perhaps) & everybody) - yielding - {reference}) + needed
        < field.least_room(limit)
        for limit in tight
    )


def stays_out(field: Field, reference: str, sure: frozenset[str]) -> bool:
    """Whether somebody is in no best choice, however what is open turns out; `sure` are those who come."""
    contest, at = field.contest, field.people.index(reference)
    free = max(0, contest.capacity - len(field.firm) - contest.unknown)
    have = field.firm | (sure - {reference})
    needs = tuple(
        rule
        for rule in (*contest.minimums, *contest.wishes)
        if reference in rule.members and len(rule.members & have) < rule.least
    )
    mine = tuple(limit for limit in contest.limits if reference in limit.members)
    ahead = (
        person
        for person, depth in zip(field.people, field.depths, strict=True)
        if depth < at and person not in field.open
    )
    first = (sure - {reference}).union(
        person
        for person in ahead
        if all(person in rule.members for rule in needs)
        and all(
            limit in mine or not field.can_fill(limit, person)
            for limit in contest.limits
            if person in limit.members
        )
    )
    return len(first) >= free or any(len(first & limit.members) >= field.most_room(limit) for limit in mine)
