"""Why somebody has a place or has none: facts that were each proved by counting or by solving the opposite.

No fact and no sentence names another person. Where a solution of the opposite is not proved to be the best,
nothing is claimed from it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from pipeline.model import wordings
from pipeline.model.frozen import dataclass
from pipeline.model.text import listed
from pipeline.selection.contest import Choice, Contest, Minimum, teams_of
from pipeline.selection.reasons.counterfactuals import Opposites, Unproved
from pipeline.selection.reasons.waiting import seat
from pipeline.selection.reduced import RulesOfOne, free_places, has_room, reduce_contest
from pipeline.selection.score import RuleCount, bound


class Ground(StrEnum):
    """What speaks for or against somebody, and how that is proved."""

    RANK = "rank"
    """In. Without any minimum or wish, the best choice would have this person too."""
    NEEDED = "needed"
    """In. Without the one rule named, the best choice would not have this person, who counts towards it."""
    NEEDED_TOGETHER = "needed together"
    """In. Without all minimums and wishes, the best choice would not have this person; named are those that
    this person counts towards, which may be none: a place can come free beside those kept for minimums."""
    NO_PLACES = "no places"
    """Out. No place was free: all are taken by people who were seated before (or unknown)."""
    TAKEN = "taken"
    """Out. Every place is taken, and everybody chosen stands before this person."""
    LIMIT = "limit"
    """Out. The limit named is full, and everybody under it is seated or stands before this person."""
    MINIMUM = "minimum"
    """Out. With this person the minimums would miss more; without those named, they would not."""
    EMPTY = "empty"
    """Out. With this person fewer places could be filled, the minimums missing as little as they can."""
    TIER = "tier"
    """Out. With this person fewer people of a better tier could come, minimums and places being as good."""
    WISH = "wish"
    """Out. With this person the wishes would miss more, all else being as good."""
    TEAM = "team"
    """Out. There is room for some of this person's team, and not for all."""
    TIE = "tie"
    """Out. Placed first among those who tie with them, this person would be chosen."""
    UNPROVED = "unproved"
    """In or out. What this choice was compared with is not proved to be the best: the time was too short."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One ground, with the rules that it rests on.

    `beside` of a cause against somebody says that it holds as long as all those chosen who stand before them
    keep their places; without it, the cause holds even if these gave way.
    """

    ground: Ground
    rules: tuple[RuleCount, ...] = ()
    beside: bool = False

    @property
    def named(self) -> wordings.Rules:
        """The rules by name and bound, as reasons have them: how many are under a rule is no part of those."""
        return tuple((rule.name, rule.bound) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that is known about one contender's place; `rank` and `tier` count from 1, of `tiers`."""

    reference: str
    is_in: bool
    rank: int
    tier: int
    tiers: int
    causes: tuple[Cause, ...]


def find_reasons(
    contest: Contest, choice: Choice, seconds: float | None = None, only: Collection[str] | None = None
) -> Mapping[str, Why]:
    """Explain every contender (or `only` some). `seconds` limits each solution of an opposite."""
    explainer = _Explainer(contest, choice, seconds)
    return {
        person.reference: explainer.why(rank)
        for rank, person in enumerate(contest.contenders)
        if only is None or person.reference in only
    }


def find_reason(contest: Contest, choice: Choice, reference: str, seconds: float | None = None) -> Why:
    """Explain one contender; raises KeyError if there is no such contender."""
    ranks = {person.reference: rank for rank, person in enumerate(contest.contenders)}
    return _Explainer(contest, choice, seconds).why(ranks[reference])


class _Explainer:
    """What is counted and solved once for everybody who is explained."""

    def __init__(self, contest: Contest, choice: Choice, seconds: float | None) -> None:
        self._contest = contest
        self._choice = choice
        self._seconds = seconds
        self._chosen = frozenset(choice.chosen)
        self._have = contest.seated | self._chosen
        self._teams = teams_of(contest.contenders)
        ranks = {person.reference: rank for rank, person in enumerate(contest.contenders)}
        # A team ranks where its first does.
        self._ranks = {each: ranks[self._team(each)[0]] for each in ranks}
        self._last = max((self._ranks[reference] for reference in self._chosen), default=-1)
        self._tiers = sorted({person.tier for person in contest.contenders})
        self._opposites = Opposites(contest, choice, seconds)
        self._kinds = _kinds(contest)
        self._full = self._full_limits()
        self._tied: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for rank, person in enumerate(contest.contenders):
            self._tied[person.tie, person.tier].append(rank)
        self._worse: dict[tuple[RulesOfOne, int], Cause | None] = {}

    def why(self, rank: int) -> Why:
        person = self._contest.contenders[rank]
        is_in = person.reference in self._chosen
        causes = (self._for if is_in else self._against)(rank)
        tier = self._tiers.index(person.tier) + 1
        return Why(person.reference, is_in, rank + 1, tier, len(self._tiers), tuple(causes))

    # --- in ----------------------------------------------------------------------------------------------

    def _for(self, rank: int) -> tuple[Cause, ...]:
        try:
            return (self._favour(self._contest.contenders[rank].reference),)
        except Unproved:
            return (Cause(Ground.UNPROVED),)

    def _favour(self, reference: str) -> Cause:
        rules = [*self._contest.minimums, *self._contest.wishes]
        if not rules or reference in self._opposites.by_rank():
            return Cause(Ground.RANK)
        mine = [rule for rule in rules if reference in rule.members]
        for rule in mine:
            if reference not in self._opposites.without(rule):
                return Cause(Ground.NEEDED, (self._tally(rule),))
        return Cause(Ground.NEEDED_TOGETHER, tuple(map(self._tally, mine)))

    # --- out ---------------------------------------------------------------------------------------------

    def _against(self, rank: int) -> tuple[Cause, ...]:
        causes = tuple(self._counted(rank))
        try:
            causes = causes or (self._solved(rank),)
            return (*causes, *self._drawn(rank))
        except Unproved:
            return causes or (Cause(Ground.UNPROVED),)

    def _counted(self, rank: int) -> Iterator[Cause]:
        """Yield what counting proves."""
        reference = self._contest.contenders[rank].reference
        rank = self._ranks[reference]
        free = free_places(self._contest)
        places = RuleCount("places", len(self._have) + self._contest.unknown, self._contest.capacity)
        if free == 0:
            yield Cause(Ground.NO_PLACES, (places,))
        elif len(self._chosen) >= free and self._last < rank:
            yield Cause(Ground.TAKEN, (places,))
        full = [tally for tally, last in self._full[reference] if last < rank]
        yield from (Cause(Ground.LIMIT, (tally,)) for tally in full)
        if free and not full and not has_room(self._contest, self._team(reference)):
            yield Cause(Ground.TEAM)

    def _full_limits(self) -> defaultdict[str, list[tuple[RuleCount, int]]]:
        """Return, by member, the limits that are full, each with the last rank that has a place under it."""
        full: defaultdict[str, list[tuple[RuleCount, int]]] = defaultdict(list)
        for limit in self._contest.limits:
            taken = limit.members & self._have
            if len(taken) >= bound(limit, self._contest.seated):
                last = max((self._ranks.get(reference, -1) for reference in taken), default=-1)
                for member in limit.members:
                    full[member].append((RuleCount(limit.name, len(taken), limit.most), last))
        return full

    def _solved(self, rank: int) -> Cause:
        """Return what the best choice with somebody is worse in, first without regard to those before them."""
        reference = self._contest.contenders[rank].reference
        kind = self._kinds[reference]
        if kind not in self._worse:  # the same for all under the same rules
            self._worse[kind] = self._worst(self._opposites, reference)
        return self._worse[kind] or self._beside(rank)

    def _beside(self, rank: int) -> Cause:
        """Return what would be worse if somebody came beside all those chosen who stand before them."""
        reference = self._contest.contenders[rank].reference
        rank = self._ranks[reference]
        before, behind = (
            replace(
                self._choice, chosen=tuple(each for each in self._choice.chosen if is_so(self._ranks[each]))
            )
            for is_so in (rank.__gt__, rank.__le__)
        )
        left = seat(self._contest, before)
        if not has_room(left, self._team(reference)):
            return Cause(Ground.TEAM, beside=True)
        worst = self._worst(Opposites(left, behind, self._seconds), reference)
        # With all before them in, somebody with whom nothing is worse would have been chosen.
        return replace(worst, beside=True) if worst else Cause(Ground.UNPROVED)

    def _team(self, reference: str) -> tuple[str, ...]:
        return self._teams.get(reference, (reference,))

    def _worst(self, opposites: Opposites, reference: str) -> Cause | None:
        best, other = opposites.best(), opposites.best_with(reference)
        if other.missing < best.missing:
            return Cause(Ground.MINIMUM, tuple(map(self._tally, opposites.to_blame(reference))))
        if other.filled < best.filled:
            return Cause(Ground.EMPTY)
        if other.tiers < best.tiers:
            return Cause(Ground.TIER)
        return Cause(Ground.WISH) if other.wishes < best.wishes else None

    def _drawn(self, rank: int) -> Iterator[Cause]:
        """Yield that the draw decided, if somebody who ties was chosen and this one would have been, drawn first."""
        person = self._contest.contenders[rank]
        rivals = (
            [other for other in self._tied[person.tie, person.tier] if other < rank] if person.tie else []
        )
        if any(self._contest.contenders[rival].reference in self._chosen for rival in rivals) and (
            person.reference in self._opposites.moved(rank, rivals[0])
        ):
            yield Cause(Ground.TIE)

    def _tally(self, rule: Minimum) -> RuleCount:
        return RuleCount(rule.name, len(rule.members & self._have), rule.least)


def _kinds(contest: Contest) -> Mapping[str, tuple[RulesOfOne, int]]:
    """Return what those have in common for whom the same is true, by reference; not for those without any room."""
    board = reduce_contest(contest)
    return dict(zip(board.references, zip(board.marks, board.tiers, strict=True), strict=True))


# --- in words --------------------------------------------------------------------------------------------


def say_cause(cause: Cause) -> str:
    """Say one cause, a full limit with its numbers; nothing for the rank, which is said anyway."""
    if cause.ground is not Ground.LIMIT:
        return wordings.say_cause(cause.ground, cause.named, cause.beside)
    counts = tuple(f"{rule.count} of {rule.bound}" for rule in cause.rules)
    return f"{listed(tuple(rule.name for rule in cause.rules))} is full ({listed(counts)})"
