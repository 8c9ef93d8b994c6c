"""Erased is erased: no byte of a person is in any file of the workspace, and nothing is sent again."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from pipeline.mail.outbox import Outbox
from pipeline.model.errors import SheetBusy, StaleLedger, UsageError
from pipeline.model.history_events import What
from pipeline.model.settings import Retention
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.erasure import erase, look_up
from pipeline.running.export import gather
from pipeline.running.person import find_person
from pipeline.running.preview_file import write_preview
from pipeline.running.run import Orders, run
from pipeline.running.workspace import Workspace
from pipeline.sheets.xlsx.files import draft_of
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import ANA, BEFORE, CALL, LATER, NEW, SELECTION
from tests.support.desk import DRESSING, Desk, make_desk, make_workspace, table
from tests.support.reply_form import CALL_WITH_FORM, HEADERS

WHO = "zoraida@private.example"
TRACES = (b"zoraida", b"Quintanilla", b"Lighthouse keeper")
ZOE = f"07-11 09:00 | {WHO} | Zoraida Quintanilla | Lighthouse keeper | Yes"
HOLD = f"07-11 09:00 | {WHO} | Zoraida Quintanilla | Lighthouse keeper | Yes > agreement="
DAY = timedelta(days=1)
ENDED = CALL.dates.ends


class RealClock(Clock):
    """A clock that a command without --as-of has, at a time that a test names."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        object.__setattr__(self, "set_to", now)

    def now(self) -> datetime:
        return self.set_to  # type: ignore[attr-defined,no-any-return]  # set above


class Folder:
    """A workspace as it lies on the disk, with a workbook and the local outbox."""

    def __init__(self, root: Path, retention: Retention = Retention(), line: str = ZOE) -> None:  # noqa: B008 - frozen
        self.root, self.path = root, root / "responses.xlsx"
        form = table(ANA, line)
        create_workbook(self.path, [str(header) for header in form[0]], form[1:])
        outbox = root / "state" / "outbox"
        made = make_workspace(root, Workbook(self.path, "", DRESSING), lambda: Outbox(outbox))
        self.workspace: Workspace = replace(made, service=replace(made.service, retention=retention))

    def run(self, now: datetime, orders: Orders = Orders()) -> Result:  # noqa: B008 - frozen
        return run(self.workspace, RealClock(now), orders)

    def cells(self, address: str = WHO) -> dict[str, object]:
        sheet = load_workbook(self.path).worksheets[0]
        headers, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
        names = [str(header) for header in headers]
        return next(dict(zip(names, row, strict=True)) for row in rows if address in row)

    def type_into(self, address: str, header: str, text: str) -> None:
        book = load_workbook(self.path)
        sheet = book.worksheets[0]
        headers = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if row[headers.index("Email Address")].value == address:
                row[headers.index(header)].value = text
        book.save(self.path)

    def delete_rows(self, *addresses: str) -> None:
        book = load_workbook(self.path)
        sheet = book.worksheets[0]
        for number in range(sheet.max_row, 1, -1):
            if sheet.cell(number, 2).value in addresses:
                sheet.delete_rows(number)
        book.save(self.path)

    def letters(self) -> list[bytes]:
        return [path.read_bytes() for path in (self.root / "state" / "outbox").glob("*/*")]

    def files(self) -> Iterator[tuple[str, bytes]]:
        for path in self.root.rglob("*"):
            if path.suffix == ".xlsx":
                with ZipFile(path) as package:
                    yield from ((f"{path} {name}", package.read(name)) for name in package.namelist())
            elif path.is_file():
                yield str(path), path.read_bytes()

    def traces(self) -> set[str]:
        return {name for name, data in self.files() if any(trace.lower() in data.lower() for trace in TRACES)}


