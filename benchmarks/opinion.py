"""A second opinion on who is the best choice: another formulation, another solver's interface, nothing shared.

Everybody is a column of scipy's `milp` (no one is left out beforehand, nothing is warm). Stages are as the
contest says. The strict rank is found by differences: given a choice, one model asks for the first of the
next so many who are out of it that could come, all those chosen who stand before them staying.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from pipeline.selection.contest import Contest, Minimum

Floats = NDArray[np.float64]

AT_ONCE = 40
"""Of how many who are out of a choice one model asks who is the first that could come."""


@dataclass(frozen=True, slots=True)
class Rows:
    """low <= matrix @ unknowns <= high."""

    matrix: csr_array
    low: Floats
    high: Floats

    def wider(self, columns: int) -> "Rows":
        """Add unknowns that do not matter here."""
        empty = csr_array((self.matrix.shape[0], columns))
        return Rows(csr_array(hstack([self.matrix, empty])), self.low, self.high)

    def __add__(self, other: "Rows") -> "Rows":
        matrix = csr_array(vstack([self.matrix, other.matrix]))
        return Rows(matrix, np.concatenate([self.low, other.low]), np.concatenate([self.high, other.high]))


class Opinion:
    """One contest; unknowns are people, in rank order, and what each minimum and wish misses."""

    def __init__(self, contest: Contest) -> None:
        self._contest = contest
        self._people = len(contest.contenders)
        self._column = {person.reference: place for place, person in enumerate(contest.contenders)}
        missables = (*contest.minimums, *contest.wishes)
        self._weights = [rule.weight for rule in missables]
        self._wished = self._people + len(contest.minimums)
        self._size = self._people + len(missables)
        self._free = max(0, contest.capacity - len(contest.seated) - contest.unknown)
        self._limits = [
            (self._columns(rule.members), max(0, rule.most - len(rule.members & contest.seated)))
            for rule in contest.limits
        ]
        self._rows = self._first_rows(missables)
        self._low, self._high = np.zeros(self._size), np.ones(self._size)
        self._high[self._people :] = np.inf

    def best(self) -> tuple[str, ...]:
        """Return the best choice."""
        chosen: set[int] = set()
        for costs in self._stages():
            answer = self._solve(self._rows, costs)
            assert answer is not None, "anything can be missed"
            chosen = self._read(answer)
            value = round(float(costs @ answer))
            self._rows += _rows(
                [[(column, cost) for column, cost in enumerate(costs) if cost]], self._size, high=[value]
            )
        ranks = np.zeros(self._size)
        ranks[: self._people] = np.arange(self._people)
        answer = self._solve(self._rows, ranks)  # near to the best, so that there are fewer differences
        chosen = chosen if answer is None else self._read(answer)
        return tuple(self._contest.contenders[place].reference for place in sorted(self._by_rank(chosen)))

    # --- stages ------------------------------------------------------------------------------------------

    def _columns(self, members: Iterable[str]) -> list[int]:
        return sorted(self._column[member] for member in members if member in self._column)

    def _first_rows(self, missables: Sequence[Minimum]) -> Rows:
        seats = [[(place, 1.0) for place in range(self._people)]]
        limits = [[(place, 1.0) for place in columns] for columns, _ in self._limits]
        most = [float(self._free), *(float(room) for _, room in self._limits)]
        above = _rows(seats + limits, columns=self._size, high=most)
        if not missables:
            return above
        least = [float(rule.least - len(rule.members & self._contest.seated)) for rule in missables]
        terms = [
            [(place, 1.0) for place in self._columns(rule.members)] + [(self._people + number, 1.0)]
            for number, rule in enumerate(missables)
        ]
        return above + _rows(terms, columns=self._size, low=least)

    def _stages(self) -> Iterable[Floats]:
        missing, filled, wished = (np.zeros(self._size) for _ in range(3))
        missing[self._people : self._wished] = self._weights[: self._wished - self._people]
        wished[self._wished :] = self._weights[self._wished - self._people :]
        filled[: self._people] = -1
        tiers = np.array([person.tier for person in self._contest.contenders])
        yield missing
        yield filled
        for tier in np.unique(tiers):
            of_tier = np.zeros(self._size)
            of_tier[: self._people] = np.where(tiers == tier, -1, 0)
            yield of_tier
        yield wished

    def _read(self, answer: Floats) -> set[int]:
        return {int(place) for place in np.flatnonzero(answer[: self._people] > 0.5)}

    def _solve(self, rows: Rows, costs: Floats) -> Floats | None:
        """Return the least, None if there is nothing; all unknowns but what is missed are whole."""
        more = len(costs) - self._size
        whole = np.ones(len(costs))
        whole[self._people : self._size] = 0
        low = np.concatenate([self._low, np.zeros(more)])
        high = np.concatenate([self._high, np.ones(more)])
        found = milp(
            costs,
            integrality=whole,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(rows.matrix, rows.low, rows.high),
            options={"mip_rel_gap": 0.0},
        )
        if found.status not in {0, 2}:
            raise RuntimeError(found.message)
        return found.x if found.status == 0 else None

    # --- by rank -----------------------------------------------------------------------------------------

    def _by_rank(self, chosen: set[int]) -> set[int]:
        place = 0
        while place < self._people:
            outs, end = self._next_outs(chosen, place)
            answer = self._first_to_come(chosen, outs) if outs else None
            if answer is not None:
                first = next(
                    out for out, comes in zip(outs, answer[self._size :], strict=True) if comes > 0.5
                )
                chosen, end = self._read(answer), first + 1
            self._hold(chosen, place, end)
            place = end
        return chosen

    def _next_outs(self, chosen: set[int], start: int) -> tuple[list[int], int]:
        """Return the next ones who are out though nobody chosen before fills a limit of theirs, and where to go on."""
        full = [
            room - len(chosen.intersection(c for c in columns if c < start)) for columns, room in self._limits
        ]
        outs: list[int] = []
        limits = self._limits_of()
        for place in range(start, self._people):
            if place in chosen:
                for limit in limits[place]:
                    full[limit] -= 1
            elif all(full[limit] > 0 for limit in limits[place]):
                outs.append(place)
                if len(outs) == AT_ONCE:
                    return outs, place + 1
        return outs, self._people

    def _limits_of(self) -> list[list[int]]:
        limits: list[list[int]] = [[] for _ in range(self._people)]
        for number, (columns, _) in enumerate(self._limits):
            for place in columns:
                limits[place].append(number)
        return limits

    def _first_to_come(self, chosen: set[int], outs: list[int]) -> Floats | None:
        """Ask for a choice that first differs from `chosen` in one of `outs` having come, in the first that can.

        One more unknown per out says that the difference is there. It takes them in, and everybody chosen who
        stands before them: of those between two outs each is held by the sum of all that come later.
        """
        count = len(outs)
        rows = self._rows.wider(count)
        terms = [[(self._size + number, 1.0) for number in range(count)]]
        low, high = [1.0], [1.0]
        for number, out in enumerate(outs):
            terms.append([(out, 1.0), (self._size + number, -1.0)])
            before = outs[number - 1] if number else -1
            later = [(self._size + other, -1.0) for other in range(number, count)]
            terms += [[(place, 1.0), *later] for place in range(before + 1, out) if place in chosen]
        low += [0.0] * (len(terms) - 1)
        high += [np.inf] * (len(terms) - 1)
        costs = np.concatenate([np.zeros(self._size), np.arange(count)])
        return self._solve(rows + _rows(terms, columns=self._size + count, low=low, high=high), costs)

    def _hold(self, chosen: set[int], start: int, end: int) -> None:
        for place in range(start, end):
            self._low[place] = self._high[place] = place in chosen


def _rows(
    terms: Sequence[Sequence[tuple[int, float]]],
    columns: int,
    low: Sequence[float] | None = None,
    high: Sequence[float] | None = None,
) -> Rows:
    entries = [(row, column, value) for row, line in enumerate(terms) for column, value in line]
    at_row, at_column, values = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_array(coo_array((values, (at_row, at_column)), shape=(len(terms), columns)))
    lowest = np.full(len(terms), -np.inf) if low is None else np.array(low)
    highest = np.full(len(terms), np.inf) if high is None else np.array(high)
    return Rows(matrix, lowest, highest)
