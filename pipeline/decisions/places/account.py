"""An account of a selection for the run's report: how it was made, and what organisers' words cost. Pure."""

from collections.abc import Collection, Iterator
from datetime import datetime

from pipeline.decisions.places.give import PATIENCE, Selection
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places
from pipeline.model.text import counted, quote
from pipeline.selection.contest import Method
from pipeline.selection.reasons.conflicts import places_stuck
from pipeline.selection.score import RuleCount, exceeded, missed
from pipeline.selection.select import PROVED


@dataclass(frozen=True, slots=True)
class Account:
    """How places were given: `filled` of `places` are taken then, `offered` of them newly.

    `uncategorised` of those who have one are in no category, though the rules count by category; `held` are held back
    by the rules, and have one by a word. `overbooked` of them are beyond the capacity. `stuck` empty places could be
    filled only by moving somebody who has one. `one_time` says that all who competed bear the same time.
    """

    seed: str
    method: Method
    places: int
    filled: int
    offered: int
    overbooked: int = 0
    exceeded: tuple[RuleCount, ...] = ()
    missed: tuple[RuleCount, ...] = ()
    stuck: int = 0
    one_time: bool = False
    uncategorised: int = 0
    held: int = 0

    @property
    def is_proved(self) -> bool:
        """Whether no better choice is possible."""
        return self.method in PROVED

    def __str__(self) -> str:
        seed = f"seed {quote(self.seed)}" if self.seed else "no seed"
        return f"{self.offered} offered, {self.filled} of {self.places} places taken; {self.method}; {seed}"

    def notes(self) -> tuple[str, ...]:
        """Say what is not as the rules want it, and what that costs."""
        above = (f"{rule.name} has {rule.count}, at most {rule.bound} asked for." for rule in self.exceeded)
        below = (f"{rule.name} has {rule.count}, at least {rule.bound} asked for." for rule in self.missed)
        stuck = (self._stuck(),) if self.stuck else ()
        alike = (
            ("All bear the same time stamp: who applied earlier could not rank.",) if self.one_time else ()
        )
        return (*self._beyond(), *above, *below, *self._despite_rules(), *stuck, *alike)

    def _beyond(self) -> Iterator[str]:
        if self.overbooked:
            yield f"Overbooked by {self.overbooked}: {self.places - self.overbooked} can come."
        if self.filled > self.places:
            more = self.filled - self.places
            yield f"{more} more than there are places; nobody who was invited is displaced."

    def _despite_rules(self) -> Iterator[str]:
        if self.uncategorised:
            yield f"{counted(self.uncategorised, 'place')} held in no category: no quota by category counts that."
        if self.held:
            yield f"{counted(self.held, 'place')} held by a word, while the rules put the person on hold."

    def _stuck(self) -> str:
        return f"{counted(self.stuck, 'empty place')} can only be filled by moving somebody who has been invited."


def give_account(call: Call, selection: Selection, times: Collection[datetime] = ()) -> Account:
    """Count what a selection came to; `times` are when those who competed applied."""
    contest, choice = selection.contest, selection.choice
    have = contest.seated | frozenset(choice.chosen)
    filled = len(have) + contest.unknown
    return Account(
        seed=call.places.seed,
        method=choice.method,
        places=contest.capacity,
        overbooked=contest.capacity - call.places.capacity,
        filled=filled,
        offered=len(choice.chosen),
        exceeded=exceeded(contest),
        missed=missed(contest.minimums, have),
        stuck=places_stuck(contest, choice, PATIENCE) if filled < contest.capacity else 0,
        one_time=not call.places.draw and len(times) > 1 and len(set(times)) == 1,
        uncategorised=sum(not case.classification.category for case in selection.seated)
        if _counts_categories(call.places)
        else 0,
        held=sum(case.found.eligibility is Eligibility.HELD for case in selection.seated),
    )


def _counts_categories(places: Places) -> bool:
    rules: tuple[AtMost | AtLeast, ...] = (*places.at_most, *places.at_least, *places.nice_to_have)
    return any(rule.group == CATEGORY for rule in rules)
