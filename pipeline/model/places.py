"""How many can come and who comes first, as the organisers decided it."""

import re
from dataclasses import field
from datetime import datetime
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo

from pipeline.model.fields import Count, Flag, Line, MaybeLine, Number, Option, Time
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, Written, adapter, key, made, read_part
from pipeline.model.question import Question as Question
from pipeline.model.ranks import By as By
from pipeline.model.ranks import IfMissing, IfUncounted
from pipeline.model.ranks import RankKey as RankKey
from pipeline.model.refusals import refusal
from pipeline.model.rules import Condition

CATEGORY = "category"
"""The group that is not an answer: the category the rules put an applicant in."""


ONE_GROUP = (
    "Write a category, or an answer with its value: {answer: country, value: Spain}; or, with a title, a condition: "
    "{where: {role: {is: Leader}}, title: leaders}."
)
COMBINATION = (
    "For a combination, write one of them, and the other as a condition with a title: {answer: country, value: Spain, "
    "where: {role: {is: Leader}}, title: leaders}."
)


_MOST_PERCENT = 100
_PERCENT = re.compile(r"(\d{1,3})\s*(%?)")


def read_share(value: object, most: str) -> tuple[int, int] | None:
    """Read a percentage as (0, percent), a number in quotes as (number, 0); None for what is neither."""
    written = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        return None
    if written[2] and int(written[1]) > _MOST_PERCENT:
        raise refusal(most, "Write a percentage up to 100, or a number of people.")
    return (0, int(written[1])) if written[2] else (int(written[1]), 0)


def _share(value: object, info: ValidationInfo) -> tuple[int, int]:
    share = read_share(value, "is more than all places")
    return share if share and share[1] else (adapter(Count).validate_python(value, context=info.context), 0)


_Share = Annotated[tuple[int, int], PlainValidator(_share)]
Values = Annotated[tuple[Option, ...], Field(min_length=1), BeforeValidator(lambda each: _listed(each))]


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneGroup(Keys):
    """Keys that name whom places are for: a category, or an answer with its value, or each answer.

    `others` are further answers (or categories) that count as the same group. Of all these, only those of whom `where`
    holds; without a group, all of them: so `title` names them. `percent` is a share of all that can be invited, in
    place of a number. `line` is where the rule stands in its file.
    """

    also = ("category", "answer", "value", "where", "places")

    others: Annotated[tuple[str, ...], made] = ()
    where: Annotated[Condition | None, made] = None
    title: MaybeLine = ""
    percent: Annotated[int, made] = 0
    if_missing: IfUncounted = IfMissing.ASK
    line: Annotated[int, made] = field(default=0, compare=False)

    @classmethod
    def arranged(cls, written: Written, around: object) -> Written:
        if "places" in written:
            number, percent = read_part(_Share, written, "places", around)
            written = {**written, "places": number, "percent": percent}
        named = {"category", "answer", "value", "where"} & set(written)
        if {"category", "answer"} <= named:
            raise refusal("names a category and an answer; one rule counts one thing", COMBINATION)
        if not named or named & {"answer", "value"} == {"value"}:
            raise refusal("must name one group", ONE_GROUP)
        if "where" in named and not written.get("title"):
            raise refusal("has no title", "Write who is meant, as people read it: title: leaders.")
        if "except" in written and named - {"where"} != {"answer"}:
            raise refusal("has “except” beside one group", "Remove it: it is for a number for each answer.")
        values: tuple[str, ...] = ("",)
        for name in named & {"category", "value"}:
            values = read_part(Values, written, name, around)
        answer = read_part(Line, written, "answer", around) if "answer" in named else ""
        group = CATEGORY if "category" in named else answer
        return {**written, "group": group, "value": values[0], "others": values[1:]}


@dataclass(frozen=True, slots=True)
class AtMost(OneGroup):
    """No more than `places` applicants with the answer `value` to `group`; without a value, with the same answer.

    `exempt` answers are not counted so, nor are those that another limit on the group names.
    """

    group: Annotated[str, made]
    places: Annotated[int, made]
    exempt: Annotated[tuple[Option, ...], key("except")] = ()
    value: Annotated[str, made] = ""


