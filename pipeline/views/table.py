"""What every view is made of: tables of text, and values for machines."""

from typing import TypeAlias

from pipeline.model.frozen import dataclass

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table to show; the last column is the one that may take the room that is left."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
