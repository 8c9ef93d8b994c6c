"""One odd cell is that cell's fault, whatever its XML says: the sheet is read, written, and the rest is as it was."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import strategies as st

from pipeline.model.sheet import BLANK, ORGANISER_COLUMNS, OWN_COLUMNS, Cell, Snapshot
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.package import read_part, with_parts
from pipeline.sheets.xlsx.patch import patch
from pipeline.sheets.xlsx.read import open_book
from pipeline.sheets.xlsx.rows import NO_RESULT
from pipeline.sheets.xlsx.values import NO_DATE, NO_LOGICAL, NO_NUMBER, NO_TEXT, read_formats
from pipeline.sheets.xlsx.workbook import create_workbook
from tests.support.rounds import try_often
from tests.support.sheet_suite import FORM

PART = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "xl/_rels/workbook.xml.rels"
ANYWHERE = Path("responses.xlsx")
HEADERS = (*FORM, *ORGANISER_COLUMNS, *OWN_COLUMNS)
STATUS: CellAt = (2, len(HEADERS))
STYLES = (
    '<numFmts count="3"><numFmt numFmtId="200" formatCode="yyyy-mm-dd hh:mm:ss"/>'
    '<numFmt numFmtId="201" formatCode="[h]:mm:ss"/>'
    f'<numFmt numFmtId="202" formatCode="0.{"0" * 60}%"/></numFmts>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="202"/>'
    '<xf numFmtId="999"/><xf/></cellXfs>'
)
DATE, LENGTH, PLACES = "1", "2", "3"


@cache
def base() -> bytes:
    """Make a workbook with two shared texts and styles of every kind; its one tab is replaced by each test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.xlsx"
        create_workbook(path, HEADERS)
        two = "<si><r><t>tw</t></r><rPh><t>no</t></rPh><r><t>o</t></r></si>"
        texts = f'<sst xmlns="{MAIN}"><si><t>one</t></si>{two}</sst>'
        styles = f'<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>'
        relation = f'<Relationship Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="rId9"/>'
        relations = read_part(path.read_bytes(), RELATIONS).replace(b"</R", relation.encode() + b"</R")
        parts = {
            "xl/sharedStrings.xml": texts.encode(),
            "xl/styles.xml": styles.encode(),
            RELATIONS: relations,
        }
        return with_parts(path.read_bytes(), parts)


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def with_cells(cells: str) -> bytes:
    """Return the workbook with `cells` in row 2, and the row of somebody else below."""
    headers = "".join(inline(f"{chr(65 + at)}1", header) for at, header in enumerate(HEADERS))
    other = inline("A3", "2023-07-14 09:30:00") + inline("B3", "bo@example.org") + inline("C3", "No")
    rows = f'<row r="1">{headers}</row><row r="2">{cells}</row><row r="3">{other}</row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_parts(base(), {PART: xml.encode()})


def read(data: bytes) -> Snapshot:
    return open_book(ANYWHERE, data, "").snapshot


def read_one(attributes: str, content: str) -> Cell:
    first, *_ = read(
        with_cells(f'<c r="A2"{attributes}>{content}</c>' + inline("B2", "ana@example.org"))
    ).rows
    return first.cell(0)


@pytest.mark.parametrize(
    ("attributes", "content", "cell"),
    [
        ("", "<v>NaN</v>", NO_NUMBER),
        ("", "<v>INF</v>", NO_NUMBER),
        ("", "<v>-INF</v>", NO_NUMBER),
        ("", "<v>inf</v>", NO_NUMBER),
        ("", "<v>1e400</v>", NO_NUMBER),
        ("", "<v>1_000</v>", NO_NUMBER),
        ("", "<v>three</v>", NO_NUMBER),
        ("", "<v>1 2</v>", NO_NUMBER),
        ("", f"<v>{'9' * 5000}</v>", NO_NUMBER),
        ("", f"<v>{'9' * 320}</v>", NO_NUMBER),
        ("", f"<v>0.{'3' * 5000}</v>", NO_NUMBER),
        (' t="n"', "<v> 7 </v>", Cell("7", 7.0)),
        ("", "<v>+7</v>", Cell("7", 7.0)),
        ("", "<v>.5</v>", Cell("0.5", 0.5)),
        ("", "<v>1E-7</v>", Cell("1E-07", 1e-7)),
        ("", "<v>12345678901234567890</v>", Cell("12345678901234567890", 12345678901234567890.0)),
        ("", "<v></v>", BLANK),
        (f' s="{DATE}"', "<v>1e300</v>", NO_DATE),
        (f' s="{DATE}"', "<v>-999999</v>", NO_DATE),
        (f' s="{DATE}"', "<v>NaN</v>", NO_NUMBER),
        (f' s="{LENGTH}"', "<v>1e300</v>", NO_DATE),
        (f' s="{LENGTH}"', "<v>1.5</v>", Cell("36:00:00", "36:00:00")),
        (f' s="{PLACES}"', "<v>2.5</v>", Cell("2.5", 2.5)),
        (' s="4"', "<v>3</v>", Cell("3", 3.0)),
        (' s="5"', "<v>3</v>", Cell("3", 3.0)),
        (' s="77"', "<v>3</v>", Cell("3", 3.0)),
        (' s="-1"', "<v>3</v>", Cell("3", 3.0)),
        (' s="blue"', "<v>3</v>", Cell("3", 3.0)),
        (f' s="{"9" * 5000}"', "<v>3</v>", Cell("3", 3.0)),
        (' t="d"', "<v>2023-13-45</v>", NO_DATE),
        (' t="d"', "<v>soon</v>", NO_DATE),
        (' t="d"', "<v></v>", BLANK),
        (' t="d"', f"<v>PT{'9' * 300}H</v>", NO_DATE),
        (' t="d"', "<v>PT36H</v>", Cell("36:00:00", "36:00:00")),
        (' t="s"', "<v>1</v>", Cell("two", "two")),
        (' t="s"', "<v>2</v>", NO_TEXT),
        (' t="s"', "<v>-1</v>", NO_TEXT),
        (' t="s"', "<v>x</v>", NO_TEXT),
        (' t="s"', "<v></v>", BLANK),
        (' t="b"', "<v>true</v>", Cell("TRUE", True)),
        (' t="b"', "<v>0</v>", Cell("FALSE", False)),
        (' t="b"', "<v>perhaps</v>", NO_LOGICAL),
        (' t="b"', "<v></v>", BLANK),
        (' t="e"', "<v>#N/A</v>", Cell("#N/A", None, "#N/A")),
        (' t="e"', "<v></v>", BLANK),
        (' t="zzz"', "<v>words</v>", Cell("words", "words")),
        (' t="inlineStr"', "<v>7</v>", BLANK),
        (' t="inlineStr"', "<is><t>a</t><rPh><t>b</t></rPh><r><t>c</t></r></is>", Cell("ac", "ac")),
        (' t="str"', "<f>1</f><v></v>", BLANK),
        ("", "<f>1</f><v>NaN</v>", NO_NUMBER),
        ("", "<f>1</f>", NO_RESULT),
    ],
)
def test_an_odd_cell_is_read_as_what_it_can_be_or_as_a_fault(
    attributes: str, content: str, cell: Cell
) -> None:
    assert read_one(attributes, content) == cell


