"""How many can come and who comes first, as the organisers decided it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.model.question import Question as Question

CATEGORY = "category"
"""The group that is not an answer: the category the rules put an applicant in."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """No more than `places` applicants with the answer `value` to `group`; without a value, with the same answer.

    `exempt` answers are not counted so, nor are those that another limit on the group names.
    """

    group: str
    places: int
    exempt: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `places` applicants whose answer to `group` is `value`, if there are so many.

    Without a value, so many with each answer: each that is offered, or was given where none are.
    """

    group: str
    value: str
    places: int
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reserved:
    """Places that only applicants with the answer `value` to `group` can get, until the last second of `until`."""

    group: str
    value: str
    places: int
    until: datetime


class By(StrEnum):
    """What a ranking key looks at."""

    ORDER = "order"
    HIGHEST = "highest"
    LOWEST = "lowest"
    TURN = "turn"
    """How many with the same answer come before: the first from each country, then the second."""


@dataclass(frozen=True, slots=True)
class RankKey:
    """Prefer applicants by the answer `key`: those whose answer stands earlier in `order` come first.

    Or by the number that the answer is, or by turns (see `By`).
    """

    key: str
    order: tuple[str, ...] = ()
    by: By = By.ORDER


@dataclass(frozen=True, slots=True)
class Places:
    """How many can come and who comes first. `waiting_list` bounds the list's length (None: no bound).

    `at_least` must be met where it can be; `nice_to_have` yields to every place and every tier. `tiers` are
    orders of answers that no balance and no rank can outweigh. `overbook` and `overbook_percent` (of the
    capacity) are invited beyond the capacity. `time_limit` is in seconds, for each choice.
    """

    capacity: int
    at_most: tuple[AtMost, ...] = ()
    at_least: tuple[AtLeast, ...] = ()
    rank_by: tuple[RankKey, ...] = ()
    waiting_list: int | None = None
    seed: str = ""
    nice_to_have: tuple[AtLeast, ...] = ()
    tiers: tuple[RankKey, ...] = ()
    held: tuple[Reserved, ...] = ()
    overbook: int = 0
    overbook_percent: int = 0
    time_limit: int = 60

    @property
    def seats(self) -> int:
        """How many can be invited: the capacity, and what it is overbooked by."""
        return self.capacity + self.overbook + self.capacity * self.overbook_percent // 100
