"""Notices to organisers: text and HTML say the same, and load nothing."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest

from pipeline.messages.compose import compose_notice
from pipeline.messages.notices import render_notice
from pipeline.model.notice import Notice, NoticeKind, Part
from pipeline.model.settings import Sender
from tests.support.build import LATER

PARTS = (
    Part("Needs you", ("2 people to review: P-AAAA01 (row\u00a01) and P-AAAA02", "A <b> & “c”")),
    Part("Sent", ("x",)),
)
NOTICE = Notice(
    NoticeKind.DIGEST,
    "A <meeting>",
    "2 letters sent",
    PARTS,
    "You get this.",
    "https://s.example/1",
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_text_and_html_say_the_same() -> None:
    made = render_notice(NOTICE)
    shown = unescape(re.sub(r"<title>.*?</title>|<style>.*?</style>|<[^>]*>", " ", made.html))
    said = [word for part in PARTS for line in (part.title, *part.lines) for word in words(line)]
    for text in (made.text, shown):
        assert " ".join(said) in " ".join(words(text))
        assert "You get this." in text
    assert made.subject == NOTICE.subject
    assert 'href="https://s.example/1"' in made.html
    assert "The sheet: https://s.example/1" in made.text
    assert "A &lt;b&gt; &amp; “c”" in made.html
    assert (
        '<span style="white-space:nowrap">P-AAAA01 (row\u00a01)</span>' in made.html
    )  # found as it is, in one line


def test_nothing_is_loaded_and_lines_are_short() -> None:
    made = render_notice(NOTICE)
    assert re.findall(r"<(?!!DOCTYPE|/)(\w+)", made.html) == [
        *("html", "head", "meta", "meta", "meta", "title", "body", "div", "p", "h1"),
        *("p", "a", "h2", "ul", "li", "span", "span", "li", "h2", "ul", "li", "p"),
    ]
    assert "url(" not in made.html
    assert max(map(len, made.text.splitlines())) <= 72


@pytest.mark.parametrize(("link", "shown"), [("responses.xlsx", True), ("", False)])
def test_a_file_is_named_and_no_link(link: str, shown: bool) -> None:
    made = render_notice(Notice(NoticeKind.ALERT, "s", "h", PARTS, "f", link))
    assert ("The sheet: responses.xlsx" in made.html, "The sheet: responses.xlsx" in made.text) == (
        shown,
        shown,
    )
    assert "<a " not in made.html


def test_a_notice_is_marked_as_one_and_no_letter_to_an_applicant() -> None:
    sender = Sender("team@example.org", "The team")
    data = compose_notice(
        "digest", "eva@example.org", render_notice(NOTICE), sender, "<1@example.org>", LATER
    )
    mail = message_from_bytes(data, policy=default)
    assert (mail["X-Convene-Notice"], mail["X-Convene-Ref"], mail["To"], mail["Auto-Submitted"]) == (
        "digest",
        None,
        "eva@example.org",
        "auto-generated",
    )
    assert mail["Subject"] == "2 letters sent (A <meeting>)"
    assert mail.get_content_type() == "multipart/alternative"
