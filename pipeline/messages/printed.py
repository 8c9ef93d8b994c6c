"""Values of the call that know their names, so that a letter can say which of them it printed (`planning.changes`)."""

from collections.abc import Mapping
from typing import Self


class Named(str):
    """A value of the call as a letter shows it. `means` says under its name what it means in any language.

    A day, however it is written, means `2023-09-12`; a fact means its text. Nothing of a person is named so.
    """

    __slots__ = ("means",)

    means: Mapping[str, str]

    def __new__(cls, text: str, name: str, meaning: str = "") -> Self:
        """Name a text; where it is written as languages do, say its meaning, too."""
        made = super().__new__(cls, text)
        made.means = {name: meaning or text} if name else {}
        return made
