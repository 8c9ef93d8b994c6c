"""A call as the organisers decided it: the validated content of `config/call.yaml`, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.audience.answers import Question as Question
from pipeline.audience.conditions import Condition
from pipeline.model.sheet import Kind


@dataclass(frozen=True, slots=True)
class Dates:
    """The call's dates, aware, in its zone.

    `deadline` is the last second in time; `selection` is when decisions may be told; without `reply_by`
    no date is named to invited people.
    """

    deadline: datetime
    selection: datetime
    starts: datetime
    ends: datetime
    opens: datetime | None = None
    reply_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The questions of the form, by the key of their answer.

    The keys `timestamp` and `email` must be there; `first_name` and `family_name` make names.
    `timestamp_formats` are `strptime` patterns tried for time stamps that are text.
    """

    questions: Mapping[str, Question]
    timestamp_formats: tuple[str, ...] = ()

    @property
    def headers(self) -> Mapping[str, str]:
        """The header of each answer's column."""
        return {key: question.header for key, question in self.questions.items()}

    def question(self, key: str) -> Question:
        """Return a question; one that offers nothing for a key that is no column (the category)."""
        return self.questions.get(key, Question(key))


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with the sentence that is its reason; `{key}` in the sentence quotes that answer."""

    id: str
    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Category:
    """A group of the target audience; `reason` is the sentence for the people in it."""

    id: str
    title: str
    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Audience:
    """The target-audience rules, asked in this order: hold, ineligible, review, categories."""

    categories: tuple[Category, ...]
    hold: tuple[Rule, ...] = ()
    ineligible: tuple[Rule, ...] = ()
    review: tuple[Rule, ...] = ()

    def title(self, category: str) -> str:
        """Return a category's title, or the id itself for one that the config no longer has."""
        return next((known.title for known in self.categories if known.id == category), category)


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
class Held:
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
    held: tuple[Held, ...] = ()
    overbook: int = 0
    overbook_percent: int = 0
    time_limit: int = 60

    @property
    def seats(self) -> int:
        """How many can be invited: the capacity, and what it is overbooked by."""
        return self.capacity + self.overbook + self.capacity * self.overbook_percent // 100


@dataclass(frozen=True, slots=True)
class Call:
    """One call for participants. `facts` are the organisers' own words for templates (place, language)."""

    id: str
    title: str
    zone: ZoneInfo
    dates: Dates
    columns: Columns
    audience: Audience
    places: Places
    messages: Mapping[Kind, str]
    reply_to: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    def late(self, submitted: datetime) -> bool:
        """Whether a response came after the deadline's last second."""
        return submitted > self.dates.deadline