def kill_while_writing(path: Path) -> str:
    """Return how the draft is called that a run would leave that is killed while it writes."""
    with draft_of(path, b"") as draft:
        return draft.name


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.run(BEFORE)
    with (tmp_path / "state" / "convene.log").open("a") as log:
        log.write(f"2023-07-15 unfinished: 550 5.1.1 <{WHO}> unknown\n2023-07-16 run-2: sent=0\n")
    (tmp_path / "state" / "outbox" / "tmp" / "half.eml").write_bytes(made.letters()[0])
    write_preview(tmp_path / "state", f"A letter to {WHO}")
    for draft in (".convene-abc.tmp", kill_while_writing(made.path)):
        (tmp_path / draft).write_bytes(b"zoraida")
    os.utime(tmp_path / ".convene-abc.tmp", (1, 1))  # by an earlier version
    (tmp_path / ".convene-other.tmp").write_bytes(b"another workbook, which somebody writes now")
    return made


@pytest.mark.parametrize("who", [WHO.upper(), "reference"])
def test_of_an_erased_person_no_byte_is_left_once_the_row_is_deleted(folder: Folder, who: str) -> None:
    assert len({name.partition(" ")[0] for name in folder.traces()}) >= 6
    reference = str(folder.cells()["Reference"])
    said = reference.lower() if who == "reference" else who
    found = look_up(folder.workspace, said)
    assert (found.person.rows, found.person.messages, found.beside) == ((3,), 1, ())

    assert erase(folder.workspace, RealClock(LATER), said) is None

    assert {name.partition(" ")[0] for name in folder.traces()} == {str(folder.path)}
    assert [path.name for path in folder.root.glob(".convene-*")] == [".convene-other.tmp"]
    row = folder.cells()
    shown = {key: row[key] or "" for key in ("Reference", "Category", "Status", "Reason", "Last message")}
    assert shown == {
        "Reference": reference,
        "Category": "",
        "Status": "Erased",
        "Reason": "Erased: Convene holds nothing of this person any more. Delete the row.",
        "Last message": "",
    }
    folder.delete_rows(WHO)
    assert folder.traces() == set()
    assert folder.run(SELECTION).tally.sent == 1
    assert folder.traces() == set()
    assert "run-2" in (folder.root / "state" / "convene.log").read_text()


def test_nothing_is_sent_or_decided_while_the_row_is_still_there(folder: Folder) -> None:
    erase(folder.workspace, RealClock(BEFORE), WHO)
    result = folder.run(SELECTION)
    assert (result.tally.sent, [str(need.problem) for need in result.needs]) == (
        1,
        ["row 3: Erased: Convene holds nothing of this person any more. Delete the row"],
    )
    folder.type_into(WHO, "Decision", "Invite")
    again = folder.run(LATER)
    assert (again.run_id, again.tally.sent, folder.cells()["Status"]) == ("", 0, "Erased")
    erase(folder.workspace, RealClock(LATER), WHO)  # once more does no harm


def test_who_applies_again_waits_for_a_word_and_is_a_new_applicant_then(folder: Folder) -> None:
    before = folder.cells()["Reference"]
    erase(folder.workspace, RealClock(BEFORE), WHO)
    folder.delete_rows(WHO)
    book = load_workbook(folder.path)
    book.worksheets[0].append(table(ZOE.replace("07-11", "07-20"))[1])
    book.save(folder.path)
    assert (folder.run(BEFORE + 7 * DAY).tally.sent, folder.cells()["Status"]) == (0, "Erased")
    folder.type_into(WHO, "Decision", "Invite")
    assert folder.run(SELECTION).tally.sent == 2
    assert (folder.cells()["Status"], folder.cells()["Reference"] != before) == ("Offered", True)


def test_a_ledger_from_before_the_erasure_sends_nothing(folder: Folder) -> None:
    ledger = folder.root / "state" / "ledger.sqlite"
    before = ledger.read_bytes()
    erase(folder.workspace, RealClock(BEFORE), WHO)
    ledger.write_bytes(before)
    with pytest.raises(StaleLedger):
        folder.run(SELECTION)


def test_whose_row_was_deleted_first_is_erased_all_the_same(folder: Folder) -> None:
    folder.delete_rows(WHO)
    erase(folder.workspace, RealClock(BEFORE), WHO)
    assert folder.traces() == set()


def test_a_sheet_that_is_open_is_put_right_by_the_next_run(folder: Folder) -> None:
    lock = folder.root / ".~lock.responses.xlsx#"
    lock.touch()
    assert isinstance(erase(folder.workspace, RealClock(BEFORE), WHO), SheetBusy)
    lock.unlink()
    folder.run(BEFORE)
    assert folder.cells()["Status"] == "Erased"


