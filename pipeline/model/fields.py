"""What a single value in a file may be: a text, number, address or path, explained where it is something else.

A value as it was typed is a text; `Plain` marks one without quotes that YAML takes for something else. Every
refusal has two sentences: what is wrong, to be read behind the key's name, and what to write instead.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from pipeline.model.address import is_plain
from pipeline.model.frozen import dataclass
from pipeline.model.refusals import SAID, at, refusal
from pipeline.model.suggest import nearest
from pipeline.model.text import listed, one_line, quote
from pipeline.model.written_time import WrittenTime, read_time

_NUMBER = re.compile(r"\d{1,9}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NAME = re.compile(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{")


class Plain(str):
    """A value without quotes that YAML takes for something else than a text: `35`, `true`, `2023-08-01`."""

    __slots__ = ()


class FromEnvironment(str):
    """A text of which a part came from the environment: never shown, and a number where one is wanted."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a file of settings: the environment, the workspace, and what is wrong with a file there.

    `file_fault` is asked for the path of a file, and whether it is a secret of its owner.
    """

    environ: Mapping[str, str]
    workspace: PurePath
    file_fault: Callable[[PurePath, bool], tuple[str, str] | None]


# --- from the environment ----------------------------------------------------------------------------------


def _filled_in(value: object, info: ValidationInfo) -> object:
    """Replace every `${NAME}` in a text from the environment, if the file has one; `$${` is a plain `${`.

    Only values are changed, so that no variable can add a key or a line.
    """
    if not isinstance(info.context, Around) or isinstance(value, Plain) or not isinstance(value, str):
        return value
    return filled_in(value, info.context.environ)


def refuse_environment(value: object) -> object:
    """Refuse `${NAME}` in what is shown to people, or mailed: a secret could be meant."""
    if isinstance(value, str) and any(name[1] for name in _NAME.finditer(value)):
        next_step = "Write it out: ${NAME} is for hosts, ids, paths and secrets."
        raise refusal("is shown to people, and cannot come from the environment", next_step)
    return value


def filled_in(text: str, environ: Mapping[str, str]) -> str:
    """Return `text` with every `${NAME}` replaced; raises for each name that is not set."""
    names = list(_NAME.finditer(text))
    if problems := [problem for name in names if (problem := _problem(name, environ))]:
        raise at("", *(PydanticCustomError(SAID, "", {"what": a, "next_step": b}) for a, b in problems))
    put_in = _NAME.sub(lambda name: environ[name[1]] if name[1] else "${", text)
    return FromEnvironment(put_in) if names else text


def _problem(name: re.Match[str], environ: Mapping[str, str]) -> tuple[str, str] | None:
    if name[0] == "${":
        next_step = "Write ${NAME} with letters, digits and _ only, or $${ for the signs themselves."
        return "“${” is not followed by a name and “}”", next_step
    if name[1] and name[1] not in environ:
        return f"the environment variable {name[1]} is not set", "Set it."
    return None


# --- texts -------------------------------------------------------------------------------------------------


def _text(value: object) -> str:
    if isinstance(value, Plain):
        raise refusal("must be a text", 'Put quotes around it: "…".')
    if value is None:
        raise refusal("has no value", "Write one after the colon, or remove the line.")
    if not isinstance(value, str):
        raise refusal("must be one text", "Write it on one line after the colon.")
    if not value.isprintable() and any(
        unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in value
    ):
        raise refusal("has an invisible control character", "Delete it, or type the text again.")
    return str(value)


def _not_empty(text: str) -> str:
    if not text.strip():
        raise refusal("is empty", "Write a text.")
    return text


def _line(value: object) -> str:
    return _not_empty(one_line(_text(value)))


def _with_letters(text: str) -> str:
    if not any(char.isalnum() for char in text):
        raise refusal("has neither a letter nor a digit", "Write a word.")
    return text


def _address(text: str) -> str:
    if is_plain(text):
        return text
    from email_validator import validate_email  # takes longer to import than all settings to read

    try:
        found = validate_email(text, check_deliverability=False, test_environment=False, allow_smtputf8=False)
    except ValueError:  # EmailNotValidError is one, and so is what a broken character raises
        raise refusal("is not an e-mail address", "Write one such as team@example.org.") from None
    return found.ascii_email or found.normalized


def _clock_time(value: object) -> str:
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return str(value)
    raise refusal("must be a time of day", 'Write hours and minutes in quotes, as in "07:00".')


def _time_format(text: str) -> str:
    probe = datetime(2001, 2, 23, 14, 5, 6, tzinfo=UTC)
    try:
        known = datetime.strptime(probe.strftime(text), text).replace(tzinfo=UTC).date() == probe.date()
    except (ValueError, re.error):
        known = False
    if not known:
        raise refusal("is not a pattern of a date", 'Write one such as "%d/%m/%Y %H:%M:%S".')
    return text


def _time(value: object) -> WrittenTime:
    written = read_time(value) if isinstance(value, str) else None
    if written is None:
        raise refusal("must be a date", "Write 2023-08-01 or, with a time, 2023-08-01 23:59.")
    return written


def matching(pattern: str, meaning: str) -> AfterValidator:
    """Make the check that a text is like `pattern`; `meaning` says so in words."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise refusal(f"must be {meaning}", "Write a name like that; it is for machines.")
        return text

    return AfterValidator(check)


