"""Whether a claimed reason is true, found by trying out the opposite on every choice there is."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.selection.contest import Contest, Limit, Minimum
from pipeline.selection.reasons.why import Cause, Ground
from tests.selection.oracle import Oracle, best


class Facts:
    """One contest, the choice made of it, and one contender of whom something is claimed.

    The names of the contest's rules differ from each other.
    """

    def __init__(self, contest: Contest, chosen: tuple[str, ...], reference: str) -> None:
        self._contest = contest
        self._chosen = chosen
        self._reference = reference
        self._have = contest.seated | frozenset(chosen)
        self._order = [person.reference for person in contest.contenders]
        self._teams = {person.reference: person.team for person in contest.contenders}
        rules: list[Limit | Minimum] = [*contest.limits, *contest.minimums, *contest.wishes]
        self._rules = {rule.name: rule for rule in rules}
        self._oracle = Oracle(contest)

    def is_true(self, reason: Cause) -> bool:
        """Whether a claim holds, and the numbers it comes with are right."""
        if reason.beside:
            is_needed = self._worse_in() == "ranks"
            return is_needed and self._with_all_before_seated().is_true(replace(reason, beside=False))
        claims: dict[Ground, Callable[[tuple[str, ...]], bool]] = {
            Ground.RANK: self._by_rank,
            Ground.NEEDED: self._needed,
            Ground.NEEDED_TOGETHER: self._needed_together,
            Ground.NO_PLACES: lambda _: self._oracle.free == 0,
            Ground.TAKEN: lambda _: (
                len(self._chosen) == self._oracle.free > 0 and self._is_last(self._chosen)
            ),
            Ground.LIMIT: self._limited,
            Ground.MINIMUM: self._breaks,
            Ground.EMPTY: lambda _: self._worse_in() == "unfilled",
            Ground.TIER: lambda _: self._worse_in() == "tiers",
            Ground.WISH: lambda _: self._worse_in() == "wishes",
            Ground.TEAM: lambda _: (
                bool(self._mates(self._reference)) and self._oracle.standing(self._reference) is None
            ),
            Ground.TIE: lambda _: self._lost_the_draw(),
            Ground.UNPROVED: lambda _: False,  # whoever has all the time has to find out
        }
        is_counted_right = all(
            (tally.count, tally.bound) == self._count(tally.name) for tally in reason.rules
        )
        return is_counted_right and claims[reason.ground](tuple(tally.name for tally in reason.rules))

    def _count(self, name: str) -> tuple[int, int]:
        if name == "places":
            return len(self._have) + self._contest.unknown, self._contest.capacity
        rule = self._rules[name]
        number = rule.most if isinstance(rule, Limit) else rule.least
        return len(rule.members & self._have), number

    # --- in ----------------------------------------------------------------------------------------------

    def _by_rank(self, names: tuple[str, ...]) -> bool:
        return not names and self._reference in best(replace(self._contest, minimums=(), wishes=()))

    def _needed(self, names: tuple[str, ...]) -> bool:
        return (
            len(names) == 1
            and self._counts_towards(names[0])
            and self._reference not in best(self._without(names))
        )

    def _needed_together(self, names: tuple[str, ...]) -> bool:
        mine = {
            rule.name
            for rule in (*self._contest.minimums, *self._contest.wishes)
            if self._reference in rule.members
        }
        is_by_rank = self._by_rank(())
        return not is_by_rank and set(names) == mine and not any(self._needed((name,)) for name in mine)

    def _counts_towards(self, name: str) -> bool:
        return isinstance(self._rules[name], Minimum) and self._reference in self._rules[name].members

    # --- out ---------------------------------------------------------------------------------------------

    def _limited(self, names: tuple[str, ...]) -> bool:
        """Whether each limit named is full of people who are seated or stand before."""
        rules = [self._rules[name] for name in names]
        return bool(rules) and all(
            isinstance(rule, Limit)
            and self._reference in rule.members
            and len(rule.members & self._have) >= rule.most
            and self._is_last(rule.members & frozenset(self._chosen))
            for rule in rules
        )

    def _is_last(self, people: Iterable[str]) -> bool:
        return all(self._rank(other) < self._rank(self._reference) for other in people)

    def _rank(self, reference: str) -> int:
        """Return where somebody ranks, or the first of their team."""
        return min(map(self._order.index, (reference, *self._mates(reference))))

    def _breaks(self, names: tuple[str, ...]) -> bool:
        """Whether minimums would miss more with this person, but would not if those named were none."""
        others = Oracle(self._without(names))
        best_of_others, with_them = others.standing(), others.standing(self._reference)
        assert best_of_others is not None
        is_blamed_rightly = with_them is not None and best_of_others.missing == with_them.missing
        return bool(names) and self._worse_in() == "missing" and is_blamed_rightly

    def _worse_in(self) -> str:
        """Return what the best choice with this person is first worse in; "" if there is no such choice."""
        ours, theirs = self._oracle.standing(), self._oracle.standing(self._reference)
        assert ours is not None
        if theirs is None:
            return ""
        for what in ("missing", "unfilled", "tiers", "wishes"):
            if getattr(ours, what) != getattr(theirs, what):
                return what
        return "ranks"

    def _with_all_before_seated(self) -> "Facts":
        before = tuple(other for other in self._chosen if self._is_last((other,)))
        others = tuple(person for person in self._contest.contenders if person.reference not in before)
        seated = replace(self._contest, seated=self._contest.seated.union(before), contenders=others)
        return Facts(seated, tuple(other for other in self._chosen if other not in before), self._reference)

    def _mates(self, reference: str) -> frozenset[str]:
        """Return who else is of somebody's team."""
        team = self._teams[reference]
        return frozenset(
            other for other in self._order if other != reference and self._teams[other] == team != ""
        )

    def _lost_the_draw(self) -> bool:
        """Whether somebody of the same tie is chosen, and this person would be if drawn before them all."""
        people = self._contest.contenders
        mine = people[self._order.index(self._reference)]
        tied = [
            person for person in people if mine.tie and (person.tie, person.tier) == (mine.tie, mine.tier)
        ]
        has_winner = any(person.reference in self._chosen for person in tied)
        drawn_first = (mine, *(person for person in tied if person != mine))
        in_turn = iter(drawn_first)
        redrawn = tuple(next(in_turn) if person in tied else person for person in people)
        return has_winner and mine.reference in best(replace(self._contest, contenders=redrawn))

    def _without(self, names: tuple[str, ...]) -> Contest:
        return replace(
            self._contest,
            minimums=tuple(rule for rule in self._contest.minimums if rule.name not in names),
            wishes=tuple(rule for rule in self._contest.wishes if rule.name not in names),
        )
