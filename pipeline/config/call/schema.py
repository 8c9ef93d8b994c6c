"""The shape of config/call.yaml: which keys there are and what each may hold.

What one section says of another (a rule that names a column) is checked where the call is built.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator, model_validator

from pipeline.config.reading.words import phrase_fault
from pipeline.config.reading.written_time import WrittenTime, read_time
from pipeline.model.fields import (
    Address,
    Count,
    FilledText,
    Identifier,
    Key,
    Line,
    MaybeLine,
    Number,
    Option,
    Slug,
    Some,
    among,
    refusal,
)
from pipeline.model.keys import Keys, key

MOST_PERCENT = 100
_PERCENT = re.compile(r"(\d{1,3})\s*(%?)")


def _phrase(text: str) -> str:
    if fault := phrase_fault(text):
        raise refusal(*fault)
    return text


def _surplus(value: object) -> tuple[int, int]:
    """Read a number, or a percentage, as (number, percent)."""
    written = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        raise refusal("must be a number or a percentage", "Write how many more are invited: 3, or 10 %.")
    if written[2] and int(written[1]) > MOST_PERCENT:
        raise refusal("is more than all places again", "Write a percentage up to 100, or a number of people.")
    return (0, int(written[1])) if written[2] else (int(written[1]), 0)


def _time(value: object) -> WrittenTime:
    written = read_time(value) if isinstance(value, str) else None
    if written is None:
        raise refusal("must be a date", "Write 2023-08-01 or, with a time, 2023-08-01 23:59.")
    return written


def _condition(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise refusal("must be a condition", 'Write one such as {vetos: {is: "No"}}.')
    return value


def _time_format(text: str) -> str:
    probe = datetime(2001, 2, 23, 14, 5, 6, tzinfo=UTC)
    try:
        known = datetime.strptime(probe.strftime(text), text).replace(tzinfo=UTC).date() == probe.date()
    except (ValueError, re.error):
        known = False
    if not known:
        raise refusal("is not a pattern of a date", 'Write one such as "%d/%m/%Y %H:%M:%S".')
    return text


Phrase = Annotated[Line, AfterValidator(_phrase)]
Surplus = Annotated[tuple[int, int], PlainValidator(_surplus)]
Time = Annotated[WrittenTime, PlainValidator(_time)]
TimeFormat = Annotated[Line, AfterValidator(_time_format)]
When = Annotated[dict[str, Any], PlainValidator(_condition)]
Words = dict[Key, Some[Phrase]]


@dataclass(frozen=True, slots=True)
class CallSection(Keys):
    """What the call is."""

    id: Slug
    title: Line
    timezone: Line
    reply_to: Address
    facts: dict[Key, FilledText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatesSection(Keys):
    """The call's dates on the clock of its zone."""

    deadline: Time
    starts: Time
    ends: Time
    opens: Time | None = None
    selection: Time | None = None
    reply_by: Time | None = None


@dataclass(frozen=True, slots=True)
class ColumnEntry(Keys):
    """One column: its header, and the answers that the form offers, in any order or on a scale."""

    header: Line
    options: tuple[Option, ...] = ()
    scale: tuple[Option, ...] = ()
    aliases: dict[str, Some[Option]] = field(default_factory=dict)
    date_formats: tuple[TimeFormat, ...] = ()

    @model_validator(mode="after")
    def _one_list(self) -> "ColumnEntry":
        if self.options and self.scale:
            raise refusal(
                "has both options and a scale", "Keep the scale if the answers go from low to high."
            )
        return self

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers that the form offers; none where people write what they like."""
        return self.options or self.scale


def _with_header(value: object) -> object:
    return {"header": value} if isinstance(value, str) else value


Column = Annotated[ColumnEntry, BeforeValidator(_with_header)]


@dataclass(frozen=True, slots=True)
class RuleEntry(Keys):
    """A condition with the sentence that is its reason."""

    id: Identifier
    when: When
    reason: Line


@dataclass(frozen=True, slots=True)
class CategoryEntry(RuleEntry):
    """A group of the target audience."""

    title: Line


@dataclass(frozen=True, slots=True)
class AudienceSection(Keys):
    """The rules, in the order in which they are asked."""

    categories: Some[CategoryEntry]
    hold: tuple[RuleEntry, ...] = ()
    ineligible: tuple[RuleEntry, ...] = ()
    review: tuple[RuleEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaEntry(Keys):
    """So many places for one category, or for those with an answer: one that is named, or each."""

    places: Count
    category: Line | None = None
    answer: Line | None = None
    value: Option | None = None
    exempt: Annotated[tuple[Option, ...], key("except")] = ()

    @model_validator(mode="after")
    def _one_group(self) -> "QuotaEntry":
        if (self.category is None) == (self.answer is None) or (self.category and self.value):
            raise refusal(
                "must name one group",
                "Write a category, or an answer with its value: {answer: country, value: Spain}.",
            )
        if self.exempt and (self.category or self.value):
            raise refusal("has “except” beside one group", "Remove it: it is for a number for each answer.")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry(QuotaEntry):
    """Places held for a group until a date."""

    until: Time

    @model_validator(mode="after")
    def _named(self) -> "HeldEntry":
        if self.answer and not self.value:
            raise refusal("must say whom for", "Add the value: {answer: country, value: Spain, …}.")
        return self


@dataclass(frozen=True, slots=True)
class OrderEntry(Keys):
    """Which answers come first."""

    answer: Line
    order: Some[Option]


@dataclass(frozen=True, slots=True)
class RankEntry(Keys):
    """Who comes first: by the order of an answer, by the number that it is, or by turns."""

    answer: Line | None = None
    order: Some[Option] = ()
    first: Annotated[Line, among("highest", "lowest")] | None = None
    turn: Line | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "RankEntry":
        ways = (bool(self.order), self.first is not None, self.turn is not None)
        if sum(ways) != 1 or (self.turn is None) == (self.answer is None):
            raise refusal(
                "must say who comes first",
                "Write an answer with its order or with first: highest (or lowest), or turn: country.",
            )
        return self


@dataclass(frozen=True, slots=True)
class PlacesSection(Keys):
    """How many can come, and who first."""

    capacity: Count
    overbook: Surplus = (0, 0)
    waiting_list: Number | None = None
    at_most: tuple[QuotaEntry, ...] = ()
    at_least: tuple[QuotaEntry, ...] = ()
    nice_to_have: tuple[QuotaEntry, ...] = ()
    held: tuple[HeldEntry, ...] = ()
    tiers: tuple[OrderEntry, ...] = ()
    rank_by: tuple[RankEntry, ...] = ()
    seed: MaybeLine = ""
    time_limit: Count = 60


@dataclass(frozen=True, slots=True)
class MessagesSection(Keys):
    """The template of each kind of message."""

    invitation: Line
    waiting_list: Line
    not_selected: Line
    received: Line | None = None


Columns = dict[Key, Column]
Formats = tuple[TimeFormat, ...]
