"""Workbooks as other programs write them: hand-made packages, one oddity each."""

import re
import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.support.sheet_suite import FORM

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TAB, STYLES, TEXTS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
WORKBOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = dict[str, bytes]
Oddity = Callable[[Parts], Parts]


def _texts(row: int, numbers: range) -> str:
    return "".join(
        f'<c r="{column}{row}" t="s"><v>{at}</v></c>' for column, at in zip("ABC", numbers, strict=True)
    )


def _base() -> Parts:
    """Return the parts of a plain workbook: the form's headers, and one response."""
    strings = "".join(
        f"<si><t>{text}</t></si>" for text in (*FORM, "2023-07-14 09:12:33", "ana@example.org", "Yes")
    )
    tab = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><dimension ref="A1:C2"/><sheetViews><sheetView '
        'workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f'<sheetData><row r="1" spans="1:3">{_texts(1, range(3))}</row>'
        f'<row r="2" spans="1:3">{_texts(2, range(3, 6))}</row></sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    kinds = {WORKBOOK: "sheet.main", TAB: "worksheet", STYLES: "styles", TEXTS: "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    targets = (
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    )
    arrows = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    parts = {
        TYPES: f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        WORKBOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews><sheets>'
        '<sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>',
        RELATIONS: f'<Relationships xmlns="{PACKAGE}/relationships">{arrows}</Relationships>',
        TAB: tab,
        STYLES: styles,
        TEXTS: f'<sst xmlns="{MAIN}" count="6" uniqueCount="6">{strings}</sst>',
    }
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {name: (start + xml).encode() for name, xml in parts.items()}


BASE = _base()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return written.getvalue()


def members(data: bytes) -> Parts:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def streamed(parts: Mapping[str, bytes]) -> bytes:
    """Zip as programs do that cannot go back: sizes stand behind the data."""

    class Stream(BytesIO):
        def seek(self, *_: int) -> int:
            raise OSError

    written = Stream()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    data = written.getvalue()
    assert struct.unpack_from("<H", data, 6)[0] & 8
    return data


def replacing(part: str, old: str, new: str) -> Oddity:
    def odd(parts: Parts) -> Parts:
        assert old.encode() in parts[part]
        return parts | {part: parts[part].replace(old.encode(), new.encode())}

    return odd


def everywhere(change: Callable[[bytes], bytes]) -> Oddity:
    return lambda parts: {name: change(part) for name, part in parts.items()}


def without(part: str, kind: str) -> Oddity:
    """Leave out a part, with all that points to it."""

    def odd(parts: Parts) -> Parts:
        target = part.rpartition("/")[2]
        number = {"styles": 2, "sharedStrings": 3}[kind]
        arrow = f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        override = f'<Override PartName="/{part}" ContentType="{KIND}.{kind}+xml"/>'
        left = {name: xml for name, xml in parts.items() if name != part}
        return replacing(RELATIONS, arrow, "")(replacing(TYPES, override, "")(left))

    return odd


def adding(part: str, content: bytes) -> Oddity:
    return lambda parts: parts | {part: content}


def then(*oddities: Oddity) -> Oddity:
    def odd(parts: Parts) -> Parts:
        for one in oddities:
            parts = one(parts)
        return parts

    return odd


def prefixed(prefix: str) -> Callable[[bytes], bytes]:
    """Give all elements of spreadsheets a prefix."""

    def change(xml: bytes) -> bytes:
        if f'xmlns="{MAIN}"'.encode() not in xml:
            return xml
        text = xml.decode().replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')
        return re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}:", text).encode()

    return change


def strict(xml: bytes) -> bytes:
    """Write as “Strict Open XML”."""
    for old, new in (
        (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ):
        xml = xml.replace(old.encode(), new.encode())
    return xml


def bare_cells(parts: Parts) -> Parts:
    """Leave out where rows and cells stand: they follow each other."""
    xml = parts[TAB].decode()
    for place in ("A1", "B1", "C1", "A2", "B2", "C2"):
        xml = xml.replace(f' r="{place}"', "")
    xml = xml.replace('<row r="1" spans="1:3">', "<row>").replace('<row r="2" spans="1:3">', "<row>")
    return parts | {TAB: xml.encode()}


def renamed(old: str, new: str) -> Oddity:
    """Spell the name of a part otherwise than what points to it does."""
    return lambda parts: {new if name == old else name: part for name, part in parts.items()}


ALTERNATIVES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="x14"><controls><d:row xmlns:d="d">0</d:row></controls></mc:Choice></mc:AlternateContent></worksheet>'
)
EXTERNAL = '<Relationship Id="rId8" Type="x" Target="http://example.org" TargetMode="External"/>'
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"