def test_nobody_is_erased_by_mistake(folder: Folder) -> None:
    with pytest.raises(UsageError, match="Nobody here is known as"):
        erase(folder.workspace, RealClock(BEFORE), "nobody@example.org")


def test_who_was_two_applicants_until_organisers_said_so_is_erased_as_one(tmp_path: Path) -> None:
    home = "07-12 09:00 | zoe@home.example | Zoraida Quintanilla | Manager | Yes"
    desk = make_desk(tmp_path, ANA, ZOE, home)
    desk.run(BEFORE)
    ana, joined, zoe = sorted(desk.history().addresses, key=lambda name: desk.history().addresses[name])
    desk.type_into("zoe@home.example", "Decision", f"Same person: {zoe}")
    desk.run(BEFORE + DAY)
    for who in (WHO, "zoe@home.example", zoe, joined):
        found = look_up(desk.workspace, who).person
        assert (found.references, found.rows, found.messages) == (frozenset({zoe, joined}), (3, 4), 2)
    assert look_up(desk.workspace, ana).person.references == {ana}


def test_a_person_gets_all_that_is_held(folder: Folder) -> None:
    found = gather(folder.workspace, RealClock(SELECTION), WHO)
    (held,) = found.held
    assert (found.name, held.addresses, len(held.messages)) == (folder.cells()["Reference"], (WHO,), 1)
    assert b"Zoraida" in held.messages[0][1]
    assert dict(found.rows[0].cells)["Role"] == "Lighthouse keeper"


KNOWN = replace(
    NEW,
    addresses={
        "P-ANA222": "office@example.org",
        "P-BEA222": "office@example.org",
        "P-CLO222": "clo@example.org",
    },
    responses={
        "office@example.org|1": "P-ANA222",
        "ana@example.org|2": "P-ANA222",
        "office@example.org|3": "P-BEA222",
        "clo@example.org|4": "P-CLO222",
    },
)


@pytest.mark.parametrize(
    ("who", "texts"),
    [
        ("p-ana222", {"office@example.org|1", "ana@example.org|2", "ana@example.org"}),
        ("Ana@Example.org", {"office@example.org|1", "ana@example.org|2", "ana@example.org"}),
        ("P-BEA222", {"office@example.org|3"}),
        ("clo@example.org", {"clo@example.org|4", "clo@example.org"}),
    ],
)
def test_an_address_that_others_have_is_not_erased_with_one_of_them(who: str, texts: set[str]) -> None:
    assert find_person((), KNOWN, who).texts == texts


def test_an_address_of_several_people_names_nobody() -> None:
    with pytest.raises(UsageError, match=r"is the address of P-ANA222, P-BEA222\. Name one of them"):
        find_person((), KNOWN, "office@example.org")


# --- named beside others -----------------------------------------------------------------------------------

ANA_AT = "ana@example.org"
NOTE = "Zoraida Quintanilla stands in, says zoraida@private.example"
REPLACE = f"Replace by Zoraida Quintanilla <{WHO.upper()}> - ill, Quintanilla comes instead"


