"""Text that is hard to read: letters whose colour is too like what is behind them, on light screens and on dark ones.

Measured as WCAG 2.2 has it (1.4.3, level AA): 4.5 : 1, and 3 : 1 for large text. Colours are read as `#…`, `rgb(…)` and
by their sixteen basic names; text in another colour, or on one, is not judged.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from css_inline import CSSInliner

from pipeline.model.frozen import dataclass

Rgb = tuple[int, int, int]

_NAMES = {
    "black": "000000",
    "silver": "c0c0c0",
    "gray": "808080",
    "white": "ffffff",
    "maroon": "800000",
    "red": "ff0000",
    "purple": "800080",
    "fuchsia": "ff00ff",
    "green": "008000",
    "lime": "00ff00",
    "olive": "808000",
    "yellow": "ffff00",
    "navy": "000080",
    "blue": "0000ff",
    "teal": "008080",
    "aqua": "00ffff",
}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)")
_SIZE = re.compile(r"([\d.]+)(px|pt|em|rem|%)")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme\s*:\s*dark[^{]*\{")
_KEPT = re.compile(r'\s*data-css-inline="keep"')
_SCHEMES = re.compile(r'<meta name="color-scheme" content="[^"]*dark')
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SILENT = frozenset({"head", "title", "style", "script"})
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "small": 0.83}
_INLINER = CSSInliner(load_remote_stylesheets=False)
ENOUGH, ENOUGH_LARGE = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class Faint:
    """Text that stands out too little: its colour and the one behind it as they are written, and by how much."""

    text: str
    ground: str
    ratio: float
    screens: str


@dataclass(frozen=True, slots=True)
class _Look:
    """How text at a place looks; sizes in pixels."""

    text: str
    ground: str
    size: float = 16.0
    bold: bool = False
    hidden: bool = False

    @property
    def is_large(self) -> bool:
        return self.size >= 24 or (self.bold and self.size >= 18.66)


def find_faint(html: str) -> tuple[Faint, ...]:
    """Return the pairs of colours in a letter's HTML that are too alike, each once."""
    looks = [("light", _Page(_applied(html), _Look("#000000", "#ffffff"), "#0000ee"))]
    if _SCHEMES.search(html):
        looks.append(("dark", _Page(_applied(_in_the_dark(html)), _Look("#ffffff", "#121212"), "#9e9eff")))
    found = (
        Faint(text, ground, ratio, screens)
        for screens, page in looks
        for text, ground, is_large in page.shown
        if (ratio := _contrast(text, ground)) < (ENOUGH_LARGE if is_large else ENOUGH)
    )
    return tuple(dict.fromkeys(found))


def _applied(html: str) -> str:
    """Put every rule onto the elements that it is for."""
    return _INLINER.inline(_KEPT.sub("", html))


def _in_the_dark(html: str) -> str:
    """Take the rules for dark screens out of their condition."""
    while found := _DARK.search(html):
        at, depth = found.end(), 1
        while depth and at < len(html):
            depth += {"{": 1, "}": -1}.get(html[at], 0)
            at += 1
        html = f"{html[: found.start()]}{html[found.end() : at - 1]}{html[at:]}"
    return html


class _Page(HTMLParser):
    """Walks through a page and notes in which colours its text is shown."""

    def __init__(self, html: str, look: _Look, link: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: dict[tuple[str, str, bool], None] = {}
        self._looks, self._link = [look], link
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY:
            given = {name: value or "" for name, value in attrs}
            self._looks.append(_dressed(self._looks[-1], tag, given, self._link))

    def handle_endtag(self, _tag: str) -> None:
        self._looks.pop()  # a page that went through the inliner is well-formed

    def handle_data(self, data: str) -> None:
        look = self._looks[-1]
        if data.strip() and not look.hidden:
            self.shown[look.text, look.ground, look.is_large] = None


def _dressed(look: _Look, tag: str, given: dict[str, str], link: str) -> _Look:
    style = dict(_declared(given.get("style", "")))
    if tag == "a" and "href" in given:
        look = replace(look, text=link)
    ground = style.get("background-color") or style.get("background") or given.get("bgcolor", "")
    return replace(
        look,
        text=style.get("color") or given.get("color") or look.text,
        ground=look.ground if ground in ("", "transparent", "none", "inherit") else ground,
        size=_sized(style.get("font-size", ""), look.size * _HEADINGS.get(tag, 1.0), look.size),
        bold=_is_bold(style.get("font-weight", ""), look.bold or tag in _BOLD),
        hidden=look.hidden or tag in _SILENT or style.get("display") == "none",
    )


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip().lower(), value.lower().replace("!important", "").strip()


def _sized(said: str, usual: float, around: float) -> float:
    found = _SIZE.fullmatch(said)
    if not found:
        return usual
    number, unit = float(found[1]), found[2]
    return number * {"px": 1.0, "pt": 4 / 3, "em": around, "rem": 16.0, "%": around / 100}[unit]


def _is_bold(said: str, usual: bool) -> bool:
    if said.isdigit():
        return int(said) >= 600
    return {"bold": True, "normal": False}.get(said, usual)


def _rgb(colour: str) -> Rgb | None:
    named = f"#{_NAMES[colour]}" if colour in _NAMES else colour
    if found := _HEX.fullmatch(named):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := _RGB.fullmatch(named):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _contrast(one: str, other: str) -> float:
    """Return how far two colours are apart (WCAG 2.2, contrast ratio); far enough where one is not known."""
    colours = [_rgb(one), _rgb(other)]
    lights = sorted(_light(colour) for colour in colours if colour)
    return (lights[-1] + 0.05) / (lights[0] + 0.05) if len(lights) == 2 else 21.0


def _light(colour: Rgb) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
