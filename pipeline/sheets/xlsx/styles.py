"""The looks of cells in a workbook: new ones are put behind those that are there, which keep their numbers.

Source: ECMA-376 part 1, 18.8.39 (styleSheet), 18.8.45 (xf), 18.8.22 (font), 18.8.21 (fill), 18.8.14 (dxf).
"""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.model.frozen import dataclass
from pipeline.sheets.xlsx.elements import Edit, Element, append, insert, parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.package import MAIN, XML, Package

ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
    "colors", "extLst",
)  # fmt: skip
"""The children of a style sheet, in the order of the schema (CT_Stylesheet)."""

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
GENERAL = "0"
"""The number of the format that shows a number plainly."""

FIRST_OWN_FORMAT = 164
"""Numbers below are of formats that every program knows."""

_PLAIN = {"numFmtId": GENERAL, "fontId": "0", "fillId": "0", "borderId": "0", "xfId": "0"}
_NORMAL = (
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
_SIDES = ("left", "right", "top", "bottom", "diagonal")
_FONT_KEPT = ("sz", "name", "family", "charset", "scheme")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a style of cells says; `rest` is what other programs added to it."""

    said: Mapping[str, str]
    alignment: Mapping[str, str]
    protection: Mapping[str, str]
    rest: str = ""

    @property
    def is_locked(self) -> bool:
        """Whether a cell that looks so is locked where its tab is protected."""
        return self.protection.get("locked", "1") not in ("0", "false")

    def unlocked(self) -> "CellStyle":
        """Let people type in it also where the tab is protected."""
        if not self.is_locked:
            return self
        said = {**self.said, "applyProtection": "1"}
        return replace(self, said=said, protection={**self.protection, "locked": "0"})

    def wrapped(self) -> "CellStyle":
        """Let a long text go on in a new line."""
        return self._aligned({"wrapText": "1"})

    def on_top(self) -> "CellStyle":
        """Let texts begin where the longest one in the row begins."""
        return self._aligned({"vertical": "top"})

    def leftwards(self) -> "CellStyle":
        """Let numbers begin where texts do, under their heading."""
        return self._aligned({"horizontal": "left"})

    def _aligned(self, wanted: Mapping[str, str]) -> "CellStyle":
        alignment = {**self.alignment, **wanted}
        if self.alignment.get("wrapText") == "true":
            alignment["wrapText"] = "true"
        if alignment == self.alignment:
            return self
        return replace(self, said={**self.said, "applyAlignment": "1"}, alignment=alignment)

    def formatted(self, number: str) -> "CellStyle":
        """Show numbers in the number format `number`."""
        if self.said.get("numFmtId", GENERAL) == number:
            return self
        return replace(self, said={**self.said, "numFmtId": number, "applyNumberFormat": "1"})


@dataclass(frozen=True, slots=True)
class Dress:
    """How cells of Convene's own look, in the workbook's own font; sizes in points, colours in six digits.

    `is_open`: people can type in it also where the tab is protected.
    """

    is_bold: bool = False
    is_underlined: bool = False
    is_wrapped: bool = False
    is_open: bool = False
    is_left: bool = False
    size: float = 0.0
    colour: str = ""
    fill: str = ""
    edge: str = ""


class Styles:
    """The style sheet of a workbook, read once, and what is to be added to it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = package.related(package.workbook, "/styles")
        empty = f'{XML}<styleSheet xmlns="{MAIN}">{_NORMAL}</styleSheet>'
        self._xml = package.read_xml(self._parts[0]) if self._parts else empty.encode()
        self._root = parse(self._xml)
        if self._root.is_empty:
            self._xml = splice(self._xml, [append(self._xml, self._root, "\n")])
            self._root = parse(self._xml)
        self._there = {name: self._children(name) for name in ORDER}
        self._fresh: dict[str, list[str]] = {}
        self._is_changed = not self._parts
        self._put_defaults()

    def look(self, style: str) -> CellStyle:
        """Return what the style of that number says; number 0 where there is none."""
        styles = self._there["cellXfs"]
        number = int(style) if style.isdecimal() and len(style) < 10 else 0
        if not styles:
            return CellStyle(_PLAIN, {}, {})
        found = styles[number if number < len(styles) else 0]
        said = {key: value for key, value in found.attributes.items() if "}" not in key}
        inner = {child.name: child for child in found.children if child.space == found.space}
        alignment, protection, more = (inner.get(name) for name in ("alignment", "protection", "extLst"))
        return CellStyle(
            said,
            alignment.attributes if alignment else {},
            protection.attributes if protection else {},
            self._xml[more.start : more.end].decode() if more else "",
        )

    def number(self, look: CellStyle, like: str = "") -> str:
        """Return the number of a look; `like` where that looks so already (empty: a cell without a style)."""
        if look == self.look(like):
            return like
        pieces = (
            self._tag(name, said)
            for name, said in (("alignment", look.alignment), ("protection", look.protection))
            if said
        )
        return str(self._add("cellXfs", self._tag("xf", look.said, "".join(pieces) + look.rest)))

    def dressed(self, dress: Dress) -> str:
        """Return the number of the style of cells of Convene's own."""
        said = {**_PLAIN, "fontId": str(self._font(dress)), "applyFont": "1"}
        if dress.fill:
            fill = self._tag("fill", {}, self._solid("fgColor", dress.fill))
            said |= {"fillId": str(self._add("fills", fill)), "applyFill": "1"}
        if dress.edge:
            said |= {"borderId": str(self._add("borders", self._edges(dress.edge))), "applyBorder": "1"}
        look = CellStyle(said, {}, {}).on_top()
        look = look.wrapped() if dress.is_wrapped else look
        look = look.leftwards() if dress.is_left else look
        return self.number(look.unlocked() if dress.is_open else look)

    def _font(self, dress: Dress) -> int:
        own = self._there["fonts"][:1]
        kept = {one.name: one.attributes for font in own for one in font.children if one.name in _FONT_KEPT}
        kept = kept if own else {"sz": {"val": "11"}, "name": {"val": "Calibri"}}
        kept |= {"sz": {"val": f"{dress.size:g}"}} if dress.size else {}
        wanted = {"b": dress.is_bold, "u": dress.is_underlined}
        said: dict[str, Mapping[str, str]] = {name: {} for name, is_wanted in wanted.items() if is_wanted}
        said["sz"] = kept.pop("sz", {})
        said |= {"color": {"rgb": f"FF{dress.colour}"}} if dress.colour else {}
        pieces = (self._tag(name, value) for name, value in (said | kept).items() if value or name in wanted)
        return self._add("fonts", self._tag("font", {}, "".join(pieces)))

    def _edges(self, colour: str) -> str:
        line = self._tag("color", {"rgb": f"FF{colour}"})
        drawn = (self._tag(side, {"style": "thin"}, line) for side in _SIDES[:4])
        return self._tag("border", {}, "".join((*drawn, self._tag(_SIDES[4], {}))))

    def number_format(self, code: str) -> str:
        """Return the number of a number format."""
        known = [int(one.attributes.get("numFmtId", "0")) for one in self._there["numFmts"]]
        number = str(max((FIRST_OWN_FORMAT - 1, *known)) + 1 + len(self._fresh.get("numFmts", ())))
        self._add("numFmts", self._tag("numFmt", {"numFmtId": number, "formatCode": code}))
        return number

    def fill_of_rule(self, colour: str) -> str:
        """Return the number of the look that a conditional format gives: a fill."""
        return str(
            self._add("dxfs", self._tag("dxf", {}, self._tag("fill", {}, self._solid("bgColor", colour))))
        )

    def save(self) -> None:
        """Put what was added into the package; nothing where nothing was."""
        if not self._is_changed:
            return
        xml = splice(self._xml, [self._edit(name) for name in ORDER if name in self._fresh])
        if self._parts:
            self._package.write(self._parts[0], xml)
        else:
            self._package.add(self._package.workbook, "styles", "xl/styles.xml", CONTENT_TYPE, xml)

    def _tag(self, name: str, said: Mapping[str, str], inner: str = "") -> str:
        return tag(self._root.prefix, name, said, inner)

    def _solid(self, which: str, colour: str) -> str:
        return self._tag("patternFill", {"patternType": "solid"}, self._tag(which, {"rgb": f"FF{colour}"}))

    def _children(self, name: str) -> list[Element]:
        found = self._root.first(name)
        return [child for child in found.children if child.space == found.space] if found else []

    def _put_defaults(self) -> None:
        """Put first what every file begins with where it is missing: cells without a style have number 0."""
        kinds = ({"patternType": kind} for kind in ("none", "gray125"))
        font = self._tag("sz", {"val": "11"}) + self._tag("name", {"val": "Calibri"})
        defaults = {
            "fonts": [self._tag("font", {}, font)],
            "fills": [self._tag("fill", {}, self._tag("patternFill", kind)) for kind in kinds],
            "borders": [self._tag("border", {}, "".join(self._tag(side, {}) for side in _SIDES))],
            "cellXfs": [self._tag("xf", _PLAIN)],
        }
        lacking = {name: wanted[len(self._there[name]) :] for name, wanted in defaults.items()}
        self._fresh = {name: elements for name, elements in lacking.items() if elements}

    def _add(self, name: str, element: str) -> int:
        there, wanted = self._there[name], element.encode()
        known = (at for at, one in enumerate(there) if self._xml[one.start : one.end] == wanted)
        if (at := next(known, None)) is not None:
            return at
        self._is_changed = True
        fresh = self._fresh.setdefault(name, [])
        if element not in fresh:
            fresh.append(element)
        return len(there) + fresh.index(element)

    def _edit(self, name: str) -> Edit:
        fresh = "".join(self._fresh[name])
        count = {"count": str(len(self._there[name]) + len(self._fresh[name]))}
        found = self._root.first(name)
        if found is None:
            return insert(self._xml, self._root, ORDER, name, self._tag(name, count, fresh))
        return with_attributes(self._xml, found, count, fresh)
