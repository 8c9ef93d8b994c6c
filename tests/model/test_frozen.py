"""Frozen dataclasses of ours beside those of the standard library."""

import dataclasses
import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from functools import cached_property
from typing import Any

import pytest

from pipeline.model import frozen

Maker = Callable[..., Any]


def classes(dataclass: Maker) -> dict[str, Any]:
    """Make some classes with one of the two decorators."""

    @dataclass(frozen=True, slots=True)
    class Nothing:
        """No field."""

    @dataclass(frozen=True, slots=True)
    class One:
        """One field, which another class has, too."""

        value: object

    @dataclass(frozen=True, slots=True)
    class Many(One):
        """Fields of every sort."""

        name: str = "x"
        found: list[str] = dataclasses.field(default_factory=list, hash=False)
        cache: dict[str, int] = dataclasses.field(default_factory=dict, compare=False, repr=False)
        last: int = dataclasses.field(default=7, kw_only=True)

        def __repr__(self) -> str:
            return f"{self.name} of its own"

    @dataclass(frozen=True)
    class Open:
        """What is worked out lies beside the fields."""

        value: int

        @cached_property
        def double(self) -> int:
            return self.value * 2

    @dataclass(frozen=True, slots=True, eq=False)
    class Itself:
        """Equal to nothing else."""

        value: int

    @dataclass(frozen=True, slots=True)
    class Making:
        """Makes a field itself."""

        value: int
        more: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "more", self.value + 1)

    @dataclass(slots=True)
    class Loose:
        """Can be changed."""

        value: int

    return {each.__name__: each for each in (Nothing, One, Many, Open, Itself, Making, Loose)}


OURS, THEIRS = classes(frozen.dataclass), classes(dataclasses.dataclass)

MADE: tuple[tuple[str, tuple[object, ...], dict[str, object]], ...] = (
    ("Nothing", (), {}),
    ("One", (float("nan"),), {}),
    ("Many", (1,), {}),
    ("Many", (1, "y", ["z"], {"k": 1}), {"last": 2}),
    ("Many", (), {"value": 3, "found": []}),
    ("Open", (4,), {}),
    ("Itself", (5,), {}),
    ("Making", (6,), {}),
    ("Loose", (8,), {}),
)


@pytest.mark.parametrize(("name", "values", "named"), MADE)
def test_a_value_is_made_and_shown_as_the_library_makes_and_shows_it(
    name: str, values: tuple[object, ...], named: dict[str, object]
) -> None:
    ours, theirs = (kind[name](*values, **named) for kind in (OURS, THEIRS))
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.asdict(dataclasses.replace(ours)) == dataclasses.asdict(theirs)
    assert [copy(ours) == ours, ours == OURS[name](*values, **named), ours == theirs] == [
        copy(theirs) == theirs,
        theirs == THEIRS[name](*values, **named),
        False,
    ]
    assert dataclasses.asdict(deepcopy(ours)) == dataclasses.asdict(theirs)
    assert hasattr(ours, "__dict__") is hasattr(theirs, "__dict__")


@pytest.mark.parametrize("name", ["One", "Many", "Open"])
def test_equal_values_have_one_hash_and_cannot_be_changed(name: str) -> None:
    for kind in (OURS, THEIRS):
        value = kind[name](1)
        assert {value, kind[name](1)} == {value}
        assert hash(value) == hash(THEIRS[name](1))
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.value = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del value.value
    assert OURS["Open"](2).double == 4


def test_what_does_not_fit_the_fields_is_refused() -> None:
    for kind in (OURS, THEIRS):
        for values in (list[object](), [1, "x", [], {}, 9]):
            with pytest.raises(TypeError):
                kind["Many"](*values)


@frozen.dataclass(frozen=True, slots=True)
class Kept:
    """A class that a file can name."""

    value: int


def test_a_value_goes_through_a_file() -> None:
    assert pickle.loads(pickle.dumps(Kept(1))) == Kept(1)
