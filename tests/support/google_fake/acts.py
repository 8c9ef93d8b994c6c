"""What people and the form may do at any moment, as plain values that hypothesis can draw."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.support.build import HEADERS, ROLE, VETOS
from tests.support.google_fake.people import Form, Organisers

WORDS = ("Invite", "Waiting list", "Hold", "perhaps", "")
"""What organisers type in the Decision column: no word that takes a place back, which may be given again."""

TEXTS = ("", "x", "7", "Offered", "Waiting list", "Invitation, 2023-08-02 07:00", "P-234567", "=A1", "TRUE")
"""What they type anywhere else."""

FIRST = datetime.fromisoformat("2023-07-01 09:00:00")

MUDDLING = frozenset({"sort part", "type", "copy row", "paste", "delete column"})
"""What can part a response from its reference, so that a person has to look at the row."""

KEPT = frozenset(HEADERS.values())
"""Columns that nobody deletes: without its answers there is nothing to check a row by."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done; the numbers are taken modulo what there is."""

    name: str
    row: int = 0
    column: int = 0
    other: int = 0

    def __repr__(self) -> str:
        return f"Act({self.name!r}, {self.row}, {self.column}, {self.other})"


@dataclass
class Cast:
    """Everybody who edits the spreadsheet, and how many responses there were."""

    form: Form
    people: Organisers
    submitted: int = 0
    renamed: dict[str, int] = field(default_factory=dict)
    """Headers that were changed, and the uids of their columns."""
    tidy: bool = False
    """Nobody does what is `MUDDLING`."""

    def do(self, act: Act) -> None:
        """Do one thing, if it can be done at all."""
        if self.tidy and act.name in MUDDLING:
            return
        if self.people.height() > 1:
            ACTS[act.name](self, act)
        else:
            _submit(self, act)

    def row(self, number: int) -> int:
        return 1 + number % (self.people.height() - 1)

    def column(self, number: int) -> int:
        return number % len(self.people.tab.columns)

    def filled(self, number: int) -> int:
        """Return one of the columns that have a header."""
        filled = [at for at, header in enumerate(self.people.headers()) if header]
        return filled[number % len(filled)]

    def next_moment(self) -> datetime:
        self.submitted += 1
        return FIRST + timedelta(hours=self.submitted)

    def put_back(self) -> None:
        """Undo what would keep a run from reading the sheet at all: renamed and deleted headers."""
        for header, uid in self.renamed.items():
            places = {column.uid: at for at, column in enumerate(self.people.tab.columns)}
            at = places.get(uid)
            if at is not None and header not in self.people.headers():
                self.people.type(0, at, header)
        self.renamed.clear()


def _submit(cast: Cast, act: Act) -> None:
    _answer(cast, act, f"person{cast.submitted}@example.org")


def _submit_again(cast: Cast, act: Act) -> None:
    addresses = [row[1] for row in cast.people.texts()[1:] if len(row) > 1 and "@" in row[1]]
    _answer(cast, act, addresses[act.row % len(addresses)] if addresses else "again@example.org")


def _answer(cast: Cast, act: Act, address: str) -> None:
    role = ROLE.options[act.other % len(ROLE.options)]
    vetos = VETOS.options[act.column % len(VETOS.options)]
    moment = cast.next_moment()
    family, country = ("Lopez", "Rossi", "Adler")[act.row % 3], ("Spain", "Italy")[act.row % 2]
    cast.form.submit(moment, address, "Ana", family, country, role, vetos, "B2", "I agree")


def _edit(cast: Cast, act: Act) -> None:
    """Let an applicant change an answer: there has to be a response."""
    places = {column.uid: at for at, column in enumerate(cast.people.tab.columns)}
    address = places.get(cast.form.columns[1])
    if address is None or not cast.people.tab.rows[cast.row(act.row)].box(address).entered:
        return
    cast.form.edit(cast.row(act.row), cast.next_moment(), {5: ROLE.options[act.other % len(ROLE.options)]})


def _sort(cast: Cast, act: Act) -> None:
    cast.people.sort(cast.filled(act.column), descending=bool(act.other % 2))


def _turn_over(cast: Cast, _: Act) -> None:
    """Sort by the first column with a header, against the order in which it is."""
    first = cast.filled(0)
    shown = [row[first] for row in cast.people.texts()[1:] if len(row) > first]
    cast.people.sort(first, descending=shown == sorted(shown))