def not_among(
    text: str, known: Iterable[str], otherwise: str = "has a value that Convene does not know"
) -> PydanticCustomError:
    """Make the error that says that a text is none of `known`; it is repeated where it is nearly one (no secret)."""
    words = tuple(known)
    if near := nearest(text, words):
        return refusal(f"is {quote(text)}, which Convene does not know", f"Did you mean “{near}”?")
    return refusal(otherwise, f"Write {listed(words, 'or')}.")


def among(*known: str) -> AfterValidator:
    """Make the check that a value is one of `known`."""

    def check(text: str) -> str:
        if text not in known:
            raise not_among(text, known)
        return text

    return AfterValidator(check)


# --- numbers and paths -------------------------------------------------------------------------------------


def _flag(value: object) -> bool:
    if not isinstance(value, Plain) or value.lower() not in ("true", "false"):
        raise refusal("must be true or false", "Write true or false, without quotes.")
    return value.lower() == "true"


def number(least: int = 0, most: int | None = None, into: Callable[[int], Any] = int) -> PlainValidator:
    """Make the reading of a whole number within bounds; `into` turns it into the value that is meant."""

    def read(value: object, info: ValidationInfo) -> Any:
        written = _filled_in(value, info)
        if not isinstance(written, Plain | FromEnvironment) or not _NUMBER.fullmatch(written):
            raise refusal("must be a whole number", "Write digits without quotes, as in 35.")
        if int(written) < least:
            raise refusal("is too small", f"Write {least} or more.")
        if most is not None and int(written) > most:
            raise refusal("is too large", f"Write {most} or less.")
        return into(int(written))

    return PlainValidator(read)


def minutes(count: int) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=count)


def hours(count: int) -> timedelta:
    """Return so many hours."""
    return timedelta(hours=count)


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


def _path(text: str, info: ValidationInfo[Around]) -> PurePath:
    return info.context.workspace / text


def _secret_file(path: PurePath, info: ValidationInfo[Around]) -> PurePath:
    if fault := info.context.file_fault(path, True):
        raise refusal(*fault)
    return path


def _known_file(text: str, info: ValidationInfo[Around]) -> str:
    path = _path(text, info)
    if text and (fault := info.context.file_fault(path, False)):
        raise refusal(*fault)
    return str(path) if text else ""


Item = TypeVar("Item")
Some: TypeAlias = Annotated[tuple[Item, ...], Field(min_length=1)]
"""A list with at least one entry."""

Text = Annotated[str, BeforeValidator(_text), BeforeValidator(_filled_in)]
"""Any text, also an empty one."""

FilledText = Annotated[Text, AfterValidator(_not_empty)]
MaybeLine = Annotated[Text, AfterValidator(one_line)]
Line = Annotated[str, BeforeValidator(_line), BeforeValidator(_filled_in)]
Option = Annotated[Line, AfterValidator(_with_letters)]
Address = Annotated[Text, AfterValidator(_address)]
Slug = Annotated[Text, matching(r"[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens")]
Identifier = Annotated[Text, matching(r"[a-z][a-z0-9_-]*", "small letters, digits, - and _, a letter first")]
Key = Annotated[str, matching(r"[a-z][a-z0-9_]*", "small letters, digits and _, a letter first")]
ClockTime = Annotated[str, PlainValidator(_clock_time), BeforeValidator(_filled_in)]
TimeFormat = Annotated[Line, AfterValidator(_time_format)]
Time = Annotated[WrittenTime, PlainValidator(_time)]
Flag = Annotated[bool, PlainValidator(_flag)]
Number = Annotated[int, number()]
Count = Annotated[int, number(1)]

Shown = Annotated[MaybeLine, BeforeValidator(refuse_environment)]
ShownAddress = Annotated[Address, BeforeValidator(refuse_environment)]
"""What people see, in the sheet's name or in their mail."""

InWorkspace = Annotated[PurePath, BeforeValidator(_path), BeforeValidator(_line), BeforeValidator(_filled_in)]
SecretFile = Annotated[InWorkspace, AfterValidator(_secret_file)]
KnownFile = Annotated[MaybeLine, AfterValidator(_known_file)]
"""The path of a file that must be there; empty for none."""