def test_who_was_named_in_the_row_of_another_is_gone_from_what_is_kept_of_them(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(SELECTION)
    zoe = str(folder.cells()["Reference"])
    folder.type_into(ANA_AT, "Decision", "Ask zoraida@private.example first")
    folder.type_into(ANA_AT, "Organiser note", NOTE)
    folder.run(SELECTION)
    folder.type_into(ANA_AT, "Decision", REPLACE)
    folder.run(SELECTION + DAY)
    assert (folder.cells(ANA_AT)["Status"], folder.cells()["Status"]) == ("Cancelled", "Offered")
    assert look_up(folder.workspace, zoe).beside == (("Decision", (2,)), ("Organiser note", (2,)))

    assert erase(folder.workspace, RealClock(LATER), zoe) is None

    folder.delete_rows(WHO)
    row = {header: str(text).lower().encode() for header, text in folder.cells(ANA_AT).items()}
    naming = {header for header, text in row.items() if any(trace.lower() in text for trace in TRACES)}
    assert naming == {"Decision", "Organiser note"}
    for text in (None, ""):  # while it stands there it says the same; and so it does once it is taken out
        for header in ("Decision", "Organiser note") if text is not None else ():
            folder.type_into(ANA_AT, header, text or "")
            assert header == "Decision" or folder.traces() == set()
        after = folder.run(LATER)
        assert (after.tally.sent, after.needs, folder.cells(ANA_AT)["Status"]) == (0, (), "Cancelled")
        assert {name.partition(" ")[0] for name in folder.traces()} == (
            set() if text == "" else {str(folder.path)}
        )
    with closing(folder.workspace.ledger()) as ledger:
        told = ledger.diary.happened([str(folder.cells(ANA_AT)["Reference"])])
    words = [each.about for each in told if each.what is What.WORD]
    assert (words[0], words[1][:19], words[2:]) == (f"Ask {zoe} first", f"Replace by {zoe}", [""])


def kept(desk: Desk) -> bytes:
    """Return all that lies in the files of a desk, in small letters."""
    files = (path for path in desk.workspace.root.rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in files).lower()


def test_a_name_whose_row_was_deleted_first_is_gone_from_what_is_kept_of_others(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, ZOE)
    desk.run(BEFORE)
    desk.type_into(ANA_AT, "Decision", "Withdrawn - Quintanilla, Zoraida comes")
    desk.type_into(ANA_AT, "Organiser note", "says Quintanilla")
    desk.run(SELECTION)
    del desk.sheet.table[2]
    erase(desk.workspace, RealClock(LATER), WHO)
    desk.run(LATER)
    assert not any(trace.lower() in kept(desk) for trace in TRACES)


def test_a_word_that_was_not_followed_yet_names_nobody_then(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, ZOE)
    desk.run(SELECTION)
    desk.type_into(ANA_AT, "Decision", f"Replace by {WHO}")
    assert erase(desk.workspace, RealClock(LATER), WHO) is None
    del desk.sheet.table[2]
    (need,) = desk.run(LATER).needs
    assert need.what == "the word does not fit where the person stands, and decided nothing"
    assert not any(trace.lower() in kept(desk) for trace in TRACES)


def test_of_two_who_were_named_in_one_cell_each_is_gone(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, ZOE, "07-12 09:00 | bo@example.org | Bo Ek | Manager | Yes")
    desk.run(BEFORE)
    desk.type_into(ANA_AT, "Organiser note", f"{WHO} or bo@example.org")
    desk.type_into(ANA_AT, "Decision", "Withdrawn")
    desk.run(SELECTION)
    for who in (WHO, "bo@example.org"):
        assert b"bo@example.org" in kept(desk)
        erase(desk.workspace, RealClock(LATER), who)
    del desk.sheet.table[2:]
    desk.run(LATER)
    assert not any(trace in kept(desk) for trace in (b"zoraida", b"bo@example.org"))


def test_answers_to_the_reply_form_are_named_as_the_organisers_own(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, ZOE, call=CALL_WITH_FORM)
    desk.run(BEFORE)
    history = desk.history()
    zoe = next(reference for reference, address in history.addresses.items() if address == WHO)
    desk.sheet.replies = "RSVP"
    lines = ((WHO.upper(), ""), (ANA_AT, "P-ANA222"), ("other@example.org", zoe.lower()))
    rows = (HEADERS.split(" | "), *(["", address, reference, "yes"] for address, reference in lines))
    desk.sheet.tabs["RSVP"] = {
        (n, at): text for n, row in enumerate(rows, 1) for at, text in enumerate(row, 1)
    }
    assert look_up(desk.workspace, zoe).beside == (("the tab “RSVP”", (2, 4)),)


def test_whom_organisers_only_named_is_erased_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(SELECTION)
    desk.type_into(ANA_AT, "Decision", f"Replace by {WHO}")
    desk.run(SELECTION)
    with pytest.raises(UsageError, match="Nobody here is known as"):
        gather(desk.workspace, RealClock(LATER), WHO)
    erase(desk.workspace, RealClock(LATER), WHO)
    assert b"zoraida" not in kept(desk)
    desk.type_into(ANA_AT, "Decision", "")
    assert desk.run(LATER).needs == ()


# --- what is due -------------------------------------------------------------------------------------------

ALL = Retention(everything=30 * DAY)


def test_when_its_time_has_come_everything_goes_and_nothing_comes_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ALL)
    folder.run(BEFORE)
    folder.run(SELECTION)
    folder.type_into(ANA_AT, "Decision", f"Replace by {WHO} - Zoraida Quintanilla")
    folder.run(SELECTION)
    (note,) = folder.run(ENDED + 20 * DAY).notes
    assert note.startswith("On 13 October 2023, all that Convene holds of 2 applicants is erased.")
    result = folder.run(ENDED + 31 * DAY)
    assert (result.tally.sent, result.notes) == (
        0,
        ("Erased all that Convene held of 2 applicants (retention.everything_after_days).",),
    )
    assert [folder.cells(address)["Status"] for address in (WHO, "ana@example.org")] == ["Erased", "Erased"]
    folder.delete_rows(WHO, "ana@example.org")
    assert (folder.traces(), folder.letters()) == (set(), [])
    again = folder.run(ENDED + 32 * DAY)
    assert (again.run_id, again.tally.sent, again.notes) == ("", 0, ())


