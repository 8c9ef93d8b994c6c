"""A letter with gaps: what all who get a message in the same form have in common is written once.

A shape is one way in which a template's text comes out: which of its optional parts are there. For each, Markdown,
layout, styles and the look at the page are done once, with gaps where one person's values go. For each letter, values
are put in, escaped as the whole way (see `render`) has them. What a shape cannot promise is left to the whole way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from html import escape

from markdown_it.tree import SyntaxTreeNode

from pipeline.messages.context import Context
from pipeline.messages.layout import OF_ONE_LETTER, lay_out, layout_values, only_shows, with_pictures
from pipeline.messages.markup import (
    TOKEN,
    WIDTH,
    HtmlPart,
    NoTarget,
    Parts,
    TextPart,
    TypedValues,
    clean,
    join_blocks,
    parse,
)
from pipeline.messages.page import body_faults, faults_of
from pipeline.messages.templates import Compiled
from pipeline.model.errors import TemplateError
from pipeline.model.frozen import dataclass
from pipeline.model.message import Picture

MOST = 64
"""How many shapes are kept: a call has some ten kinds, each with a few, in a few languages."""

# Gaps stand between characters for private use, which `clean` takes out of every value.
_BEGINS, _ENDS = "\ue000", "\ue001"
_GAP = re.compile(f"{_BEGINS}([0-9]+|link[0-9]+|{'|'.join(OF_ONE_LETTER)}){_ENDS}")
_WEB = f"https://x/{_BEGINS}link"
"""How a link begins whose target is a gap: the look at the page finds a web page there."""
_SHOWN_ATTRIBUTE = re.compile(r'\s(?:alt|aria-label|title)="[^"]*\Z')


class _Shapeless(Exception):
    """This letter has no shape: it is written the whole way."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where a value goes: `name` is its number, its link's, or what the layout calls it."""

    name: str
    in_code: bool = False
    in_attribute: bool = False

    def put(self, values: TypedValues, links: tuple[str, ...], shown: Mapping[str, str]) -> str:
        if self.name.startswith("link"):
            return _in_attribute(values.url(links[int(self.name[4:])]))
        if self.name in shown:
            return (_in_attribute if self.in_attribute else _in_text)(shown[self.name])
        text = _in_text(clean(values.raw[int(self.name)]))
        return text if self.in_code else text.replace("\n", "<br>\n")


def _in_text(value: str) -> str:
    """Escape a text as a page has it that was read and written again (HTML, 13.3)."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def _in_attribute(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("\xa0", "&nbsp;")


@dataclass(frozen=True, slots=True)
class Shape:
    """What letters of one form share. `blocks` are the lines of the text part, or what writes them with values.

    `page` is HTML with gaps, `links` the targets that have values in them, `printed` what the layout prints.
    """

    blocks: tuple[list[str] | SyntaxTreeNode, ...]
    page: tuple[str | _Gap, ...]
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    printed: Mapping[str, str]

    def fill(self, values: TypedValues, shown: Mapping[str, str]) -> Parts:
        """Put a letter's values in. Raises NoTarget where a link would lead nowhere."""
        part = TextPart(values)
        blocks = (each if isinstance(each, list) else part.lines(each, WIDTH) for each in self.blocks)
        pieces = (
            each if isinstance(each, str) else each.put(values, self.links, shown) for each in self.page
        )
        return Parts(join_blocks(blocks), "".join(pieces))


