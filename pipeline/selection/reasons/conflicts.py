"""Rules that cannot all hold, and places that the seated keep from being filled. Pure."""

from dataclasses import replace

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Choice, Contender, Contest
from pipeline.selection.reasons.remedies import Remedy, find_remedies
from pipeline.selection.reasons.rule_changes import RuleKind
from pipeline.selection.score import bound
from pipeline.selection.select import can_meet, select_roughly

Rule = tuple[RuleKind, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all hold: without any one of them the others can; and what would solve it all.

    `remedies` are alternatives, the smallest first: after each set of changes, all minimums can be met.
    There may be other conflicts beside this one; the remedies solve them too.
    """

    rules: tuple[tuple[RuleKind, str], ...]
    remedies: tuple[Remedy, ...]


def find_conflict(contest: Contest, seconds: float | None = None) -> Conflict | None:
    """Return what keeps the minimums from being met, and what would help; None if all can be met.

    None also where it would take longer than `seconds` to know; each single question may take that long.
    """
    if can_meet(contest, seconds) is not False:
        return None
    every = _rules(contest)
    # Which conflict is found depends on what is left out first: the smaller of two is shown.
    found = min((_narrow(contest, order, seconds) for order in (every, every[::-1])), key=len)
    rules = tuple((rule[0], _name(contest, rule)) for rule in every if rule in found)
    return Conflict(rules, find_remedies(contest, seconds))


def _narrow(contest: Contest, every: tuple[Rule, ...], seconds: float | None) -> frozenset[Rule]:
    """Leave out one rule after the other, as long as the rest conflict; many at once while that goes well."""
    kept, left, size = frozenset[Rule](), list(every), 1
    while left:
        tried, rest = left[:size], left[size:]
        if can_meet(_only(contest, kept.union(rest)), seconds) is False:
            left, size = rest, size * 2
        elif size > 1:
            size = 1
        else:
            kept, left = kept.union(tried), rest
    return kept


def _rules(contest: Contest) -> tuple[Rule, ...]:
    limits = [(RuleKind.LIMIT, index) for index in range(len(contest.limits))]
    minimums = [(RuleKind.MINIMUM, index) for index in range(len(contest.minimums))]
    return (*limits, (RuleKind.CAPACITY, 0), *minimums)


def _only(contest: Contest, rules: frozenset[Rule]) -> Contest:
    """Return the contest with only some of its rules."""
    everybody = len(contest.seated) + contest.unknown + len(contest.contenders)
    return replace(
        contest,
        capacity=contest.capacity if (RuleKind.CAPACITY, 0) in rules else everybody,
        limits=tuple(rule for index, rule in enumerate(contest.limits) if (RuleKind.LIMIT, index) in rules),
        minimums=tuple(
            rule for index, rule in enumerate(contest.minimums) if (RuleKind.MINIMUM, index) in rules
        ),
    )


def _name(contest: Contest, rule: Rule) -> str:
    kind, index = rule
    if kind is RuleKind.CAPACITY:
        return "places"
    return contest.limits[index].name if kind is RuleKind.LIMIT else contest.minimums[index].name


def places_stuck(contest: Contest, choice: Choice, seconds: float | None = None) -> int:
    """Return how many of the empty places could be filled only by moving somebody who is seated.

    Moving means that all who are seated, or chosen, stand for a place again, and that nothing gets worse: no
    minimum misses more than now.
    """
    have = contest.seated | frozenset(choice.chosen)
    moved = replace(
        contest,
        capacity=max(contest.capacity, len(contest.seated) + contest.unknown),
        contenders=(
            *map(Contender, sorted(contest.seated)),
            *(Contender(person.reference, team=person.team) for person in contest.contenders),
        ),
        seated=frozenset(),
        limits=tuple(replace(limit, most=bound(limit, contest.seated)) for limit in contest.limits),
        minimums=tuple(
            replace(minimum, least=min(minimum.least, len(minimum.members & have)))
            for minimum in contest.minimums
        ),
        wishes=(),
    )
    return max(0, len(select_roughly(moved, seconds).chosen) - len(have))