def test_a_rehearsal_erases_nothing_unless_forced(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ALL)
    folder.run(BEFORE)
    result = run(folder.workspace, Clock(ENDED + 31 * DAY))
    assert result.notes == (
        "Not with --as-of, unless --force: Erased all that Convene held of 2 applicants "
        "(retention.everything_after_days).",
    )
    assert folder.traces()
    run(folder.workspace, Clock(ENDED + 31 * DAY), Orders(force=True))
    assert {name.partition(" ")[0] for name in folder.traces()} == {str(folder.path)}


def test_letters_go_before_the_rest(tmp_path: Path) -> None:
    folder = Folder(tmp_path, Retention(letters=5 * DAY))
    folder.run(BEFORE)
    assert folder.run(BEFORE + 6 * DAY).notes == (
        "Erased the text of 2 letters (retention.letters_after_days).",
    )
    assert folder.letters() == []
    assert folder.run(SELECTION).tally.sent == 1  # the other one is under review
    assert len(folder.letters()) == 1


def test_copies_of_single_answers_go_before_the_rest_and_do_not_come_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path, Retention(answers=("role",), answers_for=5 * DAY))
    folder.run(BEFORE)
    folder.run(SELECTION)

    def quoting() -> set[str]:
        """Return the files of ours, and the people in whose rows Convene's cells quote what they are."""
        roles = {"ana@example.org": "Manager", WHO: "Lighthouse keeper"}
        ours = {name for name, data in folder.files() if not name.startswith(str(folder.path))
                and any(role.encode() in data for role in roles.values())}  # fmt: skip
        return ours | {who for who, role in roles.items() if role in str(folder.cells(who)["Reason"])}

    assert quoting() >= {"ana@example.org", WHO, str(folder.root / "state" / "ledger.sqlite")}
    write_preview(tmp_path / "state", "A Lighthouse keeper")
    result = folder.run(ENDED + 5 * DAY)
    assert result.notes == (
        "Erased what 1 decision said of answers (retention.answers_after_days).",
        "Erased the text of 3 letters (retention.answers_after_days).",
    )
    assert quoting() == set()
    again = folder.run(ENDED + 6 * DAY)
    assert (again.run_id, again.changed, again.notes, quoting()) == ("", 0, (), set())
    assert folder.cells(WHO)["Status"] == "To review"


def test_of_people_who_did_not_agree_no_letter_is_kept_and_they_get_one(tmp_path: Path) -> None:
    folder = Folder(tmp_path, line=HOLD)
    folder.run(BEFORE)
    for day in (BEFORE + DAY, SELECTION, LATER):
        folder.run(day)
    reference = str(folder.cells()["Reference"])
    with closing(folder.workspace.ledger()) as ledger:
        held = ledger.held(reference)
    assert ([data for _, data in held.messages], held.standings) == ([b""], ())
