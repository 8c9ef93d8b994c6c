"""What must hold of every letter, whatever it says: every parser takes its bytes, and both parts say the same."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import html5lib

from pipeline.model.message import Rendered


def check_bytes(data: bytes, content: Rendered) -> None:
    """Check that a letter has no defect, is ASCII in lines that a server takes, and gives back what was meant."""
    mime: Any = message_from_bytes(data, policy=policy.default)
    assert [part.defects for part in mime.walk() if part.defects] == []
    assert [header.defects for header in mime.values() if header.defects] == []
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert mime["Subject"] == content.subject == " ".join(content.subject.split())
    text, html = (mime.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert [part.replace("\r\n", "\n").rstrip("\n") for part in (text, html)] == [
        content.text.rstrip("\n"),
        content.html.rstrip("\n"),
    ]


def check_html(html: str) -> None:
    """Check that a browser's parser has nothing to complain of."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert parser.errors == []


def check_parts(content: Rendered) -> None:
    """Check that text and HTML have the same links, dates, numbers, list items and other words in the same order."""
    page = _Body(content.html)
    assert _items(content.text) == page.items
    assert _words(content.text) == " ".join("".join(page.pieces).split())


def _words(text: str) -> str:
    lines = (line for line in text.splitlines() if not re.fullmatch(r"[=-]{3,}", line.strip()))
    return " ".join(" ".join(re.sub(r"^\s*(>|-|\d+\.) ", "", line) for line in lines).split())


def _items(text: str) -> list[str]:
    found = re.findall(r"^ *(?:-|\d+\.) (.*(?:\n {2,}(?!-|\d+\.).+)*)", text, re.MULTILINE)
    return [" ".join(item.split()) for item in found]


class _Body(HTMLParser):
    """The words of a letter's body, links written as the text part writes them, and its list items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.items: list[str] = []
        self._link, self._shown, self._item = "", "", -1
        self.feed(html.partition('<div class="body"')[2].partition(">")[2].rpartition("<!--")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append("" if tag in ("a", "strong", "em", "code") else " ")
        if tag == "a":
            self._link, self._shown = dict(attrs)["href"] or "", ""
        if tag == "li":
            self._item = len(self.pieces)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            plain = self._link.removeprefix("mailto:")
            self.pieces.append("" if self._shown in (plain, self._link) else f" ({plain})")
        elif tag == "li":
            self.items.append(" ".join("".join(self.pieces[self._item :]).split()))
        elif tag not in ("strong", "em", "code"):
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        self._shown += data
