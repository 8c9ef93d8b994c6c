"""The best choice by a solver: what it is worth stage by stage, then strictly by rank.

Each stage is solved with all stages before it held at their best. What the solver says is counted before it
is believed; where it is not what was counted, `Contradiction` is raised.
"""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.selection.formulation import Chosen, Formulation, Worth
from pipeline.selection.greedy import in_order
from pipeline.selection.pruning import find_hopefuls
from pipeline.selection.reduced import Reduced, RulesOfOne
from pipeline.selection.solver import HALF, Budget, Contradiction, OutOfTime

ATTEMPTS = 5
"""How often a choice of whole people is looked for by linear programming before it takes the slower way."""


class Search:
    """A search for the best choice; `best` is the best that was found so far, at any time."""

    def __init__(self, board: Reduced, budget: Budget) -> None:
        hopefuls = find_hopefuls(board)
        self._board = board
        self._budget = budget
        self._leaders = hopefuls.leaders
        self._form = Formulation(board, hopefuls.people)
        self._model = self._form.model(budget, is_whole=True)
        self._pinned: Worth = ()
        self.best = min(_first_choices(board), key=lambda chosen: (self._form.worth(chosen), chosen))

    # --- what it is worth --------------------------------------------------------------------------------

    def settle_stages(self, first: int | None = None) -> None:
        """Find what the best choice is worth, but for the ranks; `best` is worth it (in `first` stages) then."""
        for number, stage in enumerate(self._form.stages[:first]):
            worth = self._form.worth(self.best)
            if worth[number] > self._form.floors(worth)[number]:
                self._model.aim(stage)
                self._improve(number)
            self._pinned = self._form.worth(self.best)[: number + 1]
            self._form.pin(self._model, number, self._pinned[number])

    def _improve(self, number: int) -> None:
        """Solve one stage; `best` is the best in it then."""
        try:
            answer = self._model.solve()
        except OutOfTime as error:
            self._keep_if_better(error.found)
            raise
        self._keep_if_better(answer)
        counted = self._form.worth(self.best)[number]
        if answer is None or abs(self._form.value(number, answer) - counted) > HALF:
            raise Contradiction("the solver's best is not the best that was counted")

    def _keep_if_better(self, answer: tuple[float, ...] | None) -> None:
        chosen = self._form.read(answer) if answer is not None else None
        if chosen is not None and self._board.fits(chosen):
            self.best = min(self.best, chosen, key=lambda chosen: (self._form.worth(chosen), chosen))

    # --- by rank -----------------------------------------------------------------------------------------

    def settle_ranks(self) -> None:
        """Find the best choice, all stages being settled: who stands first is asked first."""
        self._model.aim({})
        self._relaxed = self._form.model(self._budget, is_whole=False)
        for number, value in enumerate(self._pinned):
            self._form.pin(self._relaxed, number, value)
        left = [rule.places for rule in self._board.limits]
        open_places = len(self.best)
        outs: set[RulesOfOne] = set()
        for person in self._form.people:
            if open_places == 0:
                break
            marks = self._board.marks[person]
            is_full = any(left[limit] <= 0 for limit in marks.limits)
            # Nobody comes without those who lead them, or the first of their team (who all have been asked before).
            is_left = self._board.together(person)[0] < person and person not in self.best
            is_barred = is_full or is_left or not outs.isdisjoint(self._leaders[marks])
            if self._comes(person, is_barred=is_barred):
                open_places -= 1
                for limit in marks.limits:
                    left[limit] -= 1
            else:
                outs.add(marks)
        if open_places:
            raise Contradiction("the best so far had people who cannot come")

    def _comes(self, person: int, *, is_barred: bool) -> bool:
        """Whether somebody is chosen, everybody before being settled; hold it from now on."""
        if is_barred and person in self.best:
            raise Contradiction("somebody who can come was said not to")
        comes = person in self.best or (not is_barred and self._can_come(person))
        for model in (self._model, self._relaxed):
            model.bound(self._form.column[person], comes, comes)
        return comes

    def _can_come(self, person: int) -> bool:
        """Ask whether somebody can come; `best` is a choice with them then."""
        for model in (self._relaxed, self._model):
            model.bound(self._form.column[person], 1, 1)
        answer = self._ask()
        if answer is None:
            return False
        chosen = self._form.read(answer)
        if chosen is None or not self._is_sound(chosen, person):
            raise Contradiction("the solver's choice is not what was asked for")
        self.best = chosen
        return True

    def _ask(self) -> tuple[float, ...] | None:
        """Return any choice that is still open, None if there is none: the quicker way first."""
        for attempt in range(ATTEMPTS):
            if attempt:
                # People were chosen in part. Looking near the best so far mostly finds a choice of whole ones.
                self._relaxed.aim(self._form.nearness(self.best, attempt))
            answer = self._relaxed.solve()
            if answer is None or self._form.read(answer) is not None:
                return answer
        return self._model.solve()

    def _is_sound(self, chosen: Chosen, person: int) -> bool:
        """Whether a choice has `person`, keeps all that was settled before, and is as good as any."""
        before, settled = ([other for other in some if other < person] for some in (chosen, self.best))
        is_best = self._form.worth(chosen) == self._pinned and self._board.fits(chosen)
        return person in chosen and before == settled and is_best


def _first_choices(board: Reduced) -> Iterator[Chosen]:
    """Yield choices to start from: by rank, and by rank with those first whom a minimum misses."""
    yield in_order(board)
    needed: Chosen = ()
    for rule in board.minimums:
        missing = max(0, rule.places - len(rule.members.intersection(needed)))
        part = replace(board, free=min(board.free, len(needed) + missing))
        needed = in_order(part, sorted(rule.members), needed)
    yield in_order(board, start=needed)
