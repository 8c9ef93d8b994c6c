"""Takes the pictures of README and docs from a demonstration: `make pictures`.

The sheet goes through LibreOffice to PDF and through Ghostscript to PNG, a letter through Chromium. Which programs are
missing is said, and nothing is written.
"""

import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from email import message_from_bytes
from email.policy import default
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.demo_call.story import BEFORE, tell
from tests.support.documents import ROOT, read

PROGRAMS = ("soffice", "gs", "chromium")
INTO = ROOT / "docs" / "pictures"
SHOWN = {
    "First name": 13,
    "Family name": 15,
    "Decision": 17,
    "Status": 22,
    "Reason": 72,
    "Waiting list": 11,
    "Last message": 32,
}
"""The columns of the picture, by their headers, and how wide they are, in characters."""

FIRST = ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dFirstPage=1", "-dLastPage=1")
"""Draws the first page of a PDF."""

PAGE = (
    b'<pageMargins left="0" right="0" top="0" bottom="0" header="0" footer="0"/>'
    b'<pageSetup paperSize="8" orientation="landscape" scale="100"/>'
)
PHONE = "500,760"
"""The smallest window that Chromium opens."""

ROWS = 24
DENSITY = 96
"""Dots in an inch."""


def main() -> int:
    """Live through the demonstration and take both pictures, or print the handout; return how that ended."""
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    if missing:
        print(f"Pictures are taken by programs that are not here: {', '.join(missing)}. Install them.")
        return 1
    if sys.argv[1:] == ["handout"]:
        with TemporaryDirectory() as folder:
            print_handout(ROOT / "for-organisers.pdf", Path(folder))
        return 0
    INTO.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        with redirect_stdout(StringIO()):
            tell(demo, scenes=BEFORE)  # up to the days in which most happens
        take_sheet(demo / "responses.xlsx", INTO / "sheet.png", Path(folder))
        take_tab(demo / "responses.xlsx", INTO / "tab.png", Path(folder))
        letter = next(iter(sorted((demo / "mails").glob("invitation*"))))
        take_letter(letter, INTO / "letter.png", Path(folder), "680,760")
        for notice, name in zip(_notices(demo), ("digest", "alert"), strict=True):
            take_letter(notice, INTO / f"{name}.png", Path(folder), PHONE)
    return 0


def _notices(demo: Path) -> list[Path]:
    """Let the demonstration write a digest, and an alert since somebody renamed a column."""
    settings = demo / "config" / "service.yaml"
    settings.write_text(f"{settings.read_text()}\nnotify: {{digest: [team@example.org]}}\n")
    outbox, found = demo / "state" / "outbox" / "new", list[Path]()
    for day in ("2023-08-11T07:00", "2023-08-12T07:00"):
        before = set(outbox.iterdir())
        _convene("-C", str(demo), "--as-of", day, "run")
        found += set(outbox.iterdir()) - before
        book = load_workbook(demo / "responses.xlsx")
        book.worksheets[0]["B1"] = "Your e-mail"
        book.save(demo / "responses.xlsx")
    return found


def _convene(*words: str) -> None:
    """Run a command; that something needs a person is no failure of it."""
    command = (sys.executable, "-c", "from pipeline.cli import main; main()", *words)
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr


def take_sheet(workbook: Path, picture: Path, folder: Path) -> None:
    """Show the first rows as they look on a screen, with the columns that a reader of the README needs."""
    book = load_workbook(workbook)
    tab = book.worksheets[0]
    for other in book.worksheets[1:]:
        other.sheet_state = "hidden"
    _keep(tab)
    copy = folder / "picture.xlsx"
    book.save(copy)
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(copy))
    _crop(copy.with_suffix(".pdf"), picture)


def _keep(tab: Worksheet) -> None:
    for number, cell in enumerate(tab[1], 1):
        letter, width = get_column_letter(number), SHOWN.get(str(cell.value))
        tab.column_dimensions[letter].hidden = width is None
        if width:
            tab.column_dimensions[letter].width = width
    for number, row in enumerate(tab.iter_rows(min_row=1, max_row=ROWS), 1):
        tab.row_dimensions[number].height = 15
        for cell in row:
            cell.font = Font(name="Liberation Sans", size=10, bold=cell.row == 1)
            cell.alignment = Alignment(wrap_text=False, horizontal="left")
    tab.print_options.gridLines = True
    tab.print_area = f"A1:{tab.cell(ROWS, tab.max_column).coordinate}"
    tab.page_setup.orientation, tab.page_setup.paperSize = "landscape", 8  # A3
    tab.page_setup.fitToWidth = tab.page_setup.fitToHeight = 1
    tab.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    tab.HeaderFooter = HeaderFooter()


