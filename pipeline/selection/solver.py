"""HiGHS behind a few verbs. Knows nothing of contests; imports highspy when the first model is made.

A model has the same answer on every machine only if the answer is unique: whoever asks sees to that.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import inf
from typing import Any

from pipeline.model.frozen import dataclass

OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,  # the default is content with an answer that is 0.01 % off (HiGHS#1259)
}


FEASIBLE = 2
"""HiGHS's kSolutionStatusFeasible."""


HALF = 0.5
"""All costs are whole numbers, so that two values this close are the same."""


class OutOfTime(Exception):
    """The time that the solver was given is used up; `found` is the best answer until then, if there is one."""

    def __init__(self, found: tuple[float, ...] | None = None) -> None:
        self.found = found


class Contradiction(Exception):
    """The solver's answer cannot be right, or it gave none."""


class Budget:
    """How long solvers may run in all, by their own account; nothing here reads a clock."""

    def __init__(self, seconds: float | None = None) -> None:
        self.left = inf if seconds is None else seconds

    def spend(self, seconds: float) -> None:
        self.left -= seconds


@dataclass(frozen=True, slots=True)
class Inequality:
    """low <= sum of coefficient * unknown <= high; `terms` are coefficients by number of the unknown."""

    terms: Mapping[int, float]
    low: float = -inf
    high: float = inf


class Model:
    """Unknowns from 0 to `tops`, under rows; the first `whole` of them take whole numbers only."""

    def __init__(
        self, tops: Sequence[float], rows: Sequence[Inequality], budget: Budget, whole: int = 0
    ) -> None:
        import highspy

        self._status = highspy.HighsModelStatus
        self._budget = budget
        self._size = len(tops)
        self._is_whole = whole > 0
        # The class on top of this one writes a banner to standard output.
        self._highs: Any = highspy.Highs.__mro__[1]()
        for name, value in OPTIONS.items():
            self._highs.setOptionValue(name, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(tops), len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = [0.0] * len(tops), [0.0] * len(tops), list(tops)
        lp.row_lower_, lp.row_upper_ = [row.low for row in rows], [row.high for row in rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = [0, *accumulate(len(row.terms) for row in rows)]
        lp.a_matrix_.index_ = [column for row in rows for column in row.terms]
        lp.a_matrix_.value_ = [value for row in rows for value in row.terms.values()]
        if whole:
            kinds = highspy.HighsVarType
            lp.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (len(tops) - whole)
        self._highs.passModel(lp)

    def bound(self, column: int, low: float, high: float) -> None:
        """Keep one unknown between two numbers."""
        self._highs.changeColBounds(column, low, high)

    def bound_row(self, row: int, low: float, high: float) -> None:
        """Keep one row between two numbers."""
        self._highs.changeRowBounds(row, low, high)

    def aim(self, costs: Mapping[int, float]) -> None:
        """Look for the least sum of costs from now on."""
        every = [float(costs.get(column, 0)) for column in range(self._size)]
        self._highs.changeColsCost(self._size, list(range(self._size)), every)

    def solve(self) -> tuple[float, ...] | None:
        """Return the best answer, None if there is none; raise OutOfTime or Contradiction.

        HiGHS 1.16.0 called answers the best that its own bound denied, after a start was proposed to it; and its
        presolve fails now and then. So models in whole numbers start anew each time, without presolve (which
        also is quicker here), and an answer is believed only if the bound agrees. What has no answer, or no
        clear end, is tried once more, with presolve.
        """
        is_denied = False
        for presolve in ("off", "choose"):
            self._highs.setOptionValue("presolve", presolve)
            status = self._run()
            if status == self._status.kOptimal and self._is_proved():
                return tuple(self._highs.getSolution().col_value)
            if status == self._status.kTimeLimit:
                raise OutOfTime(self._found())
            if presolve == "off":  # all unknowns have bounds, so that nothing is unbounded
                is_denied = status in (self._status.kInfeasible, self._status.kUnboundedOrInfeasible)
            if is_denied and (presolve == "choose" or not self._is_whole):
                return None
        raise Contradiction(str(status))

    def _run(self) -> Any:
        """Run HiGHS within the time that is left; return what it says."""
        if self._budget.left <= 0:
            raise OutOfTime
        if self._is_whole:
            self._highs.clearSolver()
        if self._budget.left < inf:
            self._highs.setOptionValue("time_limit", float(self._budget.left))
        before = self._highs.getRunTime()
        self._highs.run()
        self._budget.spend(self._highs.getRunTime() - before)
        return self._highs.getModelStatus()

    def _is_proved(self) -> bool:
        info = self._highs.getInfo()
        return not self._is_whole or abs(info.objective_function_value - info.mip_dual_bound) < HALF

    def _found(self) -> tuple[float, ...] | None:
        is_feasible = self._highs.getInfo().primal_solution_status == FEASIBLE
        return tuple(self._highs.getSolution().col_value) if is_feasible else None
