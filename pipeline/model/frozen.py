"""Frozen dataclasses as the standard library's, in a tenth of the time.

The library writes and compiles six methods for each class while it is imported, and a command uses few of the classes
that it imports. Here the methods that can be the same for all are, and `__init__` is written when the first value of a
class is made. Fields, slots, `replace`, `asdict` and what values are equal to stay the library's.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: bool) -> Any:
        """Make a dataclass of a class. One that can be changed, or makes fields itself, is left to the library."""

        def make(plain: type) -> type:
            if not options.get("frozen") or _makes_fields(plain):
                return dataclasses.dataclass(**options)(plain)
            shared = {"frozen": False, "init": False, "repr": False, "eq": False}
            made = dataclasses.dataclass(**options | shared)(plain)
            methods = {
                **_SHARED,
                **(_comparing(made) if options.get("eq", True) else {}),
                "__init__": _first(made),
            }
            for name in methods.keys() - plain.__dict__.keys():
                setattr(made, name, methods[name])
            return made

        return make


def _makes_fields(plain: type) -> bool:
    fields = (value for value in vars(plain).values() if isinstance(value, dataclasses.Field))
    return hasattr(plain, "__post_init__") or not all(field.init for field in fields)


def _first(made: Any) -> Callable[..., None]:
    """Return the `__init__` of the first value: it puts in its place the one that all others are made by."""

    def init(self: object, *values: object, **named: object) -> None:
        made.__init__ = _init(made)
        made.__init__(self, *values, **named)

    return init


def _init(made: Any) -> Callable[..., None]:
    """Write and compile an `__init__` that takes the fields in their order."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": dataclasses.MISSING}
    in_order, by_name, lines = ["self"], list[str](), list[str]()
    for field in dataclasses.fields(made):
        name, usual, value = field.name, f"=_usual_{field.name}", field.name
        if field.default is not dataclasses.MISSING:
            known[f"_usual_{name}"] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_new_{name}"], usual = field.default_factory, "=_MISSING"
            value = f"_new_{name}() if {name} is _MISSING else {name}"
        else:
            usual = ""
        (by_name if field.kw_only else in_order).append(name + usual)
        lines.append(f"_set(self, {name!r}, {value})")
    parameters = ", ".join([*in_order, *(["*", *by_name] if by_name else [])])
    exec(f"def __init__({parameters}):\n  {'; '.join(lines) or 'pass'}", known)  # noqa: S102 - of names in our code
    init: Callable[..., None] = known["__init__"]
    return init


def _comparing(made: Any) -> dict[str, Callable[..., Any]]:
    fields = dataclasses.fields(made)
    compared = _values_of([field.name for field in fields if field.compare])
    hashed = _values_of(
        [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
    )

    def eq(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": eq, "__hash__": lambda self: hash(hashed(self))}


def _values_of(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (
        f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr
    )
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(_self: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"field {name!r} is frozen")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _with_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED: dict[str, Callable[..., Any]] = {
    "__repr__": _repr,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _with_state,
}
