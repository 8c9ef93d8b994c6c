"""Sets up real workbooks of other programs, writes to them, and has LibreOffice open each: `make corpus`.

The files are those of public repositories (`corpus.txt`: each with the hash that git has of it). They are fetched when
this is run, into a folder that is kept, and are no part of the project. Of each file that did not go through it is told
why; at the end stands the table of counts. Nothing is asserted.
"""

import argparse
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen
from zipfile import ZipFile

from pipeline.model.call import Columns
from pipeline.model.errors import HeaderError, SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Change, OwnCells, Snapshot, Stamp
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.elements import parse
from pipeline.sheets.xlsx.package import UNREADABLE, Package
from pipeline.sheets.xlsx.workbook import Workbook
from tests.support.own_tab import own_tab

LIST = Path(__file__).with_name("corpus.txt")
KEPT = Path.home() / ".cache" / "convene-corpus"
RAW = "https://raw.githubusercontent.com"
WORDS = ("offer", "hold")
COLOURS = (("Offered", "C6EFCE"), ("Waiting list", "FFEB9C"))
BESIDE = {name: f"Convene {name.lower()}" for name in (*ORGANISER_COLUMNS, *OWN_COLUMNS)}
"""What Convene's columns are called where a file has such columns of its own."""

MOST_ROWS = 200
AT_ONCE = 20
"""So many files are given to one LibreOffice: one that it cannot bear takes no others along."""

PATIENCE = 30
"""Seconds for a file."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the list: which repository it is of, at which commit, and the hash of its content."""

    repository: str
    commit: str
    path: str
    hash: str

    @property
    def kept_as(self) -> str:
        return f"{self.hash}.xlsx"


def read_list(text: str) -> Iterator[Listed]:
    """Read the list: a line with the address and commit of a repository, then a line with hash and path a file."""
    repository = commit = ""
    for line in text.splitlines():
        if line.startswith("https://"):
            repository, commit = line.split()
        elif line and not line.startswith("#"):
            hash_, path = line.split(" ", 1)
            yield Listed(repository, commit, path, hash_)


def git_hash(data: bytes) -> str:
    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def fetch(listed: Listed, folder: Path) -> Path | None:
    """Return the file, fetched if it is not there yet; None where it cannot be had, or is not what is listed."""
    place = folder / listed.kept_as
    if not place.exists():
        address = f"{RAW}/{listed.repository.removeprefix('https://github.com/')}/{listed.commit}/{quote(listed.path)}"
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                data = answer.read()
        except (URLError, OSError):
            return None
        if git_hash(data) != listed.hash:
            return None
        place.write_bytes(data)
    return place


# --- what Convene does -----------------------------------------------------------------------------------


def use(source: Path, made: Path) -> str:
    """Do all that runs do to a copy of a file; return what became of it, in a few words ("fine", or why not)."""
    try:
        return _use(source, made, Columns({}))
    except HeaderError:
        try:
            said = _use(source, made, Columns({}, own_columns=BESIDE))
        except HeaderError:
            return "refused: its own columns are like Convene's"
        return "fine, Convene's columns under other names" if said == "fine" else said
    except SheetError as error:
        return f"refused: {_kind(str(error))}"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"BROKEN: {type(error).__name__}: {error}"


def _use(source: Path, made: Path, ours: Columns) -> str:
    shutil.copyfile(source, made)
    made.chmod(0o600)
    setup = SetUp(WORDS, COLOURS, ours=ours)
    sheet = Workbook(made, "", setup)
    before = sheet.read()
    sheet.prove()
    stamp = Stamp("c" * 32, 1)
    with sheet.lease(stamp, set_up=True):
        sheet.write(project, Stamp("c" * 32, 2))
    sheet.show(own_tab())
    done = made.read_bytes()
    again = Workbook(made, "", setup)
    if again.set_up() or again.write(project) or again.show(own_tab()) or made.read_bytes() != done:
        return "BROKEN: a second run writes"
    if again.read().headers[: len(before.headers)] != before.headers:
        return "BROKEN: headers changed"
    changed = _changed(source.read_bytes(), done)
    return f"BROKEN: changed {', '.join(sorted(changed))}" if changed else "fine"


def project(snapshot: Snapshot) -> tuple[Change, ...]:
    """Give everybody of the first rows a status."""
    cells = [
        OwnCells(f"P-{at}", "", "Offered", "It said “Yes”.", str(at), "", "2023-08-02")
        for at in range(MOST_ROWS)
    ]
    rows = zip(snapshot.rows, cells, strict=False)
    return tuple(Change(row.number, "", OwnCells(), own) for row, own in rows)


def _changed(before: bytes, after: bytes) -> set[str]:
    """Name the members that differ and must not: all but the tab, its tables, and those that say what is there."""
    old, new = Package(before), Package(after)
    workbook, tab = old.workbook, next(iter(old.tabs.values()))
    kinds = ("/styles", "/sharedStrings", "/calcChain")
    may = {
        tab,
        workbook,
        old.name("[Content_Types].xml"),
        old.name("_rels/.rels"),
        *old.related(tab, "/table"),
    }
    may |= {part for kind in kinds for part in old.related(workbook, kind)}
    may |= {part for kind in ("/custom-properties", "/customProperties") for part in old.related("", kind)}
    folder, _, name = workbook.replace("\\", "/").rpartition("/")
    may.add(old.name(f"{folder}/_rels/{name}.rels"))
    kept = {
        name for name in ZipFile(BytesIO(before)).namelist() if _folded(name) not in set(map(_folded, may))
    }
    return {name for name in kept if not new.has(name) or _content(new, name) != _content(old, name)}


