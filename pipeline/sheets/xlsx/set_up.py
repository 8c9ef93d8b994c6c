"""Adds the organisers' and Convene's columns to a tab: headers, drop-down, colours, filter, frozen names.

Done once; later only what has to be put right: a drop-down of an earlier version that forbids, or columns of the
organisers that are locked. Nothing of anybody's is moved: in a tab with anything in it the columns go to its right.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache

from pipeline.intake.columns import find_columns
from pipeline.intake.form_headers import columns_headed
from pipeline.model.applicant import Status
from pipeline.model.errors import SheetError
from pipeline.model.said import words_of
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, WAITING_LIST, Cell
from pipeline.model.text import listed
from pipeline.sheets.base import SetUp
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx import drop_downs, frame
from pipeline.sheets.xlsx.elements import parse
from pipeline.sheets.xlsx.layout import Extent, RowLayout, find_extent, read_layout
from pipeline.sheets.xlsx.new_columns import (
    ANSWER_WIDTH,
    ANSWERS_FILL,
    DATE_WIDTH,
    FILLS,
    NAME_WIDTH,
    READ_FIRST,
    WIDEST_FROZEN,
    WIDTHS,
    NewColumn,
)
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.patch import in_frame, patch
from pipeline.sheets.xlsx.places import LAST_COLUMN, Rectangle
from pipeline.sheets.xlsx.plain_rows import rows_from_column
from pipeline.sheets.xlsx.ranges import name_filter, table_areas, taken_areas, widen_tables
from pipeline.sheets.xlsx.read import Book, all_cells
from pipeline.sheets.xlsx.styles import GENERAL, CellStyle, Dress, Styles
from pipeline.sheets.xlsx.written_cells import Stored


def dress(book: Book, setup: SetUp) -> bytes:
    """Return the workbook with all columns in its tab, and the organisers' fit to type in; as it was if it is so.

    Raises what is in `package.UNREADABLE`, and SheetError where no column is free.
    """
    package = Package(book.data)
    xml = package.read_xml(book.part)
    dressing = _Dressing(package, book, setup)
    fresh = dressing.put_right(xml) if dressing.is_complete else dressing.add(xml)
    if fresh == xml:
        return book.data
    dressing.styles.save()
    package.write(book.part, fresh)
    return package.build()


class _Dressing:
    """One tab while it is set up."""

    def __init__(self, package: Package, book: Book, setup: SetUp) -> None:
        self._package, self._book, self._setup = package, book, setup
        self._positions = find_columns(book.snapshot, setup.ours)
        self._top = book.snapshot.header_row
        self._is_empty = not all_cells(book.snapshot)
        self.styles = Styles(package)

    @property
    def is_complete(self) -> bool:
        """Whether all columns are there."""
        return bool(self._positions.own and self._positions.organisers)

    def put_right(self, xml: bytes) -> bytes:
        """Relax the drop-down, unlock the organisers' columns of a protected tab, have all rows sort rightly."""
        locked: list[bool] = []

        def edit(bare: bytes) -> bytes:
            locked.append(frame.is_protected(bare))
            bare = self._colour_in_language(bare)
            return self._lengthen_filter(drop_downs.relax(bare, self._setup.decisions, self._setup.language))

        xml = in_frame(xml, edit)
        if places := self._places_as_texts():
            xml, _ = patch(xml, places, lambda _, style: self._book.number_style(style))
        if not any(locked):
            return xml
        columns = {column + 1: header for header, column in self._positions.organisers.items()}
        return self._with_looks(xml, columns, {})

    def _colour(self, xml: bytes, cells: str) -> bytes:
        looks = [(status, self.styles.fill_of_rule(fill)) for status, fill in self._setup.colours]
        return frame.colour(xml, cells, looks)

    def _colour_in_language(self, xml: bytes) -> bytes:
        """Colour statuses in another language than the one they were coloured in; old colours stay."""
        there, wanted = frame.coloured(xml), {text for text, _ in self._setup.colours}
        known = {text for status in Status for text in words_of("status", status)}
        if not (wanted and there & known) or there & wanted:  # organisers may have done without colours
            return xml
        return self._colour(xml, frame.below_header(self._positions.own["Status"] + 1, self._top))

    def _lengthen_filter(self, xml: bytes) -> bytes:
        """Take rows that came since into the filter over Convene's columns: sorting would leave them where they are."""
        there = frame.filter_area(xml)
        last = max((row.number for row in self._book.snapshot.rows), default=1)
        ours = max(self._positions.own.values()) + 1
        if there is None or there.top != 1 or there.right < ours or there.bottom >= last:
            return xml
        area = replace(there, bottom=last)
        name_filter(self._package, self._book.tab, area)
        return frame.set_filter(xml, area)

    def _places_as_texts(self) -> dict[CellAt, Stored]:
        """Return the places in the waiting list that an earlier version wrote as texts, which sort 1, 10, 2."""
        column = self._positions.own[WAITING_LIST]
        said = ((row.number, row.cell(column)) for row in self._book.snapshot.rows)
        return {
            (number, column + 1): int(cell.text)
            for number, cell in said
            if isinstance(cell.value, str) and cell.text.isdecimal() and self._book.shows_plainly("")
        }

    def add(self, xml: bytes) -> bytes:
        """Add what is missing."""
        extent = find_extent(xml)
        new = self._place(xml, extent)
        first, last = new[0].column, new[-1].column
        headers = {(self._top, one.column): self._title(one.header) for one in new}
        columns = {one.column: one.header for one in new}
        xml = self._with_looks(xml, columns, headers)
        xml = in_frame(xml, lambda bare: drop_downs.free_of_validations(bare, first, last))
        xml = in_frame(xml, lambda bare: self._furnish(bare, new, max(extent.last_row, self._top + 1)))
        row = (*self._book.header, *[Cell()] * (first - 1 - len(self._book.header)))[: first - 1]
        row += tuple(Cell(title, title) for title in headers.values())
        widen_tables(self._package, self._book.part, row, last, self._top)
        return xml

    def _title(self, header: str) -> str:
        return self._setup.ours.title(header)

    def _place(self, xml: bytes, extent: Extent) -> list[NewColumn]:
        """Say which columns to make where: right of all that is there, or a whole header row in an empty tab."""
        positions, setup = self._positions, self._setup
        missing = (
            *(() if positions.organisers else ORGANISER_COLUMNS),
            *(() if positions.own else OWN_COLUMNS),
        )
        reaches: list[Rectangle] = [*taken_areas(self._package, self._book.part), *extent.filled]

        def look(bare: bytes) -> bytes:
            reaches.extend(frame.merged(bare))
            return bare

        in_frame(xml, look)
        first = max((extent.last_column, *(area.right for area in reaches))) + 1
        if first == 1:
            rest = tuple(header for header in setup.form if header not in setup.names)
            missing = (*setup.names, *sorted(missing, key=READ_FIRST.index), *rest)
        if first + len(missing) - 1 > LAST_COLUMN:
            raise SheetError(
                f"{self._book.snapshot.title}: there is no room for {listed(missing)} to the right of column "
                f"{column_letters(first - 1)}. Delete what is not needed there and run again."
            )
        return [NewColumn(column, header) for column, header in enumerate(missing, first)]

    def _with_looks(self, xml: bytes, columns: Mapping[int, str], headers: Mapping[CellAt, str]) -> bytes:
        """Write headers, and give the columns their widths and their cells the styles they need."""
        restyle, is_new = self._restyle(columns), bool(headers)
        values: dict[CellAt, Stored] = {**headers}
        reaching = rows_from_column(xml, min(columns))
        layout = RowLayout() if reaching == set() else read_layout(xml, reaching)
        for number, row in layout.rows.items():
            for column in columns:
                place, there = (number, column), row.cells.get(column)
                shown = there.style if there else row.style
                if (there or row.style) and number > self._top and restyle(place, shown) != shown:
                    values[place] = None
        xml, _ = patch(xml, values, restyle)
        return in_frame(xml, lambda bare: self._with_columns(bare, columns, is_new=is_new))

    def _restyle(self, columns: Mapping[int, str]) -> Callable[[CellAt, str], str]:
        """Return what gives a cell of the new columns its style, from the one it shows now."""
        header_style, vary = cache(self._header_style), cache(self._vary)

        def restyle(place: CellAt, style: str) -> str:
            row, column = place
            return header_style(columns[column]) if row == self._top else vary(columns[column], style)

        return restyle

    def _header_style(self, header: str) -> str:
        ours = header in WIDTHS
        fill = FILLS[header in ORGANISER_COLUMNS] if ours else ANSWERS_FILL
        return self.styles.dressed(Dress(is_bold=True, is_wrapped=True, fill=fill))

    def _vary(self, header: str, style: str) -> str:
        """Organisers can type in their columns also in a protected tab; a long reason is wrapped."""
        look = _look_of(header, self.styles.look(style))
        return self.styles.number(look.on_top() if self._is_empty else look, style)

    def _with_columns(self, xml: bytes, columns: Mapping[int, str], *, is_new: bool) -> bytes:
        there = frame.column_looks(xml, 1, max(columns))
        looks: dict[int, frame.ColumnLook] = {}
        for column, header in columns.items():
            old = there.get(column, frame.ColumnLook(frame.DEFAULT_WIDTH))
            style = self._vary(header, old.style)
            if is_new or style != old.style:
                looks[column] = frame.ColumnLook(self._width(header) if is_new else old.width, style)
        if is_new:
            looks |= {
                column: frame.ColumnLook(DATE_WIDTH)
                for column in self._dates()
                if column not in {*there, *columns}
            }
        return frame.set_columns(xml, looks)

    def _width(self, header: str) -> float:
        return WIDTHS.get(header, NAME_WIDTH if header in self._setup.names else ANSWER_WIDTH)

    def _dates(self) -> Iterator[int]:
        """Yield the columns with dates, or of the time stamp: a date too long for its column is shown as hashes."""
        seen = {
            column
            for row in self._book.snapshot.rows
            for column, cell in enumerate(row.cells, 1)
            if isinstance(cell.value, datetime)
        }
        moment, headers = self._setup.moment, self._book.snapshot.headers
        stamps = {column + 1 for column in columns_headed(moment, headers)} if moment else set()
        yield from sorted(seen | stamps)

    def _furnish(self, xml: bytes, new: list[NewColumn], last_row: int) -> bytes:
        last = new[-1].column
        xml = frame.widen_dimension(xml, last, self._top)
        xml = frame.freeze(xml, self._names_end(xml, new), self._top)
        xml = self._filter(xml, Rectangle(1, self._top, last, last_row))
        for one in new:
            cells = frame.below_header(one.column, self._top)
            if one.header == "Status":
                xml = self._colour(xml, cells)
        prefix, ours = parse(xml).prefix, [one for one in new if one.is_ours]
        prompts = {
            f"{column_letters(one.column)}{self._top}": (
                self._setup.ours.title(one.header),
                self._setup.note(one.header),
            )
            for one in ours
        }
        fresh = drop_downs.prompts(prefix, prompts)
        words = [frame.below_header(one.column, self._top) for one in new if one.header == "Decision"]
        fresh += "".join(
            drop_downs.drop_down(prefix, cells, self._setup.decisions, self._setup.language)
            for cells in words
        )
        return drop_downs.add_validations(xml, fresh, len(prompts) + len(words))

    def _names_end(self, xml: bytes, new: list[NewColumn]) -> int:
        """Return up to which column names reach, if it leaves room for the rest on a screen; else 0."""
        at = {one.header: one.column for one in new}
        at |= {header: column for column, header in enumerate(self._book.snapshot.headers, 1) if header}
        last = max((at.get(name, 0) for name in self._setup.names), default=0)
        looks = frame.column_looks(xml, 1, last)
        default = frame.ColumnLook(frame.DEFAULT_WIDTH)
        width = sum(looks.get(column, default).width for column in range(1, last + 1))
        return last if width <= WIDEST_FROZEN else 0

    def _filter(self, xml: bytes, area: Rectangle) -> bytes:
        """Give the header row its arrows, unless it is a table's, or the filter of another row."""
        there = frame.filter_area(xml)
        if (there and there.top != self._top) or table_areas(self._package, self._book.part):
            return xml
        if there:
            area = Rectangle(
                there.left, self._top, max(there.right, area.right), max(there.bottom, area.bottom)
            )
        name_filter(self._package, self._book.tab, area)
        return frame.set_filter(xml, area)


def _look_of(header: str, look: CellStyle) -> CellStyle:
    if header in ORGANISER_COLUMNS:
        return look.unlocked()
    if header == "Reason":
        return look.wrapped()
    return look.formatted(GENERAL) if header == "Waiting list" else look
