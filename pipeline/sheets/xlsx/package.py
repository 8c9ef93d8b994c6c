"""A workbook file as what it is: a zip of XML parts that point to each other. Finds parts, makes copies with new ones.

What the parts mean is left to others. Sources: ECMA-376 part 2 (packages, relationships, content types) and part 1,
18.2 (workbook), 18.6 (calculation chain); the names of parts are equal whatever their case (part 2, 9.1.1.1.2).
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from pipeline.model.frozen import dataclass
from pipeline.sheets.xlsx.elements import append, as_utf8, insert, parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.zipped import replace_members

UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ExpatError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What comes of a file that is no workbook, or a damaged one: there is no common base."""

TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How every part begins."""

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY_RELATIONS = f'{XML}<Relationships xmlns="{RELATIONS}"/>'
_SIGNATURE = "/digital-signature/origin"

WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
"""The children of a workbook, in the order of the schema (CT_Workbook)."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")

LARGEST_PART = 2**28
"""Bytes of an XML part once inflated: some half as much again as 100,000 responses with 20 answers take."""

LARGEST_FILE = 2**29
"""Bytes of all parts together once inflated."""


class TooLarge(Exception):
    """A workbook is larger than any sheet of responses; says in which respect."""


def raise_if_too_large(data: bytes) -> None:
    """Raise TooLarge where the parts of a package would take too much memory; none is inflated for that."""
    sizes = [(info.filename, info.file_size) for info in ZipFile(BytesIO(data)).infolist()]
    if any(size > LARGEST_PART for name, size in sizes if name.lower().endswith((".xml", ".rels"))):
        raise TooLarge(f"a part of it has more than {LARGEST_PART // 2**20} MB")
    if sum(size for _, size in sizes) > LARGEST_FILE:
        raise TooLarge(f"unpacked it has more than {LARGEST_FILE // 2**20} MB")


