"""The stamp of the last run, kept in a workbook as the custom document property `Convene`.

Excel and LibreOffice keep such properties when they save, and show them only to people who look for them. What
organisers keep in other properties stays. Sources: ECMA-376 part 1, 22.3 (custom properties), part 2, 9.3
(relationships) and 10.1.2 (content types).
"""

import re
from itertools import count
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from openpyxl.xml.functions import fromstring, tostring

from pipeline.model.sheet import Stamp
from pipeline.sheets.stamp_text import read_text, write_text
from pipeline.sheets.xlsx.package import (
    UNREADABLE,
    read_part,
    read_parts,
    related_parts,
    tab_parts,
    with_exactly,
)

NAME = "Convene"
"""The name of the property; its value is the ledger's id and the number of the run."""

_USUAL_PART = "docProps/custom.xml"
_TYPES_PART, _RELATIONS_PART = "[Content_Types].xml", "_rels/.rels"
_KIND = "/custom-properties"
_RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_NAMES = (
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)
_NEW_PART = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<Properties{_NAMES}></Properties>'
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of all that users define ([MS-OLEPS] 2.20)
_FIRST_ID = 2  # 0 and 1 are taken by the format (ibidem, 2.18.2)
_PROPERTY = re.compile(rb"<((?:\w+:)?property)\b[^>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL)
_NAMED_OURS = re.compile(rb"\sname\s*=\s*[\"']convene[\"']", re.IGNORECASE)


def read_stamp(data: bytes) -> Stamp | None:
    """Return the stamp of a workbook; None where there is none, or none that can be understood."""
    try:
        parts = [fromstring(read_part(data, part)) for part in related_parts(data, _KIND)]
    except UNREADABLE:
        return None
    said = [_value(entry) for part in parts for entry in part if _is_ours(entry)]
    return read_text(said[0]) if len(said) == 1 else None


def with_stamp(data: bytes, stamp: Stamp) -> bytes:
    """Return the workbook with `stamp` in it; all other parts and properties as they were.

    Raises what is in `package.UNREADABLE` where the file does not let that be done.
    """
    old, there = read_parts(data), related_parts(data, _KIND)
    (part, *_) = (*there, _USUAL_PART)
    fresh = {**old, part: _with_property(old.get(part, b""), write_text(stamp))}
    if not there:
        fresh[_RELATIONS_PART] = _with_relation(old[_RELATIONS_PART], part)
    if f'"/{part}"'.encode() not in old[_TYPES_PART]:
        entry = f'Override PartName="/{part}" ContentType="{_CONTENT_TYPE}"'
        fresh[_TYPES_PART] = _with_last(old[_TYPES_PART], entry)
    return with_exactly(data, fresh)


def is_stamped_only(old: bytes, fresh: bytes, stamp: Stamp) -> bool:
    """Whether `fresh` is `old` with `stamp` in it: every part that holds anything else has the same bytes."""
    before, after = read_parts(old), read_parts(fresh)
    may_differ = {_RELATIONS_PART, _TYPES_PART, _USUAL_PART, *related_parts(old, _KIND)}
    differing = {name for name in before | after if before.get(name) != after.get(name)}
    return differing <= may_differ and read_stamp(fresh) == stamp and tab_parts(fresh) == tab_parts(old)


def _is_ours(entry: Element) -> bool:
    return entry.attrib.get("name", "").casefold() == NAME.casefold()


def _value(entry: Element) -> str:
    return "".join(entry.itertext()).strip()


def _with_property(xml: bytes, text: str) -> bytes:
    """Put the property behind the others, in the place of one that was there."""
    before = _others(xml)
    kept = _PROPERTY.sub(lambda found: b"" if _NAMED_OURS.search(found[0]) else found[0], xml)
    kept = kept if before else _NEW_PART.encode()
    taken = {entry.attrib["pid"] for entry in before}
    number = next(number for number in count(_FIRST_ID) if str(number) not in taken)
    names = "" if all(name.encode() in kept for name in _NAMES.split()) else _NAMES
    fresh = _with_last(
        kept,
        f'property{names} fmtid="{_FORMAT_ID}" pid="{number}" name="{NAME}"',
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr>",
    )
    if list(map(tostring, _others(fresh))) != list(map(tostring, before)):
        raise ValueError("the other properties would not stay")
    return fresh


def _others(xml: bytes) -> list[Element]:
    return [entry for entry in fromstring(xml) if not _is_ours(entry)] if xml.strip() else []


def _with_relation(xml: bytes, part: str) -> bytes:
    taken = {relation.attrib["Id"] for relation in fromstring(xml)}
    number = next(number for number in count(1) if f"rId{number}" not in taken)
    return _with_last(xml, f'Relationship Id="rId{number}" Type="{_RELATION_TYPE}" Target="{part}"')


def _with_last(xml: bytes, tag: str, content: str = "") -> bytes:
    """Add an element as the last of the outermost one, whose name space it is in."""
    at = xml.rindex(b"</")
    outer = xml[at + 2 :].decode("ascii")
    prefix = outer.rpartition(":")[0] + ":" if ":" in outer else ""
    prefix = "" if "xmlns=" in tag else prefix
    name = prefix + tag.partition(" ")[0]
    element = f"<{prefix}{tag}>{content}</{name}>" if content else f"<{prefix}{tag}/>"
    return xml[:at] + element.encode() + xml[at:]