ODDITIES: dict[str, Oddity] = {
    "plain": lambda parts: parts,
    "a prefix": everywhere(prefixed("x")),
    "a long prefix": everywhere(prefixed("ns-0.main")),
    "strict": everywhere(strict),
    "no dimension": replacing(TAB, '<dimension ref="A1:C2"/>', ""),
    "no views": replacing(TAB, '<sheetViews><sheetView workbookViewId="0"/></sheetViews>', ""),
    "an odd dimension": replacing(TAB, '"A1:C2"', '"nowhere"'),
    "no cell names": bare_cells,
    "no styles": without(STYLES, "styles"),
    "an empty style sheet": replacing(STYLES, BASE[STYLES].decode(), f'<styleSheet xmlns="{MAIN}"/>'),
    "no shared texts": then(
        without(TEXTS, "sharedStrings"),
        lambda parts: parts | {TAB: _inline(parts[TAB].decode()).encode()},
    ),
    "alternatives": replacing(TAB, "</worksheet>", ALTERNATIVES),
    "line ends of Windows": everywhere(lambda xml: xml.replace(b"\n", b"\r\n").replace(b"><", b">\r\n<")),
    "a byte order mark": everywhere(lambda xml: b"\xef\xbb\xbf" + xml),
    "UTF-16": everywhere(lambda xml: xml.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")),
    "UTF-16 of the other end": everywhere(
        lambda xml: b"\xfe\xff" + xml.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16-be")
    ),
    "UTF-16 without a mark": everywhere(
        lambda xml: xml.replace(b"UTF-8", b"UTF-16BE").decode().encode("utf-16-be")
    ),
    "Latin-1": everywhere(lambda xml: xml.replace(b"UTF-8", b"ISO-8859-1")),
    "no declaration": everywhere(lambda xml: xml.partition(b"\n")[2]),
    "single quotes": everywhere(lambda xml: xml.replace(b'"', b"'")),
    "spaces in tags": everywhere(lambda xml: xml.replace(b"/>", b" />").replace(b'" ', b'"\n ')),
    "absolute targets": replacing(RELATIONS, 'Target="', 'Target="/xl/'),
    "targets with dots": replacing(RELATIONS, 'Target="', 'Target="../xl/./'),
    "targets of Windows": replacing(RELATIONS, "worksheets/", "worksheets\\"),
    "members of Windows": lambda parts: {name.replace("/", "\\"): part for name, part in parts.items()},
    "part names in capitals": renamed(TAB, "XL/Worksheets/SHEET1.XML"),
    "types in capitals": renamed(TYPES, "[CONTENT_TYPES].XML"),
    "an external target": replacing(RELATIONS, "</Relationships>", f"{EXTERNAL}</Relationships>"),
    "styles that are lost": lambda parts: {name: part for name, part in parts.items() if name != STYLES},
    "a tab that is lost": replacing(WORKBOOK, "<sheets>", '<sheets><sheet name="Gone" sheetId="7" r:id="rId77"/>'),
    "an empty drawing": adding("xl/drawings/drawing1.xml", f'<xdr:wsDr xmlns:xdr="{DRAWING}"/>'.encode()),
    "a comment and an instruction": replacing(TAB, "<sheetData>", "<?x y?><!-- <sheetData> -->\n<sheetData>"),
    "a folder among the members": adding("xl/worksheets/", b""),
}  # fmt: skip
"""What another program does to the parts of a plain workbook, by what it is."""


def _inline(xml: str) -> str:
    texts = (*FORM, "2023-07-14 09:12:33", "ana@example.org", "Yes")
    for at, text in enumerate(texts):
        xml = xml.replace(f't="s"><v>{at}</v>', f't="inlineStr"><is><t>{text}</t></is>')
    return xml
