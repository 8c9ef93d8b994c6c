"""One Markdown text becomes the two parts of a message: HTML, and plain text that reads as well.

Values (what applicants and organisers typed) never pass through Markdown. It sees a token, letters and digits
alone, in the place of each; the value is put in where the part is written, escaped in the HTML and as it is
in the text. So a value is shown as it was typed and can be no markup, link or heading, whatever it says.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from textwrap import wrap
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pipeline.model.frozen import dataclass
from pipeline.model.text import one_line

WIDTH = 76
"""The longest line of the text part, in characters; only a longer word (an address) makes a longer line."""

TOKEN = re.compile("qzx([0-9]+)xzq")
TOKEN_LIKE = re.compile(TOKEN.pattern, re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@?]+@[^\s@?]+", re.IGNORECASE)
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_OF_A_URL = ":/?#[]@!$&'()*+,;=%~"
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


class MarkupError(ValueError):
    """The Markdown asks for what a message cannot have.

    `faults` say what, without any value, each with a text that stands where it is.
    """

    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(what for what, _ in faults))


class NoTarget(ValueError):
    """A link leads nowhere; the text says why."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What one Markdown text becomes: `text` ends with one newline, `html` is what goes into a body."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class TypedValues:
    """The values that tokens stand for: token number `n` is `raw[n]`. Each is put in once, never twice.

    `own` are the numbers of the call's own values, which say the same to everybody.
    """

    raw: tuple[str, ...] = ()
    own: frozenset[int] = frozenset()

    def plain(self, text: str) -> str:
        """Put the cleaned values into a piece of text."""
        return TOKEN.sub(lambda found: clean(self._of(found)), text)

    def html(self, text: str) -> str:
        """Escape a piece of text and put the cleaned, escaped values into it."""
        return TOKEN.sub(lambda found: escape(clean(self._of(found))), escape(text))

    def url(self, target: str) -> str:
        """Put the values into a link's target and return a complete address.

        A value that begins the target is an address itself; any other is one piece of it and is encoded so
        that it stays one. Raises NoTarget unless the result is http, https or mailto.
        """
        safe = "@" if target.lower().startswith("mailto:") else ""

        def put(found: re.Match[str]) -> str:
            value = self._of(found)
            return _address(value.strip()) if found.start() == 0 else quote(clean(value).strip(), safe=safe)

        url = TOKEN.sub(put, target)
        if not (_WEB.match(url) or _MAIL.match(url)):
            raise NoTarget("it is neither a web page (http, https) nor an e-mail address (mailto)")
        return url

    def _of(self, found: re.Match[str]) -> str:
        return self.raw[int(found[1])]


def make_token(number: int) -> str:
    """Return the token that stands for value `number`: a word that Markdown leaves alone."""
    return f"qzx{number}xzq"


def clean(value: str) -> str:
    """Take out of a value what nobody sees: control and format characters, runs of spaces and blank lines.

    Line breaks stay, and so does one space at either end.
    """
    if value.isprintable() and "  " not in value:  # most are clean
        return value
    lines = [one_line(f"|{line}|")[1:-1] for line in value.splitlines()]
    if len(lines) > 1:  # of several lines, one with a space alone is as blank as an empty one
        lines = ["" if line == " " else line for line in lines]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


@lru_cache(maxsize=32)
def make_parts(markdown: str, values: TypedValues) -> Parts:
    """Write both parts of a message from Markdown (CommonMark, without HTML and images).

    Raises MarkupError for an image, and for a link that leads to neither a web page nor an e-mail address.
    """
    tree = parse(markdown)
    if faults := tuple(dict.fromkeys(_faults(tree, values))):
        raise MarkupError(*faults)
    text = TextPart(values)
    return Parts(join_blocks(text.lines(each, WIDTH) for each in tree.children), HtmlPart(values).write(tree))


def join_blocks(blocks: Iterable[list[str]]) -> str:
    """Make a text of the lines of its blocks, with an empty line between two of them."""
    return "\n".join(_stacked(blocks, tight=False)).strip("\n") + "\n"


@lru_cache(maxsize=64)
def parse(markdown: str) -> SyntaxTreeNode:
    """Parse a text; with tokens for values, the messages of one kind have few different texts."""
    return SyntaxTreeNode(_MARKDOWN.parse(markdown))


def _address(value: str) -> str:
    if _UNFIT.search(value):
        raise NoTarget("a value in its target has a space, a line break or an invisible character")
    return quote(value, safe=_OF_A_URL)


def _target(link: SyntaxTreeNode, values: TypedValues) -> str:
    return values.url(str(link.attrs.get("href", "")))


def _faults(tree: SyntaxTreeNode, values: TypedValues) -> Iterator[tuple[str, str]]:
    """Yield what a message cannot have, each with a text that stands where it is."""
    for node in tree.walk():
        if node.type == "image":
            yield "a message has no images: many mail programs hide them, and they tell who reads it", "!["
        if node.type == "link":
            try:
                _target(node, values)
            except NoTarget as error:
                shown = "".join(each.content for each in node.walk() if each.type in {"text", "code_inline"})
                what = f"the link “{TOKEN.sub('…', shown)}” cannot be followed: {error}"
                begins = TOKEN.split(shown)[0]
                yield what, f"[{begins}" if begins else ""


