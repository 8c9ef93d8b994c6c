"""A question of the form: its header, and what it offers."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property

from pydantic import model_validator

from pipeline.model.fields import Count, Flag, Line, Option, Some, TimeFormat
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys
from pipeline.model.refusals import refusal
from pipeline.model.territories import english_name, territories
from pipeline.model.text import fold


@dataclass(frozen=True)
class Question(Keys):
    """A question of the form: where its answer stands, and what it offers.

    Usually one column has it, headed `header`: of several with that header the `nth`, or the one that is spelt
    exactly so (`exact`); in other exports it is headed as one of `or_headed`. A form with branches asks it in more
    columns, headed `branches`, of which each response fills one; a header that is named twice stands for two columns.
    Some exports have a column for each choice, filled where it was ticked: `choices` is its header by the answer.
    `options` are in any order, a `scale` goes from low to high; a question has one of them or neither.
    `aliases` maps an answer to other names of it; without options the answers in it are known by it alone.
    `date_formats` are `strptime` patterns of the dates in it. In a question of `countries`, every name and code of a
    country is known, whether it is offered or not. With `several`, people may tick more than one answer.
    """

    header: Line
    options: tuple[Option, ...] = ()
    scale: tuple[Option, ...] = ()
    aliases: Mapping[str, Some[Option]] = field(default_factory=dict, hash=False)
    date_formats: tuple[TimeFormat, ...] = ()
    nth: Count | None = None
    exact: Flag = False
    branches: tuple[Line, ...] = ()
    choices: Mapping[Option, Line] = field(default_factory=dict, hash=False)
    or_headed: tuple[Line, ...] = ()
    countries: Flag = False
    several: Flag = False

    @model_validator(mode="after")
    def _one_list(self) -> "Question":
        if self.options and self.scale:
            next_step = "Keep the scale if the answers go from low to high."
            raise refusal("has both options and a scale", next_step)
        return self

    @model_validator(mode="after")
    def _one_way(self) -> "Question":
        if self.choices and (self.branches or self.nth):
            what = "has a column for each choice and another column as well"
            raise refusal(what, "Keep “choices”, and the question's own words as its header.")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers of its columns."""
        return tuple(self.choices.values()) or (self.header, *self.branches)

    @property
    def offered(self) -> tuple[str, ...]:
        """The answers that can be chosen; none where people write what they like."""
        return self.options or self.scale or tuple(self.choices)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Every spelling that is known, folded, with the answer it stands for."""
        names = {fold(name): answer for answer, more in self.aliases.items() for name in (answer, *more)}
        own = names | {fold(option): option for option in self.offered}
        return _WithCountries(own) if self.countries else own

    @property
    def is_listed(self) -> bool:
        """Whether it is known which answers there can be; else people write what they like."""
        return bool(self.offered) or self.countries

    @property
    def takes_several(self) -> bool:
        """Whether more than one answer can be meant."""
        return self.several or bool(self.choices)


class _WithCountries(Mapping[str, str]):
    """The spellings that a question has of its own, and those of all countries: looked up where they are needed.

    A country that the question has is called as there.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def __getitem__(self, spelling: str) -> str:
        return self._own[spelling] if spelling in self._own else self._every[spelling]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)

    @cached_property
    def _every(self) -> Mapping[str, str]:
        codes = territories()
        here = {codes[spelling]: answer for spelling, answer in self._own.items() if spelling in codes}
        named = {spelling: here.get(code) or english_name(code) for spelling, code in codes.items()}
        return {**named, **self._own}
