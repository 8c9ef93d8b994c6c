"""Keys that belong together in a file, as a frozen dataclass whose fields are the settings.

A field's annotation says what may stand there (`fields`), and under which key if not under its own name.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, ClassVar, get_args, get_type_hints

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter, ValidationError, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from pipeline.model.fields import Line, not_among
from pipeline.model.refusals import at, refusal, refusal_at

KEYS_WANTED = ("must hold keys of its own", "Write them below it, indented, each as “key: value”.")
UNKNOWN = "unknown_key"
Written = dict[str, Any]


class Made:
    """Marks a field that is made of other keys or of the environment, and is no key itself."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


made = Made()


def key(name: str) -> Any:
    """Mark a field that stands under another name in the file."""
    return Field(validation_alias=name)


class Keys:
    """No other keys are allowed, and one without a value counts as left out.

    `also` are keys that `arranged` turns into fields, before the fields are checked.
    """

    __slots__ = ()
    also: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def arranged(cls, written: Written, _: Any) -> Written:
        """Return what is written with the fields in place that depend on several keys, or on what lies around."""
        return written

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys that a file may have."""
        found = []
        for field in fields(cls):  # type: ignore[arg-type]  # every subclass is a dataclass
            marks = get_args(get_type_hints(cls, include_extras=True)[field.name])[1:]
            names = [each.validation_alias for each in marks if isinstance(each, FieldInfo)]
            if made not in marks or field.name in cls.also:
                found.append(str(next(filter(None, names), field.name)))
        return tuple(dict.fromkeys((*found, *cls.also)))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = cls.keys()

        def arrange(value: object, info: ValidationInfo) -> Written:
            written = with_values(value)
            if unknown := [name for name in written if name not in known]:
                raise at(unknown[0], PydanticCustomError(UNKNOWN, "", {"known": known}))
            return cls.arranged(written, info.context)

        # Under the name by which pydantic refers to the dataclass: the second use is arranged as the first is.
        fields = {**handler.resolve_ref_schema(handler(source))}
        ref = fields.pop("ref", None)
        return core_schema.with_info_before_validator_function(arrange, fields, ref=ref)


def with_values(value: object) -> Written:
    """Return the keys that have a value; refuse what has no keys."""
    if not isinstance(value, dict):
        raise refusal(*KEYS_WANTED)
    return {name: each for name, each in value.items() if each is not None}


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what reads values of a kind; made once, since making it takes longer than reading."""
    return TypeAdapter(kind)


def read_part(kind: Any, written: Written, name: str, around: object) -> Any:
    """Take the value under a key out and read it as `kind`; what is wrong is told with the key."""
    within = adapter(dict[str, kind])
    return within.validate_python({name: written.pop(name)}, context=around)[name]


def choose(written: Written, by: str, parts: Mapping[str, tuple[str, ...]], around: object) -> str:
    """Take out the key that chooses one of `parts`, and the keys of all others; return the word that is chosen.

    So only what is used must be right, and only its `${NAME}` be set.
    """
    if by not in written:
        raise ValidationError.from_exception_data("", [{"type": "missing", "loc": (by,), "input": None}])
    word: str = read_part(Line, written, by, around)
    if word not in parts:
        raise at(by, not_among(word, parts))
    for name in {name for names in parts.values() for name in names} - {*parts[word]}:
        written.pop(name, None)
    return word


def read_chosen(kind: Any, written: Written, name: str, by: tuple[str, str], around: object) -> Any:
    """Read the part that the second of `by`, a key in the first, chooses; it must be there."""
    if name not in written:
        what = f"“{name}” is missing in “{by[0]}”, though “{by[1]}” chooses it"
        raise refusal_at(name, what, f"Add the section “{name}”; the example shows how.")
    return read_part(kind, written, name, around)
