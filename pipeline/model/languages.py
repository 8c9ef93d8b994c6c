"""In which languages a call writes letters, and how it knows whom to write to in which."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePath

from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a call's letters, by their codes (`fr`, `pt-BR`).

    `answer` is the key of the column that says which one somebody reads (empty: all get the default); `means` holds
    answers that are no language's name, with the language that they mean.
    """

    default: str = "en"
    others: tuple[str, ...] = ()
    answer: str = ""
    means: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """All languages that letters can be in, the default first."""
        return (self.default, *self.others)


ENGLISH_ONLY = Languages()


def translated(name: str, language: str) -> str:
    """Return what the translation of a file is called: `invitation.md` in French is `invitation.fr.md`."""
    path = PurePath(name)
    return f"{path.stem}.{language}{path.suffix}"