@dataclass(frozen=True, slots=True)
class AtLeast(OneGroup):
    """At least `places` applicants whose answer to `group` is `value`, if there are so many.

    Without a value, so many with each answer: each that is offered, or was given where none are.
    """

    group: Annotated[str, made]
    value: Annotated[str, made]
    places: Annotated[int, made]
    exempt: Annotated[tuple[Option, ...], key("except")] = ()


def _last_second(value: object, info: ValidationInfo[ZoneInfo]) -> datetime:
    until: datetime = adapter(Time).validate_python(value).last(info.context)
    return until


@dataclass(frozen=True, slots=True)
class Reserved(OneGroup):
    """Places that only applicants with the answer `value` to `group` can get, until the last second of `until`."""

    group: Annotated[str, made]
    value: Annotated[str, made]
    places: Annotated[int, made]
    until: Annotated[datetime, PlainValidator(_last_second)]

    @classmethod
    def arranged(cls, written: Written, around: object) -> Written:
        found = OneGroup.arranged(written, around)
        if found["group"] and not found["value"]:
            raise refusal("must say whom for", "Add the value: {answer: country, value: Spain, …}.")
        return found


Quota: TypeAlias = AtMost | AtLeast | Reserved
"""A rule that counts people with an answer."""


def values_of(rule: Quota) -> tuple[str, ...]:
    """Return the answers (or categories) that count as one group; none where each counts by itself."""
    return (rule.value, *rule.others) if rule.value else ()


def is_one(rule: Quota) -> bool:
    """Whether a rule is for one group, and not for each answer."""
    return bool(rule.value) or not rule.group


def number_of(rule: Quota, seats: int) -> int:
    """Return how many places a rule means where so many can be invited: a share at most rounds down, at least up."""
    share = seats * rule.percent
    return (-(-share // 100) if isinstance(rule, AtLeast) else share // 100) if rule.percent else rule.places


def _by_order(tier: RankKey) -> RankKey:
    if tier.by is not By.ORDER:
        raise refusal(
            "needs an order", 'Write the answers, first ones first: {answer: vetos, order: ["Yes"]}.'
        )
    return tier


def _surplus(value: object) -> tuple[int, int]:
    """Read a number, or a percentage, as (number, percent)."""
    share = read_share(value, "is more than the places there are")
    if share is None:
        raise refusal("must be a number or a percentage", "Write how many more are invited: 3, or 10 %.")
    return share


_Surplus = Annotated[tuple[int, int], PlainValidator(_surplus)]


@dataclass(frozen=True, slots=True)
class Places(Keys):
    """How many can come and who comes first. `waiting_list` bounds the list's length (None: no bound).

    `at_least` must be met where it can be; `nice_to_have` yields to every place and every tier. `tiers` are orders of
    answers that no balance and no rank can outweigh. `overbook` and `overbook_percent` (of the capacity) are invited
    beyond the capacity. A place that somebody gave up goes to somebody with the same answer to `like_follows_like`
    (or of the same category) where there is one. Those with the same answer to `team` come together. With `draw`, the
    lot by the `seed` decides among equals, whenever they applied. `time_limit` is in seconds, for each choice.
    """

    also = ("overbook",)

    capacity: Count
    overbook: Annotated[int, made] = field(default=0, kw_only=True)
    waiting_list: Number | None = field(default=None, kw_only=True)
    at_most: tuple[AtMost, ...] = ()
    at_least: tuple[AtLeast, ...] = ()
    nice_to_have: tuple[AtLeast, ...] = ()
    held: tuple[Reserved, ...] = ()
    tiers: tuple[Annotated[RankKey, AfterValidator(_by_order)], ...] = ()
    rank_by: tuple[RankKey, ...] = ()
    like_follows_like: MaybeLine = ""
    team: MaybeLine = ""
    draw: Flag = False
    seed: MaybeLine = ""
    time_limit: Count = 60
    overbook_percent: Annotated[int, made] = 0

    @classmethod
    def arranged(cls, written: Written, around: object) -> Written:
        if "overbook" not in written:
            return written
        number, percent = read_part(_Surplus, written, "overbook", around)
        return {**written, "overbook": number, "overbook_percent": percent}

    @property
    def quotas(self) -> tuple[Quota, ...]:
        """All rules that count people with an answer."""
        return (*self.at_most, *self.at_least, *self.nice_to_have, *self.held)

    @property
    def seats(self) -> int:
        """How many can be invited: the capacity, and what it is overbooked by."""
        return self.capacity + self.overbook + self.capacity * self.overbook_percent // 100
