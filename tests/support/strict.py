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
    lines = (line for line in content.text.splitlines() if not re.fullmatch(r"[=-]{3,}", line.strip()))
    words = " ".join(re.sub(r"^(> )+", "", line) for line in lines).split()
    assert words == "".join(_Body(content.html).pieces).split()


class _Body(HTMLParser):
    """What a letter's body says; links and the items of lists are written as the text part writes them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._link, self._shown = "", ""
        self._lists: list[int] = []
        self.feed(html.partition('<div class="body"')[2].partition(">")[2].rpartition("<!--")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.pieces.append("" if tag in ("a", "strong", "em", "code") else " ")
        if tag == "a":
            self._link, self._shown = given["href"] or "", ""
        elif tag in ("ul", "ol"):
            self._lists.append(int(given.get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            number = self._lists[-1]
            self.pieces.append(f"{number}. " if number else "- ")
            self._lists[-1] += bool(number)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            plain = self._link.removeprefix("mailto:")
            self.pieces.append("" if self._shown in (plain, self._link) else f" ({plain})")
        elif tag in ("ul", "ol"):
            self._lists.pop()
        elif tag not in ("strong", "em", "code"):
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        self._shown += data
