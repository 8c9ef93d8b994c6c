"""A contest reduced to what is open: numbers in place of names, and only rules that can still matter.

People are numbered in rank order. Left out are those under a limit without any room, teams that are too large for
what is left, limits that all fit under, and of minimums what no choice can change: none of it changes which of two
choices is the better.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Contest, Limit, Minimum, teams_of


@dataclass(frozen=True, slots=True)
class ReducedRule:
    """A limit that leaves `places`, or a minimum that still misses `places`, for the numbered `members`."""

    members: frozenset[int]
    places: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class RulesOfOne:
    """The rules that one contender is under, as numbers of rules, and with whom they come: nobody else, mostly."""

    limits: frozenset[int]
    minimums: frozenset[int]
    wishes: frozenset[int]
    team: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is open: `free` places, and for whoever could come the tier and the rules that can matter."""

    free: int
    references: tuple[str, ...]
    tiers: tuple[int, ...]
    limits: tuple[ReducedRule, ...]
    minimums: tuple[ReducedRule, ...]
    wishes: tuple[ReducedRule, ...]
    marks: tuple[RulesOfOne, ...]

    def fits(self, chosen: Collection[int]) -> bool:
        """Whether nobody too many is chosen, in all and under each limit."""
        have = frozenset(chosen)
        is_room = all(len(rule.members & have) <= rule.places for rule in self.limits)
        return (
            len(have) <= self.free
            and is_room
            and all(have.issuperset(self.marks[each].team) for each in have)
        )

    def together(self, person: int) -> tuple[int, ...]:
        """Return all who come if somebody comes."""
        return self.marks[person].team or (person,)


def reduce_contest(contest: Contest) -> Reduced:
    """Reduce a contest to what is open."""
    barred = _barred(contest)
    people = tuple(person for person in contest.contenders if person.reference not in barred)
    number = {person.reference: index for index, person in enumerate(people)}
    free = min(free_places(contest), len(number))
    limits = _distinct(_open_limits(contest, number))
    minimums = tuple(_open_minimums(contest.minimums, contest.seated, number, free))
    wishes = tuple(_open_minimums(contest.wishes, contest.seated, number, free))
    most, least, wished = (_by_person(rules, len(number)) for rules in (limits, minimums, wishes))
    teams = {each: tuple(number[mate] for mate in team) for each, team in teams_of(people).items()}
    own = [teams.get(reference, ()) for reference in number]
    marks = tuple(map(RulesOfOne, most, least, wished, own))
    return Reduced(
        free, tuple(number), tuple(person.tier for person in people), limits, minimums, wishes, marks
    )


def _barred(contest: Contest) -> frozenset[str]:
    """Return everybody under a limit that has no room at all, and teams for which there is none as a whole."""
    full = (limit.members for limit in contest.limits if not room(limit, contest.seated))
    teams = set(teams_of(contest.contenders).values())
    return frozenset[str]().union(*full, *(team for team in teams if not has_room(contest, team)))


def has_room(contest: Contest, team: Collection[str]) -> bool:
    """Whether some people could all come, if nobody else did."""
    return len(team) <= free_places(contest) and all(
        len(limit.members.intersection(team)) <= room(limit, contest.seated) for limit in contest.limits
    )


def free_places(contest: Contest) -> int:
    """Return how many places can be given: none where more people are seated than there are places."""
    return max(0, contest.capacity - len(contest.seated) - contest.unknown)


def room(limit: Limit, seated: frozenset[str]) -> int:
    """Return how many more may come under a limit; what the seated exceed is not taken from them."""
    return max(0, limit.most - len(limit.members & seated))


def _open_limits(contest: Contest, number: dict[str, int]) -> Iterator[ReducedRule]:
    for limit in contest.limits:
        members = _numbers(limit.members, number)
        places = room(limit, contest.seated)
        if len(members) > places:
            yield ReducedRule(members, places)


def _open_minimums(
    minimums: Iterable[Minimum], seated: frozenset[str], number: dict[str, int], free: int
) -> Iterator[ReducedRule]:
    for minimum in minimums:
        members = _numbers(minimum.members, number)
        # What is missing beyond the people and places there are is missing whoever is chosen.
        places = min(minimum.least - len(minimum.members & seated), len(members), free)
        if places > 0 and minimum.weight > 0:
            yield ReducedRule(members, places, minimum.weight)


def _numbers(members: frozenset[str], number: dict[str, int]) -> frozenset[int]:
    return frozenset(number[reference] for reference in members & number.keys())


def _distinct(rules: Iterable[ReducedRule]) -> tuple[ReducedRule, ...]:
    """Keep the tightest of the limits on the same people, in the order in which they were given."""
    least: dict[frozenset[int], int] = {}
    for rule in rules:
        least[rule.members] = min(rule.places, least.get(rule.members, rule.places))
    return tuple(ReducedRule(members, places) for members, places in least.items())


def _by_person(rules: tuple[ReducedRule, ...], people: int) -> list[frozenset[int]]:
    under: defaultdict[int, list[int]] = defaultdict(list)
    for index, rule in enumerate(rules):
        for member in rule.members:
            under[member].append(index)
    return [frozenset(under[person]) for person in range(people)]
