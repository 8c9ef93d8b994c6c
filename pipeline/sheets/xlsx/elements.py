"""XML as elements that know where they stand in it, so that one can be changed and every other byte stays.

What is changed is spelt as edits: bytes that take the place of others. Names are told by name space and not by prefix:
every program has prefixes of its own. Sources: XML 1.0, Namespaces in XML 1.0; ECMA-376 part 3 (markup compatibility).
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from pipeline.sheets.xlsx.escapes import quoteattr

Edit: TypeAlias = tuple[int, int, bytes]
"""From which byte to which, and what takes the place of what is there."""

_DECLARATION = re.compile(rb"(<\?xml[^>]*?encoding\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
START_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*+>")
_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ALTERNATIVES = frozenset({"AlternateContent", "Choice", "Fallback"})


@dataclass(slots=True)
class Element:
    """One element: its name, where its bytes `start` and `end`, and where its content does (`inner`, `stop`).

    Attributes in a name space of their own go under `{space}name`. `text` is what stands in it directly.
    """

    space: str
    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    stop: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it is written as one tag: `<a/>`."""
        return self.inner == self.end

    def find(self, *names: str) -> Iterator["Element"]:
        """Yield the elements at a path of names below this one, all in its own name space."""
        if not names:
            yield self
            return
        for child in self.children:
            if child.name == names[0] and child.space == self.space:
                yield from child.find(*names[1:])

    def first(self, *names: str) -> "Element | None":
        """Return the first element at a path of names."""
        return next(self.find(*names), None)

    def office(self, name: str) -> str:
        """Return an attribute that points to a relationship (`r:id`), whichever edition of the standard it is of."""
        found = (value for key, value in self.attributes.items() if key.endswith(f"/relationships}}{name}"))
        return next(found, "")


def as_utf8(xml: bytes) -> bytes:
    """Return XML in UTF-8, spelt as it was. Raises ValueError for an encoding that nobody knows."""
    encoding = _encoding_of(xml)
    if codecs.lookup(encoding).name in ("utf-8", "ascii"):
        return xml
    return _DECLARATION.sub(rb'\1"UTF-8"', xml.decode(encoding).encode(), count=1)


def _encoding_of(xml: bytes) -> str:
    if xml[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "UTF-16"
    if xml[:2] in (b"<\0", b"\0<"):
        return "UTF-16-LE" if xml[:1] == b"<" else "UTF-16-BE"
    found = _ENCODING.match(xml)
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else "UTF-8"
    except LookupError as error:
        raise ValueError("an encoding that nobody knows") from error


def parse(xml: bytes) -> Element:
    """Return the outermost element of XML in UTF-8. Raises ExpatError, and ValueError for a document type."""
    reader = _Reader(xml)
    reader.parser.Parse(xml, True)
    del reader.parser  # it holds the reader, and with it the XML
    return reader.root


class _Reader:
    def __init__(self, xml: bytes) -> None:
        self.root = Element("", "", "", {}, 0, 0)
        self._xml, self._open = xml, [self.root]
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add

    def _start(self, said: str, attributes: dict[str, str]) -> None:
        space, name, prefix = _names(said)
        at = self.parser.CurrentByteIndex
        tag = START_TAG.match(self._xml, at)
        inner = tag.end() if tag else at
        named = {_attribute(key): value for key, value in attributes.items()}
        element = Element(space, name, prefix, named, at, inner)
        if len(self._open) == 1:
            self.root = element
        else:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if self._xml[element.inner - 2 : element.inner] == b"/>":
            element.stop = element.end = element.inner
        else:
            element.stop = self.parser.CurrentByteIndex
            element.end = self._xml.index(b">", element.stop) + 1

    def _add(self, text: str) -> None:
        self._open[-1].text += text


def prove_well_formed(xml: bytes) -> None:
    """Raise ExpatError for what is no XML, and ValueError for a document type."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.Parse(xml, True)


def refuse_document_type(*_: object) -> None:
    """Stop a parser where a document type begins: no workbook has one, and its entities can grow without end."""
    raise ValueError("a workbook declares no document type")


def _names(said: str) -> tuple[str, str, str]:
    parts = said.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


def _attribute(said: str) -> str:
    space, name, _ = _names(said)
    return f"{{{space}}}{name}" if space else name


# --- edits ---------------------------------------------------------------------------------------------------


def splice(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return XML with edits made; of two at the same byte the first stands before the second."""
    pieces, at = [], 0
    for start, end, fresh in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[at:start], fresh]
        at = end
    return b"".join((*pieces, xml[at:]))


def tag(prefix: str, name: str, attributes: Mapping[str, str], inner: str = "") -> str:
    """Write an element; `inner` is XML."""
    said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    full = f"{prefix}:{name}" if prefix else name
    return f"<{full}{said}>{inner}</{full}>" if inner else f"<{full}{said}/>"


def rewritten(xml: bytes, element: Element, values: Mapping[str, str], inner: bytes) -> Edit:
    """Return the edit that gives an element other content, and sets attributes (without a prefix) of it."""
    opened = start_tag(xml, element.start, values)
    name = f"{element.prefix}:{element.name}" if element.prefix else element.name
    return element.start, element.end, opened + (b">" + inner + f"</{name}>".encode() if inner else b"/>")


def start_tag(xml: bytes, start: int, values: Mapping[str, str]) -> bytes:
    """Return the tag that begins at byte `start`, with attributes (without a prefix) set, up to its closing sign."""
    tag_there = START_TAG.match(xml, start)
    end = tag_there.end() if tag_there else start
    name = _NAME.match(xml, start)
    at = name.end() if name else start
    kept = (found[0] for found in _ATTRIBUTE.finditer(xml, at, end) if found[1].decode() not in values)
    said = "".join(f" {key}={quoteattr(value)}" for key, value in values.items())
    return xml[start:at] + b"".join(kept) + said.encode()


def with_attributes(xml: bytes, element: Element, values: Mapping[str, str], fresh: str = "") -> Edit:
    """Return the edit that sets attributes of an element, and puts `fresh` behind its content."""
    return rewritten(xml, element, values, xml[element.inner : element.stop] + fresh.encode())


def append(xml: bytes, element: Element, fresh: str) -> Edit:
    """Return the edit that puts XML behind all that stands in an element."""
    if element.is_empty:
        return with_attributes(xml, element, {}, fresh)
    return element.stop, element.stop, fresh.encode()


def insert(xml: bytes, parent: Element, order: Sequence[str], name: str, fresh: str) -> Edit:
    """Return the edit that puts an element `name` in its place among the children of `parent`.

    `order` is the sequence of the schema; what is not in it stays where it is.
    """
    later = frozenset(order[order.index(name) + 1 :])
    for child in parent.children:
        if _stands_for(child) & later:
            return child.start, child.start, fresh.encode()
    return append(xml, parent, fresh)


def _stands_for(element: Element) -> frozenset[str]:
    """Name what an element is; alternatives stand for what they hold."""
    if element.name not in _ALTERNATIVES:
        return frozenset({element.name})
    return frozenset().union(*map(_stands_for, element.children))