# --- the HTML part -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HtmlPart:
    """Writes the tree of a Markdown text as HTML: values escaped, links checked, no other attributes."""

    values: TypedValues

    def write(self, node: SyntaxTreeNode) -> str:
        if node.type in _EMPTY_TAGS:
            return _EMPTY_TAGS[node.type]
        if node.type in {"text", "code_inline", "code_block", "fence"}:
            return self.leaf(node)
        inner = "".join(map(self.write, node.children))
        if node.is_root or node.hidden or not node.tag:
            return inner
        end = "\n" if node.block else ""
        return f"<{node.tag}{self.attribute(node)}>{inner}</{node.tag}>{end}"

    def leaf(self, node: SyntaxTreeNode) -> str:
        text = self.values.html(node.content)
        if node.type == "text":
            return text.replace("\n", "<br>\n")
        return f"<code>{text}</code>" if node.type == "code_inline" else f"<pre><code>{text}</code></pre>\n"

    def attribute(self, node: SyntaxTreeNode) -> str:
        if node.type == "link":
            return f' href="{escape(_target(node, self.values))}"'
        return f' start="{node.attrs["start"]}"' if "start" in node.attrs else ""


_EMPTY_TAGS: Mapping[str, str] = {"hr": "<hr>\n", "hardbreak": "<br>\n", "softbreak": "\n"}


# --- the text part -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextPart:
    """Writes the tree of a Markdown text as lines that are no longer than they must be."""

    values: TypedValues

    def lines(self, block: SyntaxTreeNode, width: int) -> list[str]:
        write = _BLOCKS.get(block.type)
        return write(self, block, max(width, 20)) if write else self.paragraph(block, width)

    def stack(self, block: SyntaxTreeNode, width: int) -> list[str]:
        return _stacked((self.lines(child, width) for child in block.children), tight=_is_tight(block))

    def paragraph(self, block: SyntaxTreeNode, width: int) -> list[str]:
        text = "".join(map(self.inline, block.children))
        return [line for part in text.split("\n") for line in _wrapped(part, width)]

    def heading(self, block: SyntaxTreeNode, width: int) -> list[str]:
        lines = self.paragraph(block, width)
        underline = "=" if block.tag == "h1" else "-"
        return [*lines, underline * min(width, max(map(len, lines)))] if any(lines) else []

    def quotation(self, block: SyntaxTreeNode, width: int) -> list[str]:
        return [f"> {line}".rstrip() for line in self.stack(block, width - 2)]

    def bullets(self, block: SyntaxTreeNode, width: int) -> list[str]:
        return self.items(block, ["- "] * len(block.children), width)

    def numbers(self, block: SyntaxTreeNode, width: int) -> list[str]:
        first = int(block.attrs.get("start", 1))
        markers = [f"{first + place}. " for place in range(len(block.children))]
        widest = max(map(len, markers))
        return self.items(block, [marker.ljust(widest) for marker in markers], width)

    def items(self, block: SyntaxTreeNode, markers: list[str], width: int) -> list[str]:
        blocks = (
            _marked(self.stack(item, width - len(marker)), marker)
            for item, marker in zip(block.children, markers, strict=True)
        )
        return _stacked(blocks, tight=all(map(_is_tight, block.children)))

    def code(self, block: SyntaxTreeNode, _width: int) -> list[str]:
        text = self.values.plain(block.content).rstrip("\n")
        return [f"    {line}".rstrip() for line in text.split("\n")]

    def rule(self, _block: SyntaxTreeNode, width: int) -> list[str]:
        return ["-" * min(width, 40)]

    def inline(self, node: SyntaxTreeNode) -> str:
        """Write one piece of a line; a newline in it stays one."""
        if node.type in _BREAKS:
            return _BREAKS[node.type]
        if node.type == "link":
            return self.link(node)
        if node.children:
            return "".join(map(self.inline, node.children))
        return self.values.plain(node.content) if node.type in {"text", "code_inline"} else ""

    def link(self, node: SyntaxTreeNode) -> str:
        """Write `text (address)`, or the address alone where the text is the address."""
        text = "".join(map(self.inline, node.children))
        url = _target(node, self.values)
        shown = url[len("mailto:") :] if url.lower().startswith("mailto:") and "?" not in url else url
        return shown if text in {shown, url} else f"{text} ({shown})"


_Write = Callable[[TextPart, SyntaxTreeNode, int], list[str]]
_BLOCKS: Mapping[str, _Write] = {
    "heading": TextPart.heading,
    "blockquote": TextPart.quotation,
    "bullet_list": TextPart.bullets,
    "ordered_list": TextPart.numbers,
    "code_block": TextPart.code,
    "fence": TextPart.code,
    "hr": TextPart.rule,
}
_BREAKS: Mapping[str, str] = {"softbreak": " ", "hardbreak": "\n"}


def _wrapped(line: str, width: int) -> list[str]:
    return wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]


def _is_tight(item: SyntaxTreeNode) -> bool:
    return item.type == "list_item" and all(
        child.hidden for child in item.children if child.type == "paragraph"
    )


def _stacked(blocks: Iterable[list[str]], tight: bool) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if any(block):
            lines += ["", *block] if lines and not tight else block
    return lines


def _marked(lines: list[str], marker: str) -> list[str]:
    indent = " " * len(marker)
    return [f"{indent if place else marker}{line}".rstrip() for place, line in enumerate(lines or [""])]