def take_tab(workbook: Path, picture: Path, folder: Path) -> None:
    """Show what a small laptop shows of the tab Convene; no library keeps its charts, so its parts are edited."""
    source, copy = ZipFile(workbook), folder / "tab.xlsx"
    with ZipFile(copy, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                at = re.findall(rb'<sheet [^>]*?name="([^"]*)', data).index(b"Convene")
                data = re.sub(rb'<sheet (?![^>]*name="Convene")', b'<sheet state="hidden" ', data)
                data = data.replace(b"<workbookView", b'<workbookView activeTab="%d"' % at)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"<sheetPr>.*?</sheetPr>|<pageMargins[^>]*/>", b"", data)
                data = re.sub(rb"<pageSetup[^>]*/>", PAGE, data)
            made.writestr(name, data)
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(copy))
    drawn = ("-sDEVICE=png16m", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{DENSITY}", "-g1366x700")
    shift = ("-c", "<</Install {0 -317 translate}>> setpagedevice", "-f")
    _run(*FIRST, *drawn, f"-sOutputFile={picture}", *shift, str(copy.with_suffix(".pdf")))


def _crop(pdf: Path, picture: Path) -> None:
    """Draw the first page without the paper around what is on it."""
    measured = _run(*FIRST, "-sDEVICE=bbox", str(pdf)).stderr
    found = re.search(r"%%BoundingBox: (\d+) (\d+) (\d+) (\d+)", measured)
    assert found, measured
    left, bottom, right, top = (int(number) for number in found.groups())
    size = "x".join(str((end - start) * DENSITY // 72) for start, end in ((left, right), (bottom, top)))
    smooth = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{DENSITY}", f"-g{size}")
    shift = ("-c", f"<</Install {{-{left} -{bottom} translate}}>> setpagedevice", "-f")
    _run(*FIRST, "-sDEVICE=png16m", *smooth, f"-sOutputFile={picture}", *shift, str(pdf))


def take_letter(letter: Path, picture: Path, folder: Path, size: str) -> None:
    """Show a letter as a mail program does: the subject above what is written."""
    message = message_from_bytes(letter.read_bytes(), policy=default)
    body = message.get_body(("html",))
    assert body
    head = f'<p style="font:bold 17px sans-serif;margin:16px 24px 0">{message["Subject"]}</p>'
    page = folder / "letter.html"
    page.write_text(
        re.sub(r"(<body[^>]*>)", rf"\1{head}", str(body.get_content()), count=1), encoding="utf-8"
    )
    _run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        f"--window-size={size}",
        f"--screenshot={picture}",
        page.as_uri(),
    )


HANDOUT = """<!doctype html><meta charset="utf-8"><title>For organisers</title><style>
@page {{ size: A4; margin: 13mm 15mm }}
body {{ font: 9.5pt/1.28 sans-serif }} h1 {{ font-size: 15pt; margin: 0 }} h2 {{ font-size: 11.5pt; margin: 9pt 0 3pt }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ border: 0.5pt solid #999; padding: 1.5pt 4pt;
text-align: left; vertical-align: top }} td:first-child {{ width: 34% }}
p, ul {{ margin: 4pt 0 }} tr {{ break-inside: avoid }}
th {{ background: #eee }} h2:nth-of-type(3) {{ break-before: page }}
</style>{body}"""


def print_handout(pdf: Path, folder: Path) -> None:
    """Print docs/for-organisers.md on A4."""
    body = MarkdownIt().enable("table").render(read("docs/for-organisers.md"))
    page = folder / "handout.html"
    page.write_text(HANDOUT.format(body=body), encoding="utf-8")
    _run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--no-pdf-header-footer",
        f"--print-to-pdf={pdf}",
        page.as_uri(),
    )


def count_pages(pdf: Path) -> int:
    counted = f"({pdf}) (r) file runpdfbegin pdfpagecount = quit"
    return int(_run("gs", "-q", "-dNODISPLAY", "-dNOSAFER", "-c", counted).stdout)


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    sys.exit(main())