def raise_if_no_room(size: int) -> None:
    """Raise TooLarge where a tab could not be read again once it has so many bytes."""
    if size > LARGEST_PART:
        raise TooLarge(f"with what Convene writes it would have more than {LARGEST_PART // 2**20} MB")


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow from a part to another: its id, the end of its type, and the name of the part it points to."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook, and those that are to be changed in a copy of it (`build`).

    Parts go by the names they have in the file. Everything may raise what is in `UNREADABLE`.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._zip = ZipFile(BytesIO(data))
        self._stored = {_folded(info.filename): info for info in self._zip.infolist()}
        self._fresh: dict[str, bytes | None] = {}

    def name(self, part: str) -> str:
        """Return the name that a part has in the file, which may spell it otherwise; `part` where there is none."""
        info = self._stored.get(_folded(part)) or self._stored.get(_folded(unquote(part)))
        return info.filename if info else part

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        name = self.name(part)
        return self._fresh[name] is not None if name in self._fresh else _folded(name) in self._stored

    def read(self, part: str) -> bytes:
        """Return a part: as it is to be, or as stored. Raises KeyError where there is none."""
        fresh = self._fresh.get(self.name(part))
        return self._inflate(self._stored[_folded(self.name(part))]) if fresh is None else fresh

    def _inflate(self, info: ZipInfo) -> bytes:
        """Return a member, never more than its size as told: a lie about that is a damaged file."""
        with self._zip.open(info) as stored:
            return stored.read(info.file_size + 1)

    def read_xml(self, part: str) -> bytes:
        """Return a part in UTF-8, whatever encoding it is stored in."""
        return as_utf8(self.read(part))

    def write(self, part: str, content: bytes) -> None:
        """Let a part be `content` in the copy."""
        self._fresh[self.name(part)] = content

    def drop(self, part: str) -> None:
        """Leave a part out of the copy."""
        self._fresh[self.name(part)] = None

    def build(self) -> bytes:
        """Return the copy: parts that were not written have the same bytes."""
        return replace_members(self.data, self._fresh) if self._fresh else self.data

    # --- which part is which ---------------------------------------------------------------------------------

    @cached_property
    def workbook(self) -> str:
        """The part that all others hang on."""
        (workbook, *_) = self.related("", "/officeDocument")
        return workbook

    @property
    def tabs(self) -> Mapping[str, str]:
        """The titles of the tabs and their parts, in their order; sheets of other kinds, and lost ones, left out."""
        parts = {
            relation.id: relation.target
            for relation in self.relations(self.workbook)
            if relation.kind.endswith("/worksheet") and self.has(relation.target)
        }
        tabs = parse(self.read_xml(self.workbook)).find("sheets", "sheet")
        return {tab.attributes["name"]: parts[tab.office("id")] for tab in tabs if tab.office("id") in parts}

    @property
    def is_strict(self) -> bool:
        """Whether it was saved as “Strict Open XML”, which has other names for all the same things."""
        return any(relation.kind.startswith(STRICT_OFFICE) for relation in self.relations(""))

    @property
    def office(self) -> str:
        """The name space of references to other parts, and how the types of such references begin."""
        return STRICT_OFFICE if self.is_strict else OFFICE

    @property
    def is_signed(self) -> bool:
        """Whether it carries a digital signature, which any change breaks."""
        return any(relation.kind.endswith(_SIGNATURE) for relation in self.relations(""))

    def relations(self, source: str) -> tuple[Relation, ...]:
        """Return what a part (empty: the package) points to inside the package."""
        part = _relations_part(source)
        return tuple(self._read_relations(source)) if self.has(part) else ()

    def _read_relations(self, source: str) -> Iterator[Relation]:
        for relation in parse(self.read_xml(_relations_part(source))).find("Relationship"):
            said = relation.attributes
            if said.get("TargetMode", "Internal") == "Internal":
                place = said["Target"].replace("\\", "/")
                target = normpath(join("/", dirname(source.replace("\\", "/")), place)).lstrip("/")
                yield Relation(said["Id"], said["Type"], self.name(target))

    def related(self, source: str, kind: str) -> tuple[str, ...]:
        """Name the parts that a part points to by relationships whose type ends in `kind`, as far as they are there."""
        found = (one.target for one in self.relations(source) if one.kind.endswith(kind))
        return tuple(part for part in found if self.has(part))

    # --- new parts -------------------------------------------------------------------------------------------

    def add(self, source: str, kind: str, part: str, content_type: str, content: bytes) -> str:
        """Add a part that `source` points to; return the id of the relationship.

        `kind` is how the type of the relationship ends; it gets the name space that the file uses.
        """
        self.write(part, content)
        self._add_type(part, content_type)
        kind = kind if ":" in kind else f"{self.office}/{kind}"
        return self._add_relation(source, kind, part)

    def remove(self, source: str, relation: Relation) -> None:
        """Take away the part that a relationship of `source` points to, and the relationship."""
        self.drop(relation.target)
        self._without(_relations_part(source), "Id", relation.id)
        self._without(TYPES, "PartName", relation.target)

    def free(self, pattern: str) -> str:
        """Return the first name of a pattern (`xl/charts/chart{}.xml`) that no part has."""
        return next(name for at in range(1, 1_000_000) if not self.has(name := pattern.format(at)))

    def _add_relation(self, source: str, kind: str, part: str) -> str:
        place = _relations_part(source)
        xml = self.read_xml(place) if self.has(place) else _EMPTY_RELATIONS.encode()
        root = parse(xml)
        taken = {relation.attributes.get("Id") for relation in root.children}
        free = next(f"rId{at}" for at in range(1, 1_000_000) if f"rId{at}" not in taken)
        fresh = tag(root.prefix, "Relationship", {"Id": free, "Type": kind, "Target": f"/{part}"})
        self.write(place, splice(xml, [append(xml, root, fresh)]))
        return free

    def _add_type(self, part: str, content_type: str) -> None:
        xml = self.read_xml(TYPES)
        root = parse(xml)
        said = {_folded(one.attributes.get("PartName", "")) for one in root.find("Override")}
        if _folded(part) not in said:
            fresh = tag(root.prefix, "Override", {"PartName": f"/{part}", "ContentType": content_type})
            self.write(TYPES, splice(xml, [append(xml, root, fresh)]))

    # --- formulas --------------------------------------------------------------------------------------------

    def have_formulas_computed(self) -> None:
        """Tell programs to compute all formulas on opening, where there are any."""
        xml = self.read_xml(self.workbook)
        root = parse(xml)
        settings = root.first("calcPr")
        if settings is not None and settings.attributes.get("fullCalcOnLoad") in ("1", "true"):
            return
        if not any(holds_formulas(self.read_xml(part)) for part in self.tabs.values()):
            return
        if settings is None:
            fresh = tag(root.prefix, "calcPr", {"fullCalcOnLoad": "1"})
            edit = insert(xml, root, WORKBOOK_ORDER, "calcPr", fresh)
        else:
            edit = with_attributes(xml, settings, {"fullCalcOnLoad": "1"})
        self.write(self.workbook, splice(xml, [edit]))

    def drop_calculation_chain(self) -> None:
        """Leave out the hint in which order to compute: it has to match the formulas exactly."""
        for relation in self.relations(self.workbook):
            if relation.kind.endswith("/calcChain"):
                self.remove(self.workbook, relation)

    def _without(self, part: str, attribute: str, value: str) -> None:
        xml = self.read_xml(part)
        gone = (
            one for one in parse(xml).children if _folded(one.attributes.get(attribute, "")) == _folded(value)
        )
        self.write(part, splice(xml, [(one.start, one.end, b"") for one in gone]))


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _relations_part(source: str) -> str:
    folder, _, name = source.replace("\\", "/").rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def tab_parts(data: bytes) -> Mapping[str, str]:
    """Map the titles of a workbook's tabs to the names of their parts, in the order of the tabs."""
    return Package(data).tabs


def read_part(data: bytes, part: str) -> bytes:
    """Return one part of a package in UTF-8."""
    return Package(data).read_xml(part)


def holds_formulas(part: bytes) -> bool:
    """Whether the part of a tab has a formula in it."""
    return _FORMULA.search(part) is not None


def with_parts(data: bytes, parts: Mapping[str, bytes], *, formula_gone: bool = False) -> bytes:
    """Return the package with some parts replaced; every other part keeps its bytes.

    Where tabs have formulas, programs are told to compute them again on opening; the calculation chain is left out
    when a formula is gone.
    """
    package = Package(data)
    for part, content in parts.items():
        package.write(part, content)
    package.have_formulas_computed()
    if formula_gone:
        package.drop_calculation_chain()
    return package.build()
