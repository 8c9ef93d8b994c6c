"""The finished HTML of a letter, looked at before it leaves: it may show things, and neither load nor run anything.

What is looked at is the result, parsed: however a template came to print it, a tag, attribute, address or style that is
not on the lists here is refused. The body alone passes through ammonia (`nh3`) as well, which must find nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from itertools import chain

SCHEMES = ("https:", "http:", "mailto:")
"""Where a link may lead."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_FRAME = _set("html head meta title style body xml o:officedocumentsettings o:allowpng o:pixelsperinch")
_SHOWN = _set(
    """
    div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr br center section article header footer main
    a span em strong b i u s small big sub sup code kbd mark del ins q cite abbr address time font wbr bdi bdo img
    table caption colgroup col thead tbody tfoot tr td th figure figcaption
    """
)
_OF_MARKDOWN = _set("a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre strong ul")

_ANYWHERE = _set(
    "class id title lang dir role style align valign width height bgcolor border cellpadding cellspacing"
)
_ATTRIBUTES = {
    "a": _set("href name target rel"),
    "img": _set("src alt"),
    "ol": _set("start type reversed"),
    "li": _set("value"),
    "td": _set("colspan rowspan headers nowrap"),
    "th": _set("colspan rowspan headers scope nowrap"),
    "col": _set("span"),
    "colgroup": _set("span"),
    "font": _set("color face size"),
    "time": _set("datetime"),
    "meta": _set("charset name content http-equiv"),
    "style": _set("type data-css-inline"),
    "html": _set("xmlns xmlns:v xmlns:o"),
}

_FUNCTION = re.compile(r"(?<![@\w-])([\w-]+)\(")
_FUNCTIONS = _set("rgb rgba hsl hsla calc min max clamp var and not or is where nth-child nth-of-type")
_RULE = re.compile(r"@\s*([\w-]*)")
_RULES = frozenset({"media", "supports"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONDITIONAL = re.compile(r"\[if[^\]]*\]>?(.*?)(?:<!\[endif\])?$", re.DOTALL | re.IGNORECASE)
_CID = re.compile(r"cid:[\w.@-]+")


@lru_cache(maxsize=32)
def faults_of(html: str) -> tuple[str, ...]:
    """Say what in a letter's HTML would load or run something, or lead nowhere; each thing once."""
    look = _Look()
    look.feed(html)
    look.close()
    return tuple(dict.fromkeys(look.faults))


@lru_cache(maxsize=32)
def body_faults(body: str) -> tuple[str, ...]:
    """Say what in a body another library would take out: nothing, as Markdown has made it."""
    import nh3  # a command that writes no letter does without

    cleaned = nh3.clean(
        body,
        tags=set(_OF_MARKDOWN),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={scheme.rstrip(":") for scheme in SCHEMES},
        link_rel=None,
        filter_style_properties=set(),
    )
    return () if _shape(cleaned) == _shape(body) else ("something in it is no plain text, link or list",)


def _shape(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    look = _Look()
    look.feed(html)
    return look.tags


class _Look(HTMLParser):
    """Walks through HTML and notes what is not on the lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        self._in_style = tag == "style"
        if tag not in _FRAME and tag not in _SHOWN:
            self.faults.append(f"“<{tag}>” would load or run something, or is no part of a letter")
            return
        self.faults += chain.from_iterable(_faults_in(tag, name, value or "") for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.faults += _style_faults(data)

    def handle_comment(self, data: str) -> None:
        # Outlook reads what stands in a conditional comment; every other program passes it over.
        if found := _CONDITIONAL.match(data.strip()):
            self.faults += faults_of(found[1])

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"“<![{data[:10]}” is no part of a letter")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"“<?{data[:10]}” is no part of a letter")


def _faults_in(tag: str, name: str, value: str) -> Iterator[str]:
    """Say what is wrong with one attribute."""
    if name not in _ANYWHERE and name not in _ATTRIBUTES.get(tag, ()) and not name.startswith("aria-"):
        yield f"“{name}” in “<{tag}>” would load or run something, or is no part of a letter"
    elif name == "href" and not value.lower().startswith((*SCHEMES, "#")):
        yield "a link leads to neither a web page (https, http) nor an e-mail address (mailto)"
    elif name == "src" and not _CID.fullmatch(value):
        yield 'a picture would be loaded from elsewhere. Show one of templates/: <img src="cid:logo.png" alt="…">'
    elif name == "style":
        yield from _style_faults(value)
    elif name == "http-equiv" and value.lower() not in (
        "content-type",
        "x-ua-compatible",
        "content-language",
    ):
        yield f"“<meta http-equiv={value}>” would do something. Take it out"


def _style_faults(css: str) -> Iterator[str]:
    """Say what in a style would load something: functions and rules are listed, escapes are refused."""
    # Taken out and read as a gap, a comment hides nothing.
    for text in (css, _COMMENT.sub("", css)):
        if "\\" in text or "<" in text:
            yield "a style has “\\” or “<” in it. Write it without"
        for name in _FUNCTION.findall(text):
            if name.lower() not in _FUNCTIONS:
                yield f"“{name}(” in a style would load something, or is not known everywhere. Take it out"
        for name in _RULE.findall(text):
            if name.lower() not in _RULES:
                yield f"“@{name}” in a style would load something. Take it out"
