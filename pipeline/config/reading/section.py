"""A group of keys in a file, and the reading of a file into such groups with every problem explained."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails

from pipeline.config.reading.fields import REFUSED
from pipeline.config.reading.source import Source
from pipeline.config.reading.suggest import did_you_mean
from pipeline.config.reading.tree import Block, Path, Series, Step, cut_all, value_at
from pipeline.model.text import quote

_KEY = "[key]"
_KEYS_WANTED = ("must hold keys of its own", "Write them below it, indented, each as “key: value”.")
_SENTENCES = {
    "dict_type": _KEYS_WANTED,
    "model_type": _KEYS_WANTED,
    "tuple_type": ("must be a list", "Write [one, two], or one entry a line, each behind a “- ”."),
    "too_short": ("needs at least one entry", "Write one, each on a line behind a “- ”."),
    "greater_than_equal": ("is too small", "Write {ge} or more."),
    "less_than_equal": ("is too large", "Write {le} or less."),
}


class Section(BaseModel):
    """Keys that belong together: no others are allowed, and one without a value counts as left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
    required: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, value: object) -> object:
        return (
            {key: each for key, each in value.items() if each is not None}
            if isinstance(value, dict)
            else value
        )


SomeSection = TypeVar("SomeSection", bound=Section)


def read_section(model: type[SomeSection], source: Source) -> SomeSection | None:
    """Read a file's tree as `model`, noting every problem; what is wrong is cut out of the tree.

    So what remains can be checked further, and all problems are found at once. Returns None only if
    nothing remains.
    """
    for name in model.required:
        if source.tree.get(name) is None and (name,) not in source.lacking:
            source.add((name,), f"the section “{name}” is missing", "Add it; the example shows how.")
    while True:
        try:
            return model.model_validate(source.tree)
        except ValidationError as error:
            wrong = {_path(source.tree, each): each for each in error.errors(include_url=False)}
        for path, each in wrong.items():
            if not _follows(path, source.lacking) and not _follows(path, wrong.keys() - {path}):
                source.add(path, *_explained(model, source.tree, path, each))
        cuts = {_to_cut(source.tree, path) for path in wrong}
        source.lacking.update(cuts, wrong)
        if () in cuts or not cut_all(source.tree, cuts):
            return None


def _follows(path: Path, others: Iterable[Path]) -> bool:
    """Whether what is wrong at `path` follows from what is wrong inside it, or was cut there."""
    return any(other[: len(path)] == path for other in others)


def _path(tree: Block, error: ErrorDetails) -> Path:
    """Return where an error is, without the steps that exist only in the schema."""
    path: Path = ()
    for step in error["loc"]:
        around = value_at(tree, path)
        if step == _KEY or not isinstance(around, Block | Series):
            break
        path = (*path, step)
    return path


def _to_cut(tree: Block, path: Path) -> Path:
    """Return what must go so that `path` is no longer wrong: itself, or what lacks it."""
    around = value_at(tree, path[:-1])
    there = isinstance(around, Series) or (isinstance(around, Block) and path[-1] in around)
    return path if there else path[:-1]


# --- sentences -------------------------------------------------------------------------------------------


def _explained(model: type[Section], tree: Block, path: Path, error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong and what to write instead."""
    if error["type"] == "missing":
        return _missing(tree, path)
    if error["type"] == "extra_forbidden":
        next_step = did_you_mean(str(path[-1]), _known_keys(model, path[:-1]))
        return f"unknown key {quote(str(path[-1]))} in {_name(path[:-1])}", next_step
    name = f"the key {quote(str(path[-1]))}" if error["loc"][-1] == _KEY else _name(path)
    context = error.get("ctx", {})
    if error["type"] == REFUSED:
        return f"{name} {context['what']}", str(context["next_step"])
    what, next_step = _SENTENCES.get(
        error["type"], (f"cannot be used ({error['msg']})", "Write another value.")
    )
    return f"{name} {what.format(**context)}", next_step.format(**context)


def _missing(tree: Block, path: Path) -> tuple[str, str]:
    around = value_at(tree, path[:-1])
    if isinstance(around, Block) and path[-1] in around:
        return f"{_name(path)} has no value", "Write one after the colon."
    return f"{_name(path)} is missing in {_name(path[:-1])}", f"Add a line “{path[-1]}: …”."


def _name(path: Path) -> str:
    """Name a place as a reader of the file would: by its key, or as an entry of the list around it."""
    if not path:
        return "the file"
    if isinstance(path[-1], int):
        return f"an entry of {_name(path[:-1])}"
    return quote(path[-1])


def _known_keys(model: type[Section], path: Path) -> tuple[str, ...]:
    """Return the keys that `model` knows at `path`."""
    for step in path:
        field = model.model_fields.get(_attribute(model, step))
        model = (_section_in(field.annotation) if field else None) or model
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _attribute(model: type[Section], step: Step) -> str:
    return next((name for name, field in model.model_fields.items() if field.alias == step), str(step))


def _section_in(annotation: object) -> type[Section] | None:
    """Return the kind of section that a field holds: itself, or as the values of a list or mapping."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    return next(filter(None, map(_section_in, get_args(annotation))), None)
