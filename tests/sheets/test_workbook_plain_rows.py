"""Rows that are read by their tags say what they say to whoever walks through their XML, however they are written."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from pipeline.model.errors import SheetError
from pipeline.model.sheet import Row
from pipeline.sheets.xlsx import layout
from pipeline.sheets.xlsx import patch as patch_module
from pipeline.sheets.xlsx.layout import read_formulas
from pipeline.sheets.xlsx.package import UNREADABLE
from pipeline.sheets.xlsx.patch import patch
from pipeline.sheets.xlsx.plain_rows import plain_rows
from pipeline.sheets.xlsx.rows import _laid_out, _Walk, read_rows
from pipeline.sheets.xlsx.values import Values
from pipeline.sheets.xlsx.written_cells import Stored

VALUES = Values(("One", "R&D", ""), ("General", "0000", "yyyy-mm-dd"))
CELLS = [
    *(
        '<c r="{}"/>',
        '<c r="{}" s="1"/>',
        '<c r="{}" s="1"><v>7</v></c>',
        '<c r="{}" s="2"><v>45097.5</v></c>',
    ),
    *('<c r="{}" t="s"><v>1</v></c>', '<c r="{}" t="s"><v>9</v></c>', '<c r="{}" t="s" s="1"><v>0</v></c>'),
    *(
        '<c r="{}" t="b"><v>1</v></c>',
        '<c r="{}" t="e"><v>#REF!</v></c>',
        '<c r="{}" t="d"><v>2023-08-02</v></c>',
    ),
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> a &amp; b &lt;c&gt; </t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r><rPh><t>guide</t></rPh></is></c>',
    *('<c r="{}" t="inlineStr"><v>7</v></c>', '<c r="{}"><is><t>none</t></is></c>', '<c r="{}"><v/></c>'),
    '<c r="{}" t="inlineStr"><is><t>line\nbreak\r\nand &#10;one, &quot;so&quot;, it&apos;s _x000D_</t></is></c>',
    *(
        '<c r="{}"><f>A1&amp;B1</f></c>',
        '<c r="{}" t="str"><f>A1</f><v></v></c>',
        '<c r="{}"><f/><v>7</v></c>',
    ),
    *(
        '<c r="{}"><f t="shared" ref="A1:A9" si="0">B1</f><v>7</v></c>',
        "<c r='{}'><v>7</v></c>",
        "<c><v>7</v></c>",
    ),
    *(
        '<c r="{}" cm="1" t="str"><v>caf\u00e9</v></c>',
        '<c r="{}"><v><![CDATA[7]]></v></c>',
        ' <c r="{}"></c>',
    ),
    *(
        '<c r="{}"><!-- </c> --><v>7</v></c>',
        '<c r="{}"><extLst><ext/></extLst><v>7</v></c>',
    ),
]
ROWS = (
    '<row r="{}" spans="1:9">{}</row>',
    "<row r='{}'>{}</row>",
    '<row s="1" r="{}">{}</row>',
    "<row>{1}</row>",
)
DAMAGED = [
    '<c r="{}"><v>7</c>',
    '<c r="{}"><v>&none;</v></c>',
    '<c r="{}"><v>\x01</v></c>',
    '<c r="{}"><v>7</v>',
    "</c>",
]


def tab(rows: str) -> bytes:
    return f'<worksheet xmlns:x="y"><sheetData>{rows}</sheetData></worksheet>'.encode()


def walked(xml: bytes) -> tuple[Row, ...]:
    filled = _Walk(xml, VALUES).walk()
    return tuple(Row(number, _laid_out(filled[number])) for number in sorted(filled))


def tabs() -> Iterator[bytes]:
    for cell, row in product(CELLS, ROWS):
        around = '<c r="A5" t="inlineStr"><is><t>before</t></is></c>{}<c r="F5"><v>8</v></c>'
        yield tab(row.format(5, around.format(cell.format("C5"))))
    drawn = random.Random(0)
    for _ in range(200):
        rows = (
            drawn.choice(ROWS).format(
                number, "".join(drawn.choice(CELLS).format(f"{at}{number}") for at in "ABDE")
            )
            for number in drawn.choices(range(1, 9), k=4)
        )
        yield tab("".join(rows) + '<row r="9" ht="12"/>')


def test_what_is_read_by_tags_is_what_the_xml_says() -> None:
    assert all(read_rows(xml, VALUES) == walked(xml) for xml in tabs())


def test_formulas_that_are_read_by_tags_are_what_the_xml_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [read_formulas(xml) for xml in tabs()]
    monkeypatch.setattr(layout, "_plain_formulas", lambda _: None)
    assert found == [read_formulas(xml) for xml in tabs()]
    assert ({(5, 3): "A1&B1"}, 5) in found


def test_rows_that_a_program_writes_are_read_by_their_tags() -> None:
    xml = tab(
        '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c></row><row r="3"/><row r="4"><c r="B4"><v>1</v></c></row>'
    )
    assert [row and row.number for row in plain_rows(xml)] == [1, 3, 4]


def test_what_is_patched_by_tags_is_what_would_be_patched_in_the_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    values: dict[tuple[int, int], Stored] = {
        (5, 2): "new",
        (5, 3): "a & b",
        (5, 6): 12,
        (5, 9): "",
        (2, 1): "first",
        (2, 4): " two\nlines ",
    }

    def outcomes() -> list[bytes | type[Exception]]:
        return [patched(xml) for xml in tabs()]

    def patched(xml: bytes) -> bytes | type[Exception]:
        wanted = (
            values if b'r="2"' in xml else {place: value for place, value in values.items() if place[0] == 5}
        )
        try:
            return patch(
                xml, wanted, lambda place, style: style or "3"[place[1] % 2 :], None, lambda row, there: 20.0
            )[0]
        except SheetError as error:
            return type(error)

    plainly = outcomes()
    monkeypatch.setattr(patch_module, "patch_plainly", lambda *_: None)
    assert plainly == outcomes()


@pytest.mark.parametrize("cell", DAMAGED)
def test_damaged_xml_is_refused(cell: str) -> None:
    with pytest.raises(UNREADABLE):
        read_rows(tab(f'<row r="1">{cell.format("A1")}</row>'), VALUES)
