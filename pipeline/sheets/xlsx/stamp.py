"""What Convene keeps in a workbook as custom document properties; `Convene` is the stamp of the last run.

Excel and LibreOffice keep such properties when they save, and show them only to people who look for them. What
organisers keep in other properties stays. Sources: ECMA-376 part 1, 22.3 (custom properties), part 2, 9.3
(relationships) and 10.1.2 (content types).
"""

from itertools import count

from pipeline.model.sheet import Stamp
from pipeline.sheets.stamp_text import read_text, write_text
from pipeline.sheets.xlsx.elements import Element, append, parse, splice, tag
from pipeline.sheets.xlsx.escapes import escape
from pipeline.sheets.xlsx.package import UNREADABLE, XML, Package

NAME = "Convene"
"""The name of the property; its value is the ledger's id and the number of the run."""

_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_STRICT_SPACE = "http://purl.oclc.org/ooxml/officeDocument"
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of all that users define ([MS-OLEPS] 2.20)
_FIRST_ID = 2  # 0 and 1 are taken by the format (ibidem, 2.18.2)


def read_stamp(package: Package) -> Stamp | None:
    """Return the stamp of a workbook; None where there is none, or none that can be understood."""
    return read_text(read_property(package, NAME))


def read_property(package: Package, name: str) -> str:
    """Return the text of a custom property; empty where there is none, or where it is there twice."""
    try:
        roots = [parse(package.read_xml(part)) for part in _parts(package)]
    except UNREADABLE:
        return ""
    said = [_value(entry) for root in roots for entry in root.children if _is_called(entry, name)]
    return said[0] if len(said) == 1 else ""


def with_stamp(data: bytes, stamp: Stamp) -> bytes:
    """Return the workbook with `stamp` in it; all other parts and properties as they were.

    Raises what is in `package.UNREADABLE` where the file does not let that be done.
    """
    package = Package(data)
    put_property(package, NAME, write_text(stamp))
    return package.build()


def put_property(package: Package, name: str, text: str) -> None:
    """Set a custom property; all others stay."""
    there = _parts(package)
    if there:
        package.write(there[0], _with_property(package.read_xml(there[0]), name, text))
        return
    kind, space = ("customProperties", _STRICT_SPACE) if package.is_strict else ("custom-properties", _SPACE)
    names = f'xmlns="{space}/{kind}" xmlns:vt="{space}/docPropsVTypes"'
    empty = f"{XML}<Properties {names}/>".encode()
    part = package.read_xml(_PART) if package.has(_PART) else empty
    package.add("", kind, _PART, _TYPE, _with_property(part, name, text))


def _parts(package: Package) -> tuple[str, ...]:
    return tuple(
        part for kind in ("/custom-properties", "/customProperties") for part in package.related("", kind)
    )


def _is_called(entry: Element, name: str) -> bool:
    return entry.attributes.get("name", "").casefold() == name.casefold()


def _value(entry: Element) -> str:
    return "".join(child.text for child in entry.children).strip()


def _with_property(xml: bytes, name: str, text: str) -> bytes:
    """Put the property behind the others, in the place of one that was there."""
    root = parse(xml)
    ours = [entry for entry in root.children if _is_called(entry, name)]
    taken = {entry.attributes.get("pid") for entry in root.children if entry not in ours}
    number = next(number for number in count(_FIRST_ID) if str(number) not in taken)
    strict = root.space.startswith(_STRICT_SPACE)
    types = f"{_STRICT_SPACE if strict else _SPACE}/docPropsVTypes"
    names = "" if f'xmlns:vt="{types}"'.encode() in xml[: root.inner] else f' xmlns:vt="{types}"'
    said = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
    value = f"<vt:lpwstr{names}>{escape(text)}</vt:lpwstr>"
    gone = [(entry.start, entry.end, b"") for entry in ours]
    return splice(xml, [*gone, append(xml, root, tag(root.prefix, "property", said, value))])