@dataclass(slots=True)
class Shapes:
    """The shapes of a call's letters, for one layout: they hold what the call says, and nothing of any person.

    `known` has them by form, each with the call that it was made for, the newest last. `only_shows` is found when it is
    asked for; no letter of a layout that does more with what is one letter's has a shape.
    """

    layout: Compiled
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    known: dict[object, tuple[object, Shape | None]] = field(default_factory=dict)
    only_shows: bool | None = None

    def find(
        self, markdown: str, values: TypedValues, context: Context, shown: Mapping[str, str]
    ) -> Shape | None:
        """Return the shape of a letter, made if it is the first of its kind; None where it has none."""
        own = tuple(values.raw[number] for number in sorted(values.own))
        key = (markdown, own, context.get("language"), tuple(map(bool, shown.values())))
        call = context.get("call")
        known = self.known.pop(key, None)
        # The same call may name other dates once some have passed: the layout may print them.
        if known is None or known[0] is not call:
            known = call, self._make(markdown, values, context, shown)
        self.known[key] = known
        if len(self.known) > MOST:
            del self.known[next(iter(self.known))]
        return known[1]

    def _make(
        self, markdown: str, values: TypedValues, context: Context, shown: Mapping[str, str]
    ) -> Shape | None:
        if self.only_shows is None:
            self.only_shows = only_shows(self.layout)
        if not self.only_shows or _BEGINS in markdown + self.layout.source:
            return None
        try:
            return self._made(markdown, values, context, shown)
        except (_Shapeless, NoTarget, TemplateError):
            return None  # the whole way says what is wrong

    def _made(self, markdown: str, values: TypedValues, context: Context, shown: Mapping[str, str]) -> Shape:
        gaps, tree = _Gaps(values.raw, values.own), parse(markdown)
        printed: dict[str, str] = {}
        body = HtmlPart(gaps).write(tree)
        marks = {name: f"{_BEGINS}{name}{_ENDS}" if text else "" for name, text in shown.items()}
        given = {**context, "reference": marks["reference"]}
        html = lay_out(self.layout, layout_values(given, marks["subject"], marks["preview"], body), printed)
        if body_faults(body) or faults_of(html):
            raise _Shapeless
        html, pictures = with_pictures(html, self.pictures)
        page = tuple(_pieces(html.replace(_WEB, f"{_BEGINS}link")))
        blocks = tuple(_block(block, values) for block in tree.children)
        return Shape(blocks, page, tuple(gaps.links), pictures, printed)


@dataclass(frozen=True, slots=True)
class _Gaps(TypedValues):
    """Values of which only the call's own are put in; where the others go, and where a link has any, is a gap."""

    links: list[str] = field(default_factory=list)

    def html(self, text: str) -> str:
        def put(found: re.Match[str]) -> str:
            number = int(found[1])
            return escape(clean(self.raw[number])) if number in self.own else f"{_BEGINS}{number}{_ENDS}"

        return TOKEN.sub(put, escape(text))

    def url(self, target: str) -> str:
        url = TypedValues.url(self, target)  # where the first letter's leads nowhere, there is no shape
        if not _gaps_in(target, self):
            return url
        self.links.append(target)
        return f"{_WEB}{len(self.links) - 1}{_ENDS}"


def _gaps_in(text: str, values: TypedValues) -> bool:
    return any(int(number) not in values.own for number in TOKEN.findall(text))


def _block(block: SyntaxTreeNode, values: TypedValues) -> list[str] | SyntaxTreeNode:
    """Write what is the same in all letters; leave the rest to be written for each."""
    texts = (text for node in block.walk() for text in (node.content, str(node.attrs.get("href", ""))))
    if any(_gaps_in(text, values) for text in texts):
        return block
    return TextPart(values).lines(block, WIDTH)


def _pieces(html: str) -> Iterator[str | _Gap]:
    """Split a page at its gaps; raise _Shapeless for one that stands where a value could do something."""
    before = ""
    for number, piece in enumerate(_GAP.split(html)):
        if number % 2:
            yield _gap(piece, before)
        else:
            before += piece
            yield piece


def _gap(name: str, before: str) -> _Gap:
    in_tag, in_comment = (before.rfind(a) > before.rfind(b) for a, b in (("<", ">"), ("<!--", "-->")))
    in_style, in_code = (before.rfind(f"<{tag}") > before.rfind(f"</{tag}>") for tag in ("style", "code"))
    is_link = name.startswith("link")
    if in_comment or in_style or (in_tag and not (is_link or _SHOWN_ATTRIBUTE.search(before))):
        raise _Shapeless
    return _Gap(name, in_code, in_tag)
