"""The shape of config/call.yaml: which keys there are and what each may hold.

What one section says of another (a rule that names a column) is checked where the call is built.
"""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from pipeline.config.fields import (
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
    Text,
    Time,
    TimeFormat,
    When,
    refusal,
)
from pipeline.config.section import Section


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


class AtMostEntry(Section):
    """No more than `places` with the same answer."""

    answer: Line
    places: Count
    exempt: Annotated[Many[Option], Field(alias="except")] = ()


class AtLeastEntry(Section):
    """At least `places` of one category, or with one answer."""

    places: Count
    category: Line | None = None
    answer: Line | None = None
    value: Line | None = None

    @model_validator(mode="after")
    def _one_group(self) -> "AtLeastEntry":
        if (self.category is None) == (self.answer is None) or (self.answer is None) != (self.value is None):
            raise refusal(
                "must name one group",
                "Write a category, or an answer with its value: {answer: country, value: Spain}.",
            )
        return self


class RankEntry(Section):
    """Which answers come first."""

    answer: Line
    order: Some[Option]


class PlacesSection(Section):
    """How many can come, and who first."""

    capacity: Count
    waiting_list: Number | None = None
    at_most: Many[AtMostEntry] = ()
    at_least: Many[AtLeastEntry] = ()
    rank_by: Many[RankEntry] = ()
    seed: MaybeLine = ""


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