def _sort_part(cast: Cast, act: Act) -> None:
    left, right = sorted((cast.column(act.column), cast.column(act.other)))
    cast.people.sort(left, left, right + 1, descending=bool(act.row % 2))


def _filter(cast: Cast, act: Act) -> None:
    cast.people.filter(lambda line: line.uid % 2 == act.other % 2)


def _unfilter(cast: Cast, _: Act) -> None:
    cast.people.unfilter()


def _hide(cast: Cast, act: Act) -> None:
    cast.people.hide_row(cast.row(act.row))
    cast.people.hide_column(cast.column(act.column))


def _insert_row(cast: Cast, act: Act) -> None:
    cast.people.insert_row(cast.row(act.row))


def _delete_row(cast: Cast, act: Act) -> None:
    cast.people.delete_row(cast.row(act.row))


def _move_row(cast: Cast, act: Act) -> None:
    cast.people.move_row(cast.row(act.row), cast.row(act.other))


def _insert_column(cast: Cast, act: Act) -> None:
    cast.people.insert_column(cast.column(act.column))


def _delete_column(cast: Cast, act: Act) -> None:
    at = cast.column(act.column)
    headers = cast.people.headers()
    if headers[at] not in KEPT and headers[at] not in cast.renamed and not _is_renamed(cast, at):
        header = headers[at]
        cast.people.delete_column(at)
        if header:  # they see that it was a mistake, and type the header into a free cell
            _type_header(cast, header)


def _is_renamed(cast: Cast, at: int) -> bool:
    return cast.people.tab.columns[at].uid in cast.renamed.values()


def _type_header(cast: Cast, header: str) -> None:
    wide = len(cast.people.tab.columns)
    used = max((len(row) for row in cast.people.texts()), default=0)
    if used == wide:
        cast.people.insert_column(wide)
    cast.people.type(0, used, header)


def _move_column(cast: Cast, act: Act) -> None:
    cast.people.move_column(cast.column(act.column), cast.column(act.other))


def _rename_header(cast: Cast, act: Act) -> None:
    at = cast.filled(act.column)
    if not _is_renamed(cast, at):
        old = cast.people.headers()[at]
        cast.renamed[old] = cast.people.tab.columns[at].uid
        cast.people.type(0, at, ("", f"{old} (new)", "Note")[act.other % 3])


def _put_back(cast: Cast, _: Act) -> None:
    cast.put_back()


def _rename_tab(cast: Cast, act: Act) -> None:
    cast.people.rename_tab(f"Answers {act.other}")


def _type(cast: Cast, act: Act) -> None:
    cast.people.type(cast.row(act.row), cast.column(act.column), TEXTS[act.other % len(TEXTS)])


def _decide(cast: Cast, act: Act) -> None:
    if "Decision" in cast.people.headers():
        at = cast.people.column("Decision")
        cast.people.type(cast.row(act.row), at, WORDS[act.other % len(WORDS)])


def _copy_row(cast: Cast, act: Act) -> None:
    cast.people.copy_row(cast.row(act.row), cast.row(act.other))


def _paste(cast: Cast, act: Act) -> None:
    """Copy part of a row over the same cells of another one."""
    source, target, left = cast.row(act.row), cast.row(act.other), cast.column(act.column)
    cells = list(cast.people.tab.rows[source].cells[left : left + 3])
    for at, box in enumerate(cells, left):
        cast.people.put(target, at, box)


ACTS: Mapping[str, Callable[[Cast, Act], None]] = {
    "submit": _submit,
    "submit again": _submit_again,
    "edit": _edit,
    "sort": _sort,
    "turn over": _turn_over,
    "sort part": _sort_part,
    "filter": _filter,
    "unfilter": _unfilter,
    "hide": _hide,
    "insert row": _insert_row,
    "delete row": _delete_row,
    "move row": _move_row,
    "insert column": _insert_column,
    "delete column": _delete_column,
    "move column": _move_column,
    "rename header": _rename_header,
    "put back": _put_back,
    "rename tab": _rename_tab,
    "type": _type,
    "decide": _decide,
    "copy row": _copy_row,
    "paste": _paste,
}

NUMBERS = st.integers(0, 30)


def acts(names: tuple[str, ...] = tuple(ACTS)) -> st.SearchStrategy[Act]:
    """Draw what somebody does."""
    return st.builds(Act, st.sampled_from(names), NUMBERS, NUMBERS, NUMBERS)
