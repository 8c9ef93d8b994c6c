"""What every kind of sheet must do, whatever it is stored in.

A test module names its kind of sheet by a fixture `sheet_case` and subclasses `SheetSuite`. The applicants'
key in these tests is the text under “Email address”.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import pytest

from pipeline.intake.columns import typed_under
from pipeline.model.call import NO_QUESTIONS, Columns
from pipeline.model.controls import NO_CONTROLS, Controls, Glance
from pipeline.model.errors import HeaderError, LeaseLost, SheetBusy
from pipeline.model.sheet import (
    ORGANISER_COLUMNS,
    OWN_COLUMNS,
    Cell,
    CellValue,
    Change,
    OwnCells,
    Row,
    Snapshot,
    Stamp,
)
from pipeline.model.tab import Tab, TabCell
from pipeline.model.text import one_line
from pipeline.sheets.base import Project, SetUp, Sheet
from tests.support.own_tab import CONTROLS, IN_FRENCH, moved, own_tab

FORM = ("Timestamp", "Email address", "Answer")
ALL = (*FORM, *ORGANISER_COLUMNS, *OWN_COLUMNS)
NINE = datetime.fromisoformat("2023-07-14 09:12:33")
ANA = (NINE, "ana@example.org", "Yes")
BO = (datetime.fromisoformat("2023-07-15 10:00:00"), "bo@example.org", "No")
CY = (datetime.fromisoformat("2023-07-16 11:30:05"), "cy@example.org", "Maybe")
NOTHING = OwnCells()
OFFERED = OwnCells("P-1", "Members", "Offered", "It said “Yes”", "", "invitation, 2 August", "2023-08-02")
WAITING = OwnCells("P-2", "Members", "Waiting list", "It said “No”", "1", "", "2023-08-02")
STAMP = Stamp("0123456789abcdef0123456789abcdef", 7)
SENDING = Stamp("mine", 1, sending=True)
PEOPLE = (("Ana Fernández", "P-1", "Offered"), ("Bo", "P-2", "Waiting list"))
DRESSING = SetUp(("offer", "hold"), (("Offered", "C6EFCE"), ("Waiting list", "FFEB9C")))
IN_GERMAN = replace(
    DRESSING, decisions=("Einladen",), colours=(("Platz angeboten", "C6EFCE"),), language="de"
)


class SheetCase(Protocol):
    """One sheet that a test makes, and what organisers do to it meanwhile. Row 1 holds the headers."""

    def make(self, headers: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> None: ...

    def open(self, *, setup: SetUp = ...) -> Sheet:
        """Open the sheet, with `DRESSING` of this module where nothing else is said."""
        ...

    def sort(self, header: str) -> None: ...

    def insert_row(self, row: int) -> None: ...

    def delete_row(self, row: int) -> None: ...

    def move_column(self, header: str) -> None:
        """Move a column to the far left."""
        ...

    def rename_header(self, old: str, new: str) -> None: ...

    def type_into(self, row: int, header: str, text: str) -> None: ...

    def let_another_run(self, stamp: Stamp) -> None:
        """Let a run on another machine come, leave its stamp and go, hours from now where a lease keeps it out."""
        ...

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Return all that stands in the tab as texts, blanks at the end of a row left out."""
        ...

    def titles(self) -> tuple[str, ...]:
        """Return the titles of all other tabs."""
        ...

    def cells_of(self, title: str) -> tuple[tuple[str, ...], ...]:
        """Return what stands in another tab, links as their texts."""
        ...

    def put_in(self, title: str, row: int, column: int, text: str) -> None:
        """Type into another tab; it is made where there is none. An empty text empties the cell."""
        ...

    def insert_row_in(self, title: str, row: int) -> None: ...

    def delete_tab(self, title: str) -> None: ...

    def rename_tab(self, old: str, new: str) -> None: ...


def change(key: str, after: OwnCells, before: OwnCells = NOTHING) -> Change:
    return Change(0, key, before, after)


