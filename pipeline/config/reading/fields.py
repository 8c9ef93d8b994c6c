"""What a single value may be: texts, numbers, addresses, times, each explained where it is something else.

Every refusal is a `PydanticCustomError` whose message is two sentences: what is wrong (after the key's
name) and what to write instead.
"""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, TypeAlias, TypeVar

from email_validator import validate_email
from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, Strict
from pydantic_core import PydanticCustomError

from pipeline.config.reading.environment import FromEnvironment
from pipeline.config.reading.tree import Block, Plain
from pipeline.config.reading.words import phrase_fault
from pipeline.config.reading.written_time import WrittenTime, read_time
from pipeline.model.text import one_line

REFUSED = "refused"
"""The type of every refusal made here."""

_NUMBER = re.compile(r"\d{1,9}")
MOST_PERCENT = 100
_PERCENT = re.compile(r"(\d{1,3})\s*(%?)")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def refusal(what: str, next_step: str) -> PydanticCustomError:
    """Make the error that says `what` is wrong with a key (`must be …`) and what to do."""
    return PydanticCustomError(REFUSED, "{what}. {next_step}", {"what": what, "next_step": next_step})


def _text(value: object) -> object:
    if isinstance(value, Plain):
        raise refusal("must be a text", 'Put quotes around it: "…".')
    if value is None:
        raise refusal("has no value", "Write one after the colon, or remove the line.")
    if not isinstance(value, str):
        raise refusal("must be one text", "Write it on one line after the colon.")
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in value):
        raise refusal("has an invisible control character", "Delete it, or type the text again.")
    return str(value)


def _filled(text: str) -> str:
    if not text.strip():
        raise refusal("is empty", "Write a text.")
    return text


def _with_letters(text: str) -> str:
    if not any(char.isalnum() for char in text):
        raise refusal("has neither a letter nor a digit", "Write a word.")
    return text


def _phrase(text: str) -> str:
    if fault := phrase_fault(text):
        raise refusal(*fault)
    return text


def _address(text: str) -> str:
    try:
        found = validate_email(text, check_deliverability=False, test_environment=False, allow_smtputf8=False)
    except ValueError:  # EmailNotValidError is one, and so is what a broken character raises
        raise refusal("is not an e-mail address", "Write one such as team@example.org.") from None
    return found.ascii_email or found.normalized


def _whole_number(value: object) -> int:
    if isinstance(value, Plain | FromEnvironment) and _NUMBER.fullmatch(value):
        return int(value)
    raise refusal("must be a whole number", "Write digits without quotes, as in 35.")


def _surplus(value: object) -> tuple[int, int]:
    """Read a number, or a percentage, as (number, percent)."""
    written = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None:
        raise refusal("must be a number or a percentage", "Write how many more are invited: 3, or 10 %.")
    if written[2] and int(written[1]) > MOST_PERCENT:
        raise refusal("is more than all places again", "Write a percentage up to 100, or a number of people.")
    return (0, int(written[1])) if written[2] else (int(written[1]), 0)


def _clock_time(value: object) -> str:
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return str(value)
    raise refusal("must be a time of day", 'Write hours and minutes in quotes, as in "07:00".')


def _time(value: object) -> WrittenTime:
    written = read_time(value) if isinstance(value, str) else None
    if written is None:
        raise refusal("must be a date", "Write 2023-08-01 or, with a time, 2023-08-01 23:59.")
    return written


def _block(value: object) -> Block:
    if not isinstance(value, Block) or not value:
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


def matching(pattern: str, meaning: str) -> AfterValidator:
    """Make the check that a text is like `pattern`; `meaning` says so in words."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise refusal(f"must be {meaning}", "Write a name like that; it is for machines.")
        return text

    return AfterValidator(check)


def among(*known: str) -> AfterValidator:
    """Make the check that a text is one of `known`."""

    def check(text: str) -> str:
        if text not in known:
            raise refusal("is none of those that Convene knows", f"Write {' or '.join(known)}.")
        return text

    return AfterValidator(check)


Item = TypeVar("Item")
Many: TypeAlias = Annotated[tuple[Item, ...], Strict(False)]
"""A list in the file, a tuple from here on."""

Some: TypeAlias = Annotated[tuple[Item, ...], Strict(False), Field(min_length=1)]
"""A list with at least one entry."""

_Any = Annotated[str, BeforeValidator(_text)]
Text = Annotated[_Any, AfterValidator(_filled)]
Line = Annotated[_Any, AfterValidator(one_line), AfterValidator(_filled)]
MaybeLine = Annotated[_Any, AfterValidator(one_line)]
Option = Annotated[Line, AfterValidator(_with_letters)]
Phrase = Annotated[Line, AfterValidator(_phrase)]
Secret = _Any
Address = Annotated[_Any, AfterValidator(_address)]
Slug = Annotated[_Any, matching(r"[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens")]
Identifier = Annotated[_Any, matching(r"[a-z][a-z0-9_-]*", "small letters, digits, - and _, a letter first")]
Key = Annotated[str, matching(r"[a-z][a-z0-9_]*", "small letters, digits and _, a letter first")]
ClockTime = Annotated[str, PlainValidator(_clock_time)]
Time = Annotated[WrittenTime, PlainValidator(_time)]
Surplus = Annotated[tuple[int, int], PlainValidator(_surplus)]
When = Annotated[Block, PlainValidator(_block)]
TimeFormat = Annotated[Line, AfterValidator(_time_format)]
Number = Annotated[int, BeforeValidator(_whole_number), Field(ge=0)]
Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=1)]
