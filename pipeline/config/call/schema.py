"""The shape of config/call.yaml: which keys there are and what each may hold.

What one section says of another (a rule that names a column) is checked where the call is built.
"""

import re
from dataclasses import field
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainValidator

from pipeline.config.reading.words import phrase_fault
from pipeline.model.fields import (
    Address,
    FilledText,
    Flag,
    Identifier,
    Key,
    Line,
    Slug,
    Some,
    Time,
    TimeFormat,
    among,
    hours,
    number,
)
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, key
from pipeline.model.language_fields import locale_code, tag
from pipeline.model.offers import USUAL, Silence
from pipeline.model.question import Question
from pipeline.model.refusals import refusal
from pipeline.model.written_time import WrittenTime, read_time


def _phrase(text: str) -> str:
    if fault := phrase_fault(text):
        raise refusal(*fault)
    return text


def _condition(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise refusal("must be a condition", 'Write one such as {vetos: {is: "No"}}.')
    return value


Phrase = Annotated[Line, AfterValidator(_phrase)]
When = Annotated[dict[str, Any], PlainValidator(_condition)]
Words = dict[Key, Some[Phrase]]


@dataclass(frozen=True, slots=True)
class NearEntry(Keys):
    """Words of one language that mean something two by two."""

    words: Some[Phrase]
    to: Some[Phrase]
    then: tuple[Phrase, ...] = ()
    across: tuple[Phrase, ...] = ()


NearWords = dict[Key, NearEntry]
Vocabularies = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CallSection(Keys):
    """What the call is."""

    id: Slug
    title: Line
    timezone: Line
    reply_to: Address
    facts: dict[Key, FilledText] = field(default_factory=dict)
    cancelled: Flag = False


AT_ONCE = "at_once"


def _time_or_at_once(value: object) -> WrittenTime | str:
    if value == AT_ONCE:
        return AT_ONCE
    if isinstance(value, str) and (written := read_time(value)):
        return written
    raise refusal("must be a date, or at_once", "Write 2023-08-04, or at_once: open reviews put nothing off.")


_DAYS = re.compile(r"(\d{1,3})(?: days?)?")


def _days(value: object) -> timedelta:
    found = _DAYS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or found[1].strip("0") == "":
        raise refusal("must be a number of days", "Write one such as 5 days.")
    return timedelta(days=int(found[1]))


Days = Annotated[timedelta, PlainValidator(_days)]
"""Whole days: `5 days`, or `5`."""


def _column_or_condition(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return str(value)
    return _condition(value)


TimeOrAtOnce = Annotated[WrittenTime | str, PlainValidator(_time_or_at_once)]


def _in_all_languages(value: object) -> object:
    return value if isinstance(value, dict) else {"": value}


Texts = Annotated[
    dict[Annotated[str, AfterValidator(lambda code: code and tag(code))], Line],
    BeforeValidator(_in_all_languages),
]
"""One text, or one for each language."""


@dataclass(frozen=True, slots=True)
class SessionEntry(Keys):
    """A part of the programme without a break."""

    starts: Time
    ends: Time
    title: Texts = field(default_factory=dict)
    place: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalendarSection(Keys):
    """What letters put into calendars: `entries` are `sent` or `none`."""

    entries: Annotated[Line, among("sent", "none")] = "sent"
    remind: Annotated[timedelta, number(0, 720, hours), key("remind_hours")] = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DatesSection(Keys):
    """The call's dates on the clock of its zone."""

    deadline: Time
    starts: Time
    ends: Time
    opens: Time | None = None
    selection: Time | None = None
    reply_by: Time | None = None
    reviews_by: TimeOrAtOnce | None = None
    sessions: tuple[SessionEntry, ...] = ()
    reply_within: Days | None = None
    last_offers: Time | None = None


@dataclass(frozen=True, slots=True)
class OffersSection(Keys):
    """How offers are answered, and what becomes of silence."""

    remind_before: Days = USUAL.remind_before
    on_silence: Annotated[Line, among(*Silence)] = USUAL.on_silence
    reply_before_start: Days = USUAL.before_start
    confirm_requires: Annotated[object, PlainValidator(_column_or_condition)] = None


def _with_header(value: object) -> object:
    return {"header": value} if isinstance(value, str) else value


Column = Annotated[Question, BeforeValidator(_with_header)]


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


Columns = dict[Key, Column]
OwnColumns = dict[Line, Line]
Formats = tuple[TimeFormat, ...]
Language = Annotated[Line, AfterValidator(locale_code)]
