"""What each rule costs: what one more or one less would change. Pure."""

from collections.abc import Collection, Iterator

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Choice, Contest, Method
from pipeline.selection.reasons.rule_changes import RuleChange, RuleKind, changed
from pipeline.selection.score import score
from pipeline.selection.select import select


@dataclass(frozen=True, slots=True)
class Consequence:
    """What other numbers would bring: who comes in and who goes out, in rank order.

    `filled` counts all who have a place then, the unknown too; `missing` is what minimums miss, by weight.
    """

    comes: tuple[str, ...]
    goes: tuple[str, ...]
    filled: int
    missing: int
    method: Method


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """A rule as it stands: `count` people have a place under it, `bound` is its number.

    `more` and `less` are what one more and one less would bring; None where nothing changes.
    """

    kind: RuleKind
    name: str
    count: int
    bound: int
    more: Consequence | None
    less: Consequence | None


def effects(
    contest: Contest, choice: Choice, seconds: float | None = None, names: Collection[str] | None = None
) -> tuple[RuleEffect, ...]:
    """Return each rule's count, bound and what one more or less would change: the capacity comes first.

    `seconds` limits each solution; `names`, which rules are looked at.
    """
    return tuple(
        _effect(contest, choice, rule, seconds)
        for rule in _rules(contest, choice)
        if names is None or rule.name in names
    )


def what_if(choice: Choice, other: Contest, seconds: float | None = None) -> Consequence | None:
    """Return what another contest of the same people would bring; None if the same are chosen."""
    then = select(other, seconds)
    if then.chosen == choice.chosen:
        return None
    return Consequence(
        comes=tuple(reference for reference in then.chosen if reference not in choice.chosen),
        goes=tuple(reference for reference in choice.chosen if reference not in then.chosen),
        filled=len(then.chosen) + len(other.seated) + other.unknown,
        missing=-score(other, then.chosen).missing,
        method=then.method,
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule, how many of its `members` have a place, and how many members there are."""

    kind: RuleKind
    index: int
    name: str
    bound: int
    count: int
    members: int

    def change(self, by: int) -> RuleChange:
        return RuleChange(self.kind, self.name, self.bound, self.bound + by, self.index)

    def is_idle(self, by: int) -> bool:
        """Whether counting proves that a change of the number changes nothing."""
        if self.kind in (RuleKind.MINIMUM, RuleKind.WISH):
            return self.count > self.bound if by > 0 else self.bound <= 0
        return self.members <= self.bound if by > 0 else self.count < self.bound


def _effect(contest: Contest, choice: Choice, rule: _Rule, seconds: float | None) -> RuleEffect:
    more, less = (
        None if rule.is_idle(by) else what_if(choice, changed(contest, (rule.change(by),)), seconds)
        for by in (1, -1)
    )
    return RuleEffect(rule.kind, rule.name, rule.count, rule.bound, more, less)


def _rules(contest: Contest, choice: Choice) -> Iterator[_Rule]:
    have = contest.seated | frozenset(choice.chosen)
    people = have.union(person.reference for person in contest.contenders)
    unknown = contest.unknown
    yield _Rule(RuleKind.CAPACITY, 0, "places", contest.capacity, len(have) + unknown, len(people) + unknown)
    for index, limit in enumerate(contest.limits):
        count, members = len(limit.members & have), len(limit.members & people)
        yield _Rule(RuleKind.LIMIT, index, limit.name, limit.most, count, members)
    for kind, rules in ((RuleKind.MINIMUM, contest.minimums), (RuleKind.WISH, contest.wishes)):
        for index, rule in enumerate(rules):
            count, members = len(rule.members & have), len(rule.members & people)
            yield _Rule(kind, index, rule.name, rule.least, count, members)