def _content(package: Package, name: str) -> bytes | None:
    try:
        return package.read(name)
    except UNREADABLE:  # it was damaged before, too
        return None


def _folded(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _kind(said: str) -> str:
    """Return what kind of refusal a message is, without names."""
    kinds = {
        "is not an .xlsx workbook": "no workbook, or damaged",
        "password": "a password for opening",
        "old .xls": "an old .xls",
        "digital signature": "a digital signature",
        "too large": "larger than any sheet of responses",
        "no room": "no column is free",
        "cannot be read": "damaged tab",
        "formula that fills several cells": "a formula that fills several cells of Convene's",
    }
    return next((kind for words, kind in kinds.items() if words in said), said)


# --- what LibreOffice makes of it ----------------------------------------------------------------------------


def reopen(files: list[Path], folder: Path) -> dict[Path, str]:
    """Have LibreOffice open files and save them; return what it found in each."""
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(files), AT_ONCE):
        _convert(files[start : start + AT_ONCE], folder)
    for file in files:
        if not (folder / file.name).exists():
            _convert([file], folder)
    return {file: _look(folder / file.name, file) for file in files}


def _convert(files: list[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE * len(files), check=False)
    except subprocess.TimeoutExpired:
        shutil.rmtree(folder / "profile", ignore_errors=True)


def _look(kept: Path, made: Path) -> str:
    if not kept.exists():
        return "not opened"
    try:
        package, title = Package(kept.read_bytes()), next(iter(Package(made.read_bytes()).tabs))
        tab = parse(package.read_xml(package.tabs[title]))
        snapshot = Workbook(kept, title, SetUp(WORDS, COLOURS)).read()
    except (*UNREADABLE, SheetError) as error:
        return f"not opened as it was ({type(error).__name__})"
    if not snapshot.headers and not snapshot.rows:
        return "not opened but as an empty tab"
    words = '"{}"'.format(",".join(WORDS))
    lists = tab.find("dataValidations", "dataValidation", "formula1")
    if words not in [one.text for one in lists]:
        return "opened WITHOUT the drop-down"
    names = {*snapshot.headers}
    if not ({"Decision", *OWN_COLUMNS} <= names or {*BESIDE.values()} <= names):
        return "opened WITHOUT the columns"
    return "opened" if len(package.tabs) > 1 else "opened WITHOUT the tab Convene"


# --- the whole -----------------------------------------------------------------------------------------------


def main() -> int:
    """Fetch, use and reopen every file; print what did not go through, and the table of counts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kept", type=Path, default=KEPT, help=f"where fetched files are kept ({KEPT})")
    parser.add_argument("--only", default="", help="files with this in their address")
    chosen = parser.parse_args()
    chosen.kept.mkdir(parents=True, exist_ok=True)
    listed = [
        one for one in read_list(LIST.read_text("utf-8")) if chosen.only in f"{one.repository}/{one.path}"
    ]
    with ThreadPoolExecutor(8) as pool:
        places = dict(zip(listed, pool.map(lambda one: fetch(one, chosen.kept), listed), strict=True))
    with TemporaryDirectory() as folder:
        counts = _go_through(places, Path(folder))
    _print(counts)
    return 0


def _go_through(places: Mapping[Listed, Path | None], folder: Path) -> Mapping[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    became: dict[Path, Listed] = {}
    for listed, place in places.items():
        count = counts[listed.repository.rpartition("/")[2]]
        made = folder / listed.kept_as
        said = use(place, made) if place else "could not be fetched"
        count["files"] += 1
        count["set up, written, the same again"] += said.startswith("fine")
        count["with columns of its own like Convene's"] += said.startswith("fine,")
        count[said.partition(":")[0]] += not said.startswith("fine")
        if said.startswith("fine"):
            became[made] = listed
        else:
            print(f"{listed.repository}/{listed.path}: {said}", flush=True)
    found = reopen(list(became), folder / "reopened")
    failed = [made for made, said in found.items() if said != "opened"]
    before = reopen([place for one in failed if (place := places[became[one]])], folder / "before")
    for made, said in found.items():
        listed = became[made]
        count, place = counts[listed.repository.rpartition("/")[2]], places[listed]
        is_known = place in before and before[place].startswith("not opened")
        count["opened in LibreOffice, columns and drop-down there"] += said == "opened"
        count["not opened before either"] += is_known
        if said != "opened" and not is_known:
            count["LIBREOFFICE"] += 1
            print(f"{listed.repository}/{listed.path}: {said}", flush=True)
    return counts


def _print(counts: Mapping[str, Counter[str]]) -> None:
    kinds = dict.fromkeys(kind for count in counts.values() for kind in count if count[kind])
    total = sum(counts.values(), Counter[str]())
    print("\n| | " + " | ".join((*counts, "all")) + " |\n| --- |" + " --- |" * (len(counts) + 1))
    for kind in kinds:
        print(f"| {kind} | " + " | ".join(str(count[kind]) for count in (*counts.values(), total)) + " |")


if __name__ == "__main__":
    sys.exit(main())