def finding(*changes: Change) -> Project:
    """Return what finds everybody by the text under “Email address” in the snapshot it is given."""

    def project(snapshot: Snapshot) -> tuple[Change, ...]:
        key = snapshot.headers.index("Email address")
        return tuple(
            replace(change, row=row.number)
            for change in changes
            for row in snapshot.rows
            if row.cell(key).text == change.key
        )

    return project


def expected(tab: Tab) -> tuple[tuple[str, ...], ...]:
    """Return the texts of a tab below its controls."""
    rows = [[str(cell.value) if cell else "" for cell in row] for row in tab.rows]
    trimmed = (tuple(row[: max((at for at, text in enumerate(row, 1) if text), default=0)]) for row in rows)
    return ((), *trimmed)


def column(case: SheetCase, header: str) -> tuple[str, ...]:
    headers, *rows = case.cells()
    index = headers.index(header)
    return tuple(row[index] if index < len(row) else "" for row in rows)


def without_own_columns(case: SheetCase) -> tuple[tuple[str, ...], ...]:
    headers, *rows = case.cells()
    kept = [index for index, header in enumerate(headers) if header not in OWN_COLUMNS]
    return tuple(tuple(row[index] if index < len(row) else "" for index in kept) for row in (headers, *rows))


class SheetSuite:
    """The shared tests: subclass it beside a fixture `sheet_case`."""

    def test_read_gives_headers_and_typed_cells(self, sheet_case: SheetCase) -> None:
        sheet_case.make((*FORM, "Many", "Sure"), [(*ANA, 3.0, True)])
        snapshot = sheet_case.open().read()
        assert snapshot.headers == (*FORM, "Many", "Sure")
        assert snapshot.rows == (
            Row(
                2,
                (
                    Cell("2023-07-14 09:12:33", NINE),
                    Cell("ana@example.org", "ana@example.org"),
                    Cell("Yes", "Yes"),
                    Cell("3", 3.0),
                    Cell("TRUE", True),
                ),
            ),
        )

    @pytest.mark.parametrize(
        "text", ["=1+1", "#REF!", "0032", "+32 470 00 00 00", "1e5", "TRUE", "two\nlines", " spaced ", "ünï"]
    )
    def test_read_text_stays_text(self, sheet_case: SheetCase, text: str) -> None:
        sheet_case.make(FORM, [(NINE, "ana@example.org", text)])
        assert sheet_case.open().read().rows[0].cells[2] == Cell(text, text)

    def test_read_empty_sheet_has_no_rows(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [])
        snapshot = sheet_case.open().read()
        assert (snapshot.headers, snapshot.rows) == (FORM, ())

    def test_read_brings_the_tab_of_the_replies_and_no_run_changes_it(self, sheet_case: SheetCase) -> None:
        """A form writes there at any time: it is read beside the responses, and never written."""
        sheet_case.make(FORM, [ANA])
        setup = replace(DRESSING, replies="rsvp")
        assert sheet_case.open(setup=setup).read().replies is None
        table = (("When", "Who", "Coming?"), ("007", "ana@example.org", "Yes"), ("", "bo@example.org"))
        for row, texts in enumerate(table, 1):
            for at, text in enumerate(texts, 1):
                sheet_case.put_in("RSVP", row, at, text)
        sheet = sheet_case.open(setup=setup)
        found = sheet.read()
        assert found.replies is not None
        assert (found.replies.headers, found.replies.zone) == (table[0], found.zone)
        assert [(row.number, [cell.text for cell in row.cells]) for row in found.replies.rows] == [
            (2, list(table[1])),
            (3, list(table[2])),
        ]
        assert found.rows[0].cells[1].text == "ana@example.org"
        with sheet.lease(STAMP, set_up=True):
            sheet.write(finding(change("ana@example.org", OFFERED)))
        sheet.show(own_tab())
        assert sheet_case.cells_of("RSVP") == table
        sheet_case.insert_row_in("RSVP", 2)
        again = sheet_case.open(setup=setup).read().replies
        assert again is not None
        assert [row.number for row in again.rows if row.cells] == [3, 4]
        sheet_case.rename_tab("RSVP", "Answers")
        assert sheet_case.open(setup=setup).read().replies is None

    def test_set_up_adds_columns_once(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [ANA])
        done = (sheet_case.open().set_up(), sheet_case.open().set_up())
        assert done == (True, False)
        assert sheet_case.cells() == (ALL, ("2023-07-14 09:12:33", "ana@example.org", "Yes"))

    @pytest.mark.parametrize("there", [ORGANISER_COLUMNS, OWN_COLUMNS])
    def test_set_up_adds_only_the_missing_group(self, sheet_case: SheetCase, there: tuple[str, ...]) -> None:
        missing = OWN_COLUMNS if there == ORGANISER_COLUMNS else ORGANISER_COLUMNS
        sheet_case.make((*there, *FORM), [])
        assert sheet_case.open().set_up()
        assert sheet_case.cells() == ((*there, *FORM, *missing),)

    def test_set_up_with_a_column_missing_says_which(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.rename_header("Status", "My own words")
        with pytest.raises(HeaderError) as raised:
            sheet_case.open().set_up()
        assert (raised.value.missing, raised.value.duplicated) == (("Status",), ())

    def test_headers_can_stand_lower_and_our_columns_be_called_otherwise(self, sheet_case: SheetCase) -> None:
        above = [("1 August",), (*FORM, "Status")]
        sheet_case.make(("Export", "of", "all", "answers"), [*above, (*ANA, "single"), (*BO, "married")])
        ours = Columns({}, header_row=3, own_columns={"Status": "Convene status"})
        sheet = sheet_case.open(setup=replace(DRESSING, ours=ours))
        assert sheet.set_up()
        assert not sheet.set_up()
        snapshot = sheet.read()
        added = tuple(ours.title(header) for header in (*ORGANISER_COLUMNS, *OWN_COLUMNS))
        assert (snapshot.headers, [row.number for row in snapshot.rows]) == (
            (*FORM, "Status", *added),
            [4, 5],
        )
        assert sheet.write(finding(change("bo@example.org", WAITING))) == 1
        assert sheet.write(finding(change("bo@example.org", WAITING))) == 0
        assert sheet_case.cells()[:2] == (("Export", "of", "all", "answers"), above[0])
        assert sheet_case.cells()[4][3:] == ("married", "", "", *WAITING.texts())

    def test_write_puts_texts_in_own_columns_only(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [(*ANA, "offer", "a friend"), BO])
        before = without_own_columns(sheet_case)
        written = sheet_case.open().write(finding(change("ana@example.org", OFFERED)))
        assert written == 1
        assert without_own_columns(sheet_case) == before
        assert sheet_case.cells()[1][5:] == OFFERED.texts()

    def test_write_again_writes_nothing(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO])
        changes = (change("ana@example.org", OFFERED), change("bo@example.org", WAITING))
        counts = [sheet_case.open().write(finding(*changes)) for _ in range(2)]
        assert counts == [2, 0]

    def test_write_finds_rows_after_sorting(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [CY, ANA, BO])
        sheet = sheet_case.open()
        sheet.read()
        sheet_case.sort("Email address")
        sheet.write(finding(change("ana@example.org", OFFERED), change("bo@example.org", WAITING)))
        assert column(sheet_case, "Status") == ("Offered", "Waiting list", "")

    def test_write_finds_rows_after_inserting_and_deleting(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [CY, ANA, BO])
        sheet = sheet_case.open()
        sheet.read()
        sheet_case.delete_row(2)
        sheet_case.insert_row(2)
        sheet_case.insert_row(2)
        sheet.write(finding(change("bo@example.org", WAITING), change("ana@example.org", OFFERED)))
        assert column(sheet_case, "Reference") == ("", "", "P-1", "P-2")

    def test_write_finds_columns_after_moving(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO])
        sheet = sheet_case.open()
        sheet.read()
        for header in ("Status", "Email address", "Updated"):
            sheet_case.move_column(header)
        sheet.write(finding(change("bo@example.org", WAITING)))
        assert sheet_case.cells()[0][:3] == ("Updated", "Email address", "Status")
        assert {header: column(sheet_case, header)[1] for header in OWN_COLUMNS} == dict(
            zip(OWN_COLUMNS, WAITING.texts(), strict=True)
        )

    def test_write_passes_over_a_row_that_is_gone(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO])
        sheet = sheet_case.open()
        sheet.read()
        sheet_case.delete_row(2)
        assert (
            sheet.write(finding(change("ana@example.org", OFFERED), change("bo@example.org", WAITING))) == 1
        )
        assert column(sheet_case, "Status") == ("Waiting list",)

    def test_write_fills_every_row_that_matches(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO, ANA])
        sheet_case.type_into(4, "Reference", "P-1")
        assert sheet_case.open().write(finding(change("ana@example.org", OFFERED))) == 2
        assert column(sheet_case, "Status") == ("Offered", "", "Offered")

    def test_write_empties_cells(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [BO])
        sheet_case.open().write(finding(change("bo@example.org", WAITING)))
        assert sheet_case.open().write(finding(change("bo@example.org", OwnCells("P-2"), WAITING))) == 1
        assert [column(sheet_case, header) for header in OWN_COLUMNS] == [("P-2",), *[("",)] * 6]

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "#REF!", "007", "a & <b>", "_x0041_", "ö"])
    def test_write_is_text_whatever_it_looks_like(self, sheet_case: SheetCase, text: str) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().write(finding(change("ana@example.org", OwnCells(reason=text))))
        snapshot = sheet_case.open().read()
        assert snapshot.rows[0].cell(ALL.index("Reason")) == Cell(text, text)

    def test_write_drops_characters_that_no_cell_can_hold(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        after = OwnCells("P-1", reason="a\x00b\x1bc\ud800d\uffffe")
        counts = [sheet_case.open().write(finding(change("ana@example.org", after))) for _ in range(2)]
        assert counts == [1, 0]
        assert column(sheet_case, "Reason") == ("abcde",)

    def test_write_repairs_a_cell_that_somebody_typed_over(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().write(finding(change("ana@example.org", OFFERED)))
        sheet_case.type_into(2, "Status", "Confirmed!")
        assert sheet_case.open().write(finding(change("ana@example.org", OFFERED, OFFERED))) == 1
        assert column(sheet_case, "Status") == ("Offered",)

    def test_write_without_own_columns_is_an_error(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [ANA])
        with pytest.raises(HeaderError):
            sheet_case.open().write(finding(change("ana@example.org", OFFERED)))

    def test_write_with_a_header_twice_is_an_error(self, sheet_case: SheetCase) -> None:
        sheet_case.make((*ALL, "status"), [ANA])
        with pytest.raises(HeaderError) as raised:
            sheet_case.open().write(finding(change("ana@example.org", OFFERED)))
        assert raised.value.duplicated == ("Status",)

    def test_read_sheet_without_a_stamp(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        assert sheet_case.open().read().stamp is None

    @pytest.mark.parametrize("later", [Stamp(STAMP.ledger, 8), Stamp("other", 1), STAMP])
    def test_lease_leaves_the_newest_stamp_and_no_cell(self, sheet_case: SheetCase, later: Stamp) -> None:
        sheet_case.make(ALL, [ANA, BO])
        before, read = sheet_case.cells(), sheet_case.open().read()
        for stamp in (STAMP, later):
            with sheet_case.open().lease(stamp):
                pass
            assert sheet_case.open().read() == replace(read, stamp=stamp)
        assert sheet_case.cells() == before

    def test_lease_without_a_stamp_keeps_the_one_there(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        for stamp in (STAMP, None):
            with sheet_case.open().lease(stamp):
                pass
        assert sheet_case.open().read().stamp == STAMP

    def test_stamp_stays_whatever_is_written(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [ANA])
        sheet = sheet_case.open()
        with sheet.lease(STAMP):
            sheet.set_up()
            sheet.write(finding(change("ana@example.org", OFFERED)))
        assert column(sheet_case, "Status") == ("Offered",)
        assert [sheet.read().stamp, sheet_case.open().read().stamp] == [STAMP, STAMP]

    def test_stamp_stays_whatever_organisers_do(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [CY, ANA])
        with sheet_case.open().lease(STAMP):
            sheet_case.sort("Email address")
        sheet_case.insert_row(2)
        sheet_case.move_column("Status")
        sheet_case.delete_row(2)
        assert sheet_case.open().read().stamp == STAMP

    def test_lease_is_refused_where_another_run_was_since_the_sheet_was_read(
        self, sheet_case: SheetCase
    ) -> None:
        sheet_case.make(ALL, [ANA])
        sheet = sheet_case.open()
        sheet.read()
        sheet_case.let_another_run(STAMP)
        for stamp in (SENDING, None):
            with pytest.raises(SheetBusy, match="another run of Convene has just written to this sheet"):
                sheet.lease(stamp)
        with pytest.raises(SheetBusy, match="another run of Convene has just written to this sheet"):
            sheet.write(finding(change("ana@example.org", OFFERED)), SENDING)
        assert (sheet_case.open().read().stamp, column(sheet_case, "Status")) == (STAMP, ("",))
        sheet.read()
        with sheet.lease(SENDING):
            assert sheet.read().stamp == SENDING

    def test_a_lease_given_back_is_no_leave_to_pass_over_another_run(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet = sheet_case.open()
        sheet.read()
        with sheet.lease():
            pass
        sheet_case.let_another_run(STAMP)
        with pytest.raises(SheetBusy, match="another run of Convene has just written to this sheet"):
            sheet.lease(SENDING)

    @pytest.mark.parametrize("closing", [None, Stamp("mine", 2)])
    def test_a_run_that_came_and_went_while_this_one_slept_is_noticed(
        self, sheet_case: SheetCase, closing: Stamp | None
    ) -> None:
        sheet_case.make(ALL, [ANA])
        sheet = sheet_case.open()
        sheet.read()
        with sheet.lease(SENDING):
            sheet.write(finding())
            sheet_case.let_another_run(STAMP)
            with pytest.raises(LeaseLost, match="took it over while this one was stuck"):
                sheet.write(finding(change("ana@example.org", OFFERED)), closing)
            with pytest.raises(LeaseLost, match="took it over while this one was stuck"):
                sheet.read()
        assert (sheet_case.open().read().stamp, column(sheet_case, "Status")) == (STAMP, ("",))

    def test_lease_changes_nothing(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        before = sheet_case.cells()
        with sheet_case.open().lease():
            pass
        assert sheet_case.cells() == before

    def test_lease_is_refused_where_a_write_would_fail(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.rename_header("Updated", "Something else")
        with pytest.raises(HeaderError):
            sheet_case.open().lease(STAMP)
        assert sheet_case.open().read().stamp is None

    # --- the tab Convene -------------------------------------------------------------------------------------

    def test_show_makes_the_tab_and_then_nothing(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO])
        tab = own_tab(PEOPLE)
        assert [sheet_case.open().show(tab), sheet_case.open().show(tab)] == [True, False]
        assert sheet_case.titles() == ("Convene",)
        heading, *controls = sheet_case.cells_of("Convene")[:7]
        assert heading == ("Convene: the call",)
        assert controls == [(one.label, "", one.hint) for one in CONTROLS]
        assert sheet_case.cells_of("Convene")[7:] == expected(tab)
        assert sheet_case.cells()[1:] == (
            ("2023-07-14 09:12:33", "ana@example.org", "Yes"),
            ("2023-07-15 10:00:00", "bo@example.org", "No"),
        )

    @pytest.mark.parametrize(
        "text",
        ["=1+1", "#REF!", "007", "+1", "a & <b>", 'say "x"', "_x0041_", "ö", "a\x00b", "x" * 300, '";1+1;"'],
    )
    def test_show_writes_texts_as_they_are(self, sheet_case: SheetCase, text: str) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().write(finding(change("ana@example.org", OFFERED)))
        tab = own_tab(((text, "P-1", text),), said=text)
        assert [sheet_case.open().show(tab), sheet_case.open().show(tab)] == [True, False]
        *_, (name, status) = sheet_case.cells_of("Convene")
        kept = text.replace("\x00", "")
        assert (name, status) == (kept[:255], kept)

    def test_show_follows_what_changes(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA, BO])
        longer, shorter = own_tab(PEOPLE), moved(own_tab(PEOPLE[:1], said="Nothing."), 2)
        sheet_case.open().show(longer)
        for tab in (shorter, longer, own_tab()):
            assert [sheet_case.open().show(tab), sheet_case.open().show(tab)] == [True, False]
            assert sheet_case.cells_of("Convene")[7:] == expected(tab)

    def test_where_only_a_notice_is_to_be_shown_the_rest_stays(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        whole = own_tab(PEOPLE)
        sheet_case.open().show(whole)
        before = sheet_case.cells_of("Convene")
        for said in ("It failed.", "It failed again."):
            notice = (TabCell("The last run"), None, TabCell(said))
            failed = Tab("Convene", said, CONTROLS, (), notice=notice, keeps=True)
            assert [sheet_case.open().show(failed), sheet_case.open().show(failed)] == [True, False]
            rows = sheet_case.cells_of("Convene")
            assert rows == ((said,), *before[1:7], ("The last run", "", said), *before[8:])
        assert [sheet_case.open().show(whole), sheet_case.open().show(whole)] == [True, False]
        assert sheet_case.cells_of("Convene") == before

    def test_where_there_was_no_tab_a_notice_gets_one(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        failed = replace(own_tab(), notice=(TabCell("It failed."),), keeps=True)
        shown = [sheet_case.open().show(failed) for _ in range(3)]
        assert (shown[0], shown[-1]) == (True, False)
        assert sheet_case.cells_of("Convene")[7:] == (("It failed.",), *expected(own_tab())[1:])

    def test_controls_are_read_and_never_written(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        assert (sheet_case.open().read().controls, sheet_case.open().glance()) == (NO_CONTROLS, Glance())
        sheet_case.open().show(own_tab(PEOPLE))
        for row, text in ((2, "yes"), (4, "7K3F9Q"), (6, "please")):
            sheet_case.put_in("Convene", row, 2, text)
        set_by_hand = Controls(pause=True, approve="7K3F9Q", run_now="please")
        assert sheet_case.open().read().controls == set_by_hand
        french = replace(own_tab(), controls=IN_FRENCH)
        for tab in (own_tab(), moved(own_tab(PEOPLE), 3), french):
            sheet_case.open().show(tab)
            assert sheet_case.open().read().controls == sheet_case.open().glance().controls == set_by_hand
        assert [row[0] for row in sheet_case.cells_of("Convene")[1:7]] == [one.label for one in IN_FRENCH]
        assert [row[1] for row in sheet_case.cells_of("Convene")[1:7]] == [
            "yes",
            "",
            "7K3F9Q",
            "",
            "please",
            "",
        ]

    def test_a_glance_sees_the_words_under_decision_as_a_read_does(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [ANA, BO])
        sheet = sheet_case.open()
        assert (sheet.glance(words=True), sheet.set_up()) == (Glance(), True)
        for row, text in ((2, " Invite\n- ill "), (3, "Hold")):
            sheet_case.type_into(row, "Decision", text)
        for again in (sheet, sheet, sheet_case.open()):
            assert again.glance(words=True).words == typed_under(again.read(), NO_QUESTIONS, "Decision")
            assert tuple(map(one_line, again.glance(words=True).words)) == ("Invite - ill", "Hold")
        assert sheet.glance().words == ()

    @pytest.mark.parametrize("at", [1, 2, 3, 7, 8])
    def test_controls_stay_where_people_move_them(self, sheet_case: SheetCase, at: int) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().show(own_tab(PEOPLE))
        sheet_case.put_in("Convene", 2, 2, "yes")
        sheet_case.put_in("Convene", 7, 2, "P-ABCDEF")
        sheet_case.insert_row_in("Convene", at)
        set_by_hand = Controls(pause=True, seen=("P-ABCDEF",))
        assert sheet_case.open().read().controls == set_by_hand
        tab = own_tab(PEOPLE[:1], said="Later.")
        assert [sheet_case.open().show(tab), sheet_case.open().show(tab)] == [True, False]
        assert sheet_case.open().read().controls == set_by_hand
        rows = sheet_case.cells_of("Convene")
        below = max(number for number, row in enumerate(rows, 1) if row[:1] == (CONTROLS[-1].label,))
        assert rows[below:] == expected(tab)

    def test_a_control_whose_label_is_gone_is_made_again_and_empty(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().show(own_tab(PEOPLE))
        sheet_case.put_in("Convene", 4, 2, "7K3F9Q")
        sheet_case.put_in("Convene", 4, 1, "what is this?")
        sheet_case.open().show(own_tab(PEOPLE))
        rows = sheet_case.cells_of("Convene")
        assert [row[:2] for row in rows[1:8]] == [
            ("Pause", ""), ("Freeze promotion", ""), (), ("Accept danger", ""), ("Run now", ""), ("Seen", ""),
            ("Approve all", ""),
        ]  # fmt: skip
        assert sheet_case.open().read().controls == NO_CONTROLS

    def test_a_tab_of_somebody_else_is_left_alone(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.put_in("Convene", 1, 1, "Pause")
        sheet_case.put_in("Convene", 1, 2, "yes")
        assert sheet_case.open().read().controls == NO_CONTROLS
        assert [sheet_case.open().show(own_tab()), sheet_case.open().show(own_tab())] == [True, False]
        assert sheet_case.titles() == ("Convene", "Convene (2)")
        assert sheet_case.cells_of("Convene") == (("Pause", "yes"),)
        assert sheet_case.cells_of("Convene (2)")[7:] == expected(own_tab())

    def test_a_tab_that_was_deleted_is_made_again(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().show(own_tab())
        sheet_case.put_in("Convene", 2, 2, "yes")
        sheet_case.delete_tab("Convene")
        assert sheet_case.open().read().controls == NO_CONTROLS
        assert [sheet_case.open().show(own_tab()), sheet_case.open().show(own_tab())] == [True, False]
        assert sheet_case.cells_of("Convene")[7:] == expected(own_tab())

    def test_a_tab_that_was_renamed_is_known(self, sheet_case: SheetCase) -> None:
        sheet_case.make(ALL, [ANA])
        sheet_case.open().show(own_tab())
        sheet_case.rename_tab("Convene", "For us")
        assert [sheet_case.open().show(own_tab()), sheet_case.open().show(own_tab(PEOPLE))] == [False, True]
        assert sheet_case.titles() == ("For us",)

    def test_rows_and_tab_are_written_in_one_run(self, sheet_case: SheetCase) -> None:
        sheet_case.make(FORM, [ANA])
        sheet = sheet_case.open()
        sheet.read()
        with sheet.lease(SENDING, set_up=True):
            sheet.write(finding(change("ana@example.org", OFFERED)), STAMP)
        assert sheet.show(own_tab(PEOPLE))
        assert column(sheet_case, "Status") == ("Offered",)
        again = sheet_case.open()
        assert (again.read().stamp, again.show(own_tab(PEOPLE))) == (STAMP, False)
