"""The interface of every kind of sheet: read one snapshot, find rows again, write only our own cells."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Protocol, Self

from pipeline.model.call import NO_QUESTIONS, Columns
from pipeline.model.controls import Glance
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH
from pipeline.model.said import Said, tell
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Change, Snapshot, Stamp
from pipeline.model.tab import Tab

Project = Callable[[Snapshot], tuple[Change, ...]]
"""Works out, from a snapshot, what rows of that very snapshot should become (see `planning.recheck`)."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a new sheet is set up with: the words of the `Decision` drop-down, and each status's colour.

    `form` are the headers of the form's columns, to know them again where somebody renames them; `names` are those of
    them that hold people's names; `or_headed` are others under which they may stand in the sheet. `moment` is the one
    of the time stamp. `ours` says in which row the headers stand and what our columns are called. `replies` is the
    title of a tab that is read beside the responses, and never written (empty: none). Words, colours and notes are in
    `language`.
    """

    decisions: tuple[str, ...]
    colours: tuple[tuple[str, str], ...]
    form: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    or_headed: tuple[str, ...] = ()
    moment: str = ""
    ours: Columns = NO_QUESTIONS
    replies: str = ""
    language: str = ENGLISH

    @property
    def known(self) -> tuple[str, ...]:
        """All headers that are the form's."""
        return (*self.form, *self.or_headed)

    @property
    def titles(self) -> Mapping[str, str]:
        """The headers of all columns that are known, by their names; ours may be headed otherwise."""
        ours = {name: self.ours.title(name) for name in (*ORGANISER_COLUMNS, *OWN_COLUMNS)}
        return {**{header: header for header in self.known}, **ours}

    def note(self, header: str) -> str:
        """Return what stands beside the header of a column of ours."""
        theirs = tuple(map(self.ours.title, ORGANISER_COLUMNS))
        said = {
            "Decision": Said("note: decision", words=self.decisions),
            "Organiser note": Said("note: organisers"),
        }
        return tell(said.get(header, Said("note: own column", columns=theirs)), self.language)


class Sheet(Protocol):
    """The organisers' sheet. Errors raised: `SheetError`, `SheetBusy`, `LeaseLost`, `HeaderError`."""

    @property
    def calls(self) -> int:
        """How many requests were made to a service so far; 0 for a sheet on this machine."""
        ...

    def read(self) -> Snapshot:
        """Read the responses tab once, whole, with the stamp that the last run left and the organisers' controls.

        Raises LeaseLost where another run left a stamp since this one took the sheet.
        """
        ...

    def mark(self) -> str:
        """Return a mark of every byte that a run could read of the sheet; nothing where it takes reading it to know."""
        ...

    def lease(self, stamp: Stamp | None = None, *, set_up: bool = False) -> "Lease":
        """Take the sheet for one run by a write: proves that it can be written.

        Leaves `stamp` in the sheet, where people do not see it and their programs keep it. Without a stamp, or
        with the one that is there already, nothing changes. `set_up` does what the method of that name does,
        first. Raises SheetBusy where another run has the sheet, or left a stamp since it was read.
        """
        ...

    def write(self, project: Project, closing: Stamp | None = None) -> int:
        """Read again, ask `project` what that snapshot lacks, write the cells that differ, verify.

        Rows are found afresh by every call: `project` names people's rows in the snapshot it is given, and
        what it was given is what is written to. Only cells of `OWN_COLUMNS` are written, as text; nothing
        when nothing differs. Returns how many rows changed. Raises LeaseLost, or SheetBusy if this run has not taken
        the sheet, where another run left a stamp since.
        """
        ...

    def set_up(self) -> bool:
        """Add Convene's and the organisers' columns, once; put right those of an earlier version.

        Returns whether it did anything. Nothing of anybody's is moved: only in an empty tab are they the first.
        """
        ...

    def glance(self, *, words: bool = False) -> Glance:
        """Read only what organisers set in the tab `Convene`: cheap, for looking often between runs.

        With `words`, also what stands under Decision in the responses tab.
        """
        ...

    def show(self, tab: Tab) -> bool:
        """Let the tab `Convene` be as `tab` says; return whether anything had to be written, or nothing differed.

        Known by a hidden mark, whatever it is called; made where there is none, under another title where a tab of
        somebody else has this one. The organisers' cells are never written; they stay where their labels are.
        """
        ...

    def acknowledge(self) -> None:
        """Keep in the sheet what was told of it and need not be told again: renamed columns, a renamed tab."""
        ...

    def prove(self, *, again: bool = False) -> tuple[str, ...]:
        """Try once, or again, what Convene leans on, away from the responses; say what was found.

        Of a workbook nothing is said: all that a first run would do to it is done, on a copy in memory.
        """
        ...


class Lease(Protocol):
    """The sheet, taken: a context manager that gives it back."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
