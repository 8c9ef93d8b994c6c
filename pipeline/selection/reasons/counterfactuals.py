"""What would be best if one thing were otherwise: what a reason has to be checked against. Pure."""

from collections.abc import Collection
from dataclasses import replace

from pipeline.selection.contest import Choice, Contest, Minimum, together
from pipeline.selection.score import Score, score
from pipeline.selection.select import PROVED, least_missing, select, select_roughly


class Unproved(Exception):
    """A choice that has to be compared with is not known to be the best."""


class Opposites:
    """The opposites of one contest and its choice, each solved once. All methods raise Unproved."""

    def __init__(self, contest: Contest, choice: Choice, seconds: float | None) -> None:
        self._contest = contest
        self._choice = choice
        self._seconds = seconds
        self._solved: dict[Contest, frozenset[str]] = {}

    def by_rank(self) -> frozenset[str]:
        """Return who would be chosen without any minimums and wishes."""
        return self._chosen(replace(self._contest, minimums=(), wishes=()))

    def without(self, rule: Minimum) -> frozenset[str]:
        """Return who would be chosen without one minimum or wish."""
        return self._chosen(_drop(self._contest, (rule,)))

    def moved(self, rank: int, before: int) -> frozenset[str]:
        """Return who would be chosen if the contender of one rank stood before that of a better one."""
        people = self._contest.contenders
        moved = (*people[:before], people[rank], *people[before:rank], *people[rank + 1 :])
        return self._chosen(replace(self._contest, contenders=moved))

    def best(self) -> Score:
        """Return what the choice itself is worth."""
        return score(self._contest, _proved(self._choice).chosen)

    def best_with(self, reference: str) -> Score:
        """Return what the best choice with somebody is worth; whom of the others it has is not settled."""
        others = _proved(select_roughly(_with(self._contest, reference), self._seconds))
        return score(self._contest, (*others.chosen, *together(self._contest, reference)))

    def to_blame(self, reference: str) -> tuple[Minimum, ...]:
        """Return minimums without which the others would miss no more with somebody than without them.

        One is enough, if there is such a one.
        """
        for rule in self._contest.minimums:
            others = _drop(self._contest, (rule,))
            if self._missing(_with(others, reference)) == (self.best().missing and self._missing(others)):
                return (rule,)
        return self._contest.minimums  # without any, nothing is missed

    def _missing(self, contest: Contest) -> int:
        """Return by how little the minimums can be missed, negative as in a score."""
        least = least_missing(contest, self._seconds)
        if least is None:
            raise Unproved
        return -least

    def _chosen(self, contest: Contest) -> frozenset[str]:
        if contest not in self._solved:
            self._solved[contest] = frozenset(_proved(select(contest, self._seconds)).chosen)
        return self._solved[contest]


def _proved(choice: Choice) -> Choice:
    if choice.method not in PROVED:
        raise Unproved
    return choice


def _with(contest: Contest, reference: str) -> Contest:
    """Return the contest with somebody seated, and all who come with them."""
    team = together(contest, reference)
    people = tuple(person for person in contest.contenders if person.reference not in team)
    return replace(contest, contenders=people, seated=contest.seated.union(team))


def _drop(contest: Contest, rules: Collection[Minimum]) -> Contest:
    """Leave out some minimums and wishes, the very ones: another may read the same."""
    gone = set(map(id, rules))
    return replace(
        contest,
        minimums=tuple(rule for rule in contest.minimums if id(rule) not in gone),
        wishes=tuple(rule for rule in contest.wishes if id(rule) not in gone),
    )
