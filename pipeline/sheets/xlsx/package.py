"""A workbook file as what it is: a zip of XML parts. Finds the part of a tab, makes a copy with new parts.

What the parts mean is left to the library and to `patch`. Sources: ECMA-376 part 2 (packages, relationships)
and part 1, 18.2 (workbook), 18.6 (calculation chain).
"""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import fromstring

from pipeline.sheets.xlsx.values import Values, read_formats, read_texts

UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    zlib.error,
    EOFError,
    OSError,
    ExpatError,
    SyntaxError,  # of the XML, as the library's parser calls it
    ArithmeticError,  # a number in it is too large for what the library does with it
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the libraries raise for a file that is no workbook, or a damaged one: there is no common base."""

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CALC_CHAIN = re.compile(rb"<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain[^>]*?/>")
_CALC_PR = re.compile(rb"<((?:\w+:)?calcPr)\b([^>]*?)(/?)>")
_FULL_CALC = re.compile(rb"\s+fullCalcOnLoad\s*=\s*[\"'](\w*)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


LARGEST_PART = 2**27
"""Bytes of an XML part once inflated: some three times what 20,000 responses with 30 answers take."""

LARGEST_FILE = 2**29
"""Bytes of all parts together once inflated."""


class TooLarge(Exception):
    """A workbook is larger than any sheet of responses; says in which respect."""


def raise_if_too_large(data: bytes) -> None:
    """Raise TooLarge where the parts of a package would take too much memory; none is inflated for that."""
    with ZipFile(BytesIO(data)) as package:
        sizes = [(info.filename, info.file_size) for info in package.infolist()]
    if any(size > LARGEST_PART for name, size in sizes if name.lower().endswith((".xml", ".rels"))):
        raise TooLarge(f"a part of it has more than {LARGEST_PART // 2**20} MB")
    if sum(size for _, size in sizes) > LARGEST_FILE:
        raise TooLarge(f"unpacked it has more than {LARGEST_FILE // 2**20} MB")


def _inflate(package: ZipFile, part: str | ZipInfo) -> bytes:
    """Return a part as stored, never more than its size as told: a lie about that is a damaged file."""
    info = part if isinstance(part, ZipInfo) else package.getinfo(part)
    with package.open(info) as stored:
        return stored.read(info.file_size + 1)


def tab_parts(data: bytes) -> Mapping[str, str]:
    """Map the titles of a workbook's tabs to the names of their parts, in the order of the tabs."""
    with ZipFile(BytesIO(data)) as package:
        (workbook,) = _related(package, "", "/officeDocument").values()
        targets = _related(package, workbook, "sheet")
        tabs = fromstring(_inflate(package, workbook)).iterfind("{*}sheets/{*}sheet")
        return {tab.attrib["name"]: targets[tab.attrib[_OFFICE]] for tab in tabs}


def read_part(data: bytes, part: str) -> bytes:
    """Return one part of a package as stored."""
    with ZipFile(BytesIO(data)) as package:
        return _inflate(package, part)


def read_values(data: bytes) -> Values:
    """Return what the cells of a workbook refer to: its shared texts, its number formats, its first day."""
    with ZipFile(BytesIO(data)) as package:
        (workbook,) = _related(package, "", "/officeDocument").values()
        texts = _related(package, workbook, "/sharedStrings").values()
        styles = _related(package, workbook, "/styles").values()
        settings = fromstring(_inflate(package, workbook)).find("{*}workbookPr")
        return Values(
            tuple(text for part in texts for text in read_texts(_inflate(package, part))),
            tuple(code for part in styles for code in read_formats(_inflate(package, part))),
            settings is not None and settings.attrib.get("date1904", "") in ("1", "true"),
        )


def holds_formulas(part: bytes) -> bool:
    """Whether the part of a tab has a formula in it."""
    return _FORMULA.search(part) is not None


def with_parts(data: bytes, parts: Mapping[str, bytes], *, formula_gone: bool = False) -> bytes:
    """Return the package with some parts replaced; every other part keeps its bytes.

    Where tabs have formulas, programs are told to compute them again on opening. The calculation chain
    (a hint that has to match the formulas exactly) is left out when a formula is gone.
    """
    with ZipFile(BytesIO(data)) as package:
        fresh = _read_parts(package)
        fresh.update(parts)
        if any("/worksheets/" in name and holds_formulas(part) for name, part in fresh.items()):
            (workbook,) = _related(package, "", "/officeDocument").values()
            fresh[workbook] = _CALC_PR.sub(_compute_on_opening, fresh[workbook])
        if formula_gone:
            fresh = _without_calc_chain(fresh)
        return _copy(package, fresh)


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return all parts of a package as stored, by name."""
    with ZipFile(BytesIO(data)) as package:
        return _read_parts(package)


def with_exactly(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the package with `parts` as they are given, in the old order, new ones behind."""
    with ZipFile(BytesIO(data)) as package:
        return _copy(package, parts)


def related_parts(data: bytes, kind: str) -> tuple[str, ...]:
    """Name the parts that the package itself points to, for relationship types that end in `kind`."""
    with ZipFile(BytesIO(data)) as package:
        return tuple(_related(package, "", kind).values())


def _read_parts(package: ZipFile) -> dict[str, bytes]:
    return {info.filename: _inflate(package, info) for info in package.infolist()}


def _copy(package: ZipFile, parts: Mapping[str, bytes]) -> bytes:
    copied = BytesIO()
    old = {info.filename: info for info in package.infolist() if info.filename in parts}
    with ZipFile(copied, "w", ZIP_DEFLATED) as copy:
        for name in (*old, *(name for name in parts if name not in old)):
            copy.writestr(old.get(name, ZipInfo(name)), parts[name], _compression(old.get(name)))
    return copied.getvalue()


def _compression(info: ZipInfo | None) -> int:
    return info.compress_type if info else ZIP_DEFLATED


def _related(package: ZipFile, source: str, kind: str) -> dict[str, str]:
    """Map relationship ids of a part (empty: of the package) to part names, for types that end in `kind`."""
    folder, name = dirname(source), source.rpartition("/")[2]
    relations = fromstring(_inflate(package, join(folder, "_rels", f"{name}.rels")))
    return {
        relation.attrib["Id"]: normpath(join("/", folder, relation.attrib["Target"])).lstrip("/")
        for relation in relations
        if relation.attrib["Type"].endswith(kind)
    }


def _compute_on_opening(found: re.Match[bytes]) -> bytes:
    name, attributes, end = found.groups()
    said = _FULL_CALC.search(attributes)
    if said is not None and said[1] in (b"1", b"true"):
        return found[0]
    return b"<%b%b%b%b>" % (name, _FULL_CALC.sub(b"", attributes), b' fullCalcOnLoad="1"', end)


def _without_calc_chain(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        name: _CALC_CHAIN.sub(b"", part) if name.endswith(("[Content_Types].xml", ".rels")) else part
        for name, part in parts.items()
        if not name.endswith("/calcChain.xml")
    }