def test_a_number_format_that_is_too_long_is_read_as_none() -> None:
    assert read_formats(
        f'<s><numFmts><numFmt numFmtId="200" formatCode="{"[" * 300}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></s>'.encode()
    ) == ("General",)


# --- any cell ----------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
ODD_TEXTS = st.sampled_from(
    (
        "NaN", "INF", "-INF", "1e400", "-1e400", "1e-400", "9" * 5000, "0." + "1" * 5000, "1,5", "0x10", "1_0",
        "+", "-", ".", "e", "E5", " ", "", "45121.5", "-1", "0", "60", "2958466", "1e15", "99999999999",
        "2023-02-30", "2023-07-14T09:30:00", "T25:61", "PT1H", "0000-00-00", "true", "TRUE", "2", "#REF!", "#DIV",
        "_x0041_", "_x000D_", "=1+1", "\ufffd", "é", "\U0001f600", "P-7K3F9Q",
    )
)  # fmt: skip
STORED = ODD_TEXTS | TEXTS | st.floats().map(repr) | st.integers().map(str)
KINDS = st.sampled_from(("", "n", "s", "str", "inlineStr", "b", "d", "e", "x", "N", "nan", " "))
STYLE = st.sampled_from(("", "0", "1", "2", "3", "4", "5", "6", "-1", "1.0", "x", "9" * 30))
TAGS = st.sampled_from(
    ("<v>{}</v>", "<is><t>{}</t></is>", "<f>{}</f>", "<is><r><t>{}</t></r></is>", "<v/>", "<x>{}</x>")
)


@st.composite
def typed_cells(draw: st.DrawFn, place: str) -> str:
    """Draw the XML of one cell: any kind, any style, and anything stored in it."""
    kind, style = draw(KINDS), draw(STYLE)
    said = (f" t={quoteattr(kind)}" if kind else "") + (f" s={quoteattr(style)}" if style else "")
    pieces = draw(st.lists(st.tuples(TAGS, STORED), max_size=3))
    return f'<c r="{place}"{said}>{"".join(tag.format(escape(text)) for tag, text in pieces)}</c>'


COLUMNS = "ABCDEFL"
ROWS = st.tuples(*(typed_cells(f"{column}2") for column in COLUMNS)).map("".join)


def check(cells: str) -> None:
    """Read a row of odd cells, write beside it, and compare all that was not written."""
    data = with_cells(cells)
    before = read(data)
    *_, other = before.rows
    assert [cell.text for cell in other.cells[:3]] == ["2023-07-14 09:30:00", "bo@example.org", "No"]
    xml, gone = patch(read_part(data, PART), {STATUS: "Offered", (3, 4): "x"})
    after = read(with_parts(data, {PART: xml}, formula_gone=gone))
    expected = {row.number: row for row in before.rows}
    for row in after.rows:
        kept = len(HEADERS) - 1 if row.number == 2 else 3
        old = expected[row.number].cells if row.number in expected else ()
        assert [row.cell(at) for at in range(kept)] == [*old[:kept], *[BLANK] * (kept - len(old))][:kept]
    assert {row.number: row.cell(len(HEADERS) - 1).text for row in after.rows}[2] == "Offered"


@pytest.mark.parametrize("cells", [700, pytest.param(21_000, marks=pytest.mark.slow)])
def test_any_cells_leave_the_sheet_readable_and_writable(cells: int) -> None:
    try_often(check, ROWS, cases=cells // len(COLUMNS))
