"""The shape of config/call.yaml: which keys there are and what each may hold.

What one section says of another (a rule that names a column) is checked where the call is built.
"""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pipeline.config.reading.fields import (
    Address,
    Count,
    Identifier,
    Key,
    Line,
    Many,
    MaybeLine,
    Number,
    Option,
    Phrase,
    Slug,
    Some,
    Surplus,
    Text,
    Time,
    TimeFormat,
    When,
    among,
    refusal,
)
from pipeline.config.reading.section import Section


class CallSection(Section):
    """What the call is."""

    id: Slug
    title: Line
    timezone: Line
    reply_to: Address
    facts: dict[Key, Text] = Field(default_factory=dict)


class DatesSection(Section):
    """The call's dates on the clock of its zone."""

    deadline: Time
    starts: Time
    ends: Time
    opens: Time | None = None
    selection: Time | None = None
    reply_by: Time | None = None


class ColumnEntry(Section):
    """One column: its header, and the answers that the form offers, in any order or on a scale."""

    header: Line
    options: Many[Option] = ()
    scale: Many[Option] = ()
    aliases: dict[str, Some[Option]] = Field(default_factory=dict)
    date_formats: Many[TimeFormat] = ()

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


class RuleEntry(Section):
    """A condition with the sentence that is its reason."""

    id: Identifier
    when: When
    reason: Line


class CategoryEntry(RuleEntry):
    """A group of the target audience."""

    title: Line


class AudienceSection(Section):
    """The rules, in the order in which they are asked."""

    hold: Many[RuleEntry] = ()
    ineligible: Many[RuleEntry] = ()
    review: Many[RuleEntry] = ()
    categories: Some[CategoryEntry]


class QuotaEntry(Section):
    """So many places for one category, or for those with an answer: one that is named, or each."""

    places: Count
    category: Line | None = None
    answer: Line | None = None
    value: Option | None = None
    exempt: Annotated[Many[Option], Field(alias="except")] = ()

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


class HeldEntry(QuotaEntry):
    """Places held for a group until a date."""

    until: Time

    @model_validator(mode="after")
    def _named(self) -> "HeldEntry":
        if self.answer and not self.value:
            raise refusal("must say whom for", "Add the value: {answer: country, value: Spain, …}.")
        return self


class OrderEntry(Section):
    """Which answers come first."""

    answer: Line
    order: Some[Option]


class RankEntry(Section):
    """Who comes first: by the order of an answer, by the number that it is, or by turns."""

    answer: Line | None = None
    order: Many[Option] = ()
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

    @field_validator("order", mode="after")
    @classmethod
    def _filled(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if not order:
            raise refusal("needs at least one entry", "Write one, each on a line behind a “- ”.")
        return order


class PlacesSection(Section):
    """How many can come, and who first."""

    capacity: Count
    overbook: Surplus = (0, 0)
    waiting_list: Number | None = None
    at_most: Many[QuotaEntry] = ()
    at_least: Many[QuotaEntry] = ()
    nice_to_have: Many[QuotaEntry] = ()
    held: Many[HeldEntry] = ()
    tiers: Many[OrderEntry] = ()
    rank_by: Many[RankEntry] = ()
    seed: MaybeLine = ""
    time_limit: Count = 60


class MessagesSection(Section):
    """The template of each kind of message."""

    invitation: Line
    waiting_list: Line
    not_selected: Line
    received: Line | None = None


class CallFile(Section):
    """The whole file; a section that is missing or wrong is None, so that the others can be checked."""

    required: ClassVar[tuple[str, ...]] = ("call", "dates", "columns", "audience", "places", "messages")

    call: CallSection | None = None
    dates: DatesSection | None = None
    columns: dict[Key, Column] = Field(default_factory=dict)
    timestamp_formats: Many[TimeFormat] = ()
    vocabulary: dict[Key, Some[Phrase]] = Field(default_factory=dict)
    audience: AudienceSection | None = None
    places: PlacesSection | None = None
    messages: MessagesSection | None = None


class VocabularyFile(Section):
    """The words of one concept by language, and those that speak against it."""

    required: ClassVar[tuple[str, ...]] = ("words",)

    words: dict[Key, Some[Phrase]] = Field(default_factory=dict)
    unless: dict[Key, Some[Phrase]] = Field(default_factory=dict)
