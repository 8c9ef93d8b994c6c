"""Whatever a template says and whatever was typed: a letter to one person, with the tags and links of its template."""

from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import strategies as st

from pipeline.messages.compose import compose
from pipeline.messages.context import make_context
from pipeline.messages.reading import make_templates
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Message
from pipeline.model.settings import Sender
from tests.support.attacks import ATTACKS
from tests.support.build import CALL, SELECTION
from tests.support.rounds import try_often

LAYOUT = "<html><head><title>{{ subject }}</title></head><body>{{ preview }}{{ body }}</body></html>"
TAGS = {
    *("html", "head", "title", "body", "p", "br", "hr", "a", "em", "strong", "ul", "ol", "li", "blockquote"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "code", "pre"),
}
PIECES = (
    *("{{ applicant.name }}", "{{ applicant.answers.about }}", "{{ applicant.email }}", "{{ call.title }}"),
    *(
        "{{ reference }}",
        "{{ category }}",
        "{{ call.nothing }}",
        "{{ late }}",
        "{{ applicant }}",
        "{{",
        "}}",
        "{%",
    ),
    *("{% if late %}", "{% else %}", "{% endif %}", "{% for k, v in applicant.answers | items %}", "{{ v }}"),
    *("{% endfor %}", "{% macro m(x) %}", "{{ x }}", "{% endmacro %}", "{{ m(reference) }}", "{{ m(m) }}"),
    *(
        "{% set y = applicant.answers.about %}",
        "{{ y | upper }}",
        "{{ y.__class__ }}",
        "{{ '%s' % y }}",
        "{#",
        "#}",
    ),
    *(
        "**",
        "_",
        "`",
        "[",
        "](",
        ")",
        "https://example.org/",
        "mailto:",
        "javascript:",
        "<b>",
        "</b>",
        "<!--",
        "![x](",
    ),
    *("# ", "- ", "1. ", "> ", "    ", "\n", "\n\n", "\\\n", "---\n", "Dear ", "&amp;", "\x00", "é"),
)
TYPED = st.one_of(st.sampled_from(tuple(ATTACKS.values())), st.text(max_size=30))
WRITTEN = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12).map("".join)


class Seen(HTMLParser):
    """The tags of a page, and what their attributes could do."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.others: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.others |= {name for name, _ in attrs} - {"href", "start"}


def letter(subject: str, body: str, *typed: str) -> tuple[str, bytes]:
    """Return the HTML part and the bytes of a letter. Raises TemplateError."""
    first, family, about = typed
    source = f"---\nsubject: {subject}\npreview: {{{{ applicant.name or '' }}}}\n---\n{body}\n"
    templates = make_templates({Kind.RECEIVED: ("a.md", source)}, LAYOUT)
    person = Applicant(
        "P-ANA222", Response("k", "ana@example.org", SELECTION, {"about": about}, first, family)
    )
    said = render(templates, Kind.RECEIVED, make_context(CALL, person, category=about, late=True, held=False))
    message = Message("P-ANA222", "ana@example.org", Kind.RECEIVED, 1, said, "")
    sender = Sender("team@example.org", "The team")
    return said.html, compose(message, sender, "us@example.org", "<x@example.org>", SELECTION, "meeting")


def check(html: str, data: bytes) -> None:
    mime: Any = message_from_bytes(data, policy=policy.default)
    assert [mime.get_all(name, []) for name in ("To", "Cc", "Bcc")] == [["ana@example.org"], [], []]
    assert (mime["From"], mime.get_content_type()) == ("The team <team@example.org>", "multipart/alternative")
    assert [part.get_content_type() for part in mime.iter_parts()] == ["text/plain", "text/html"]
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    seen = Seen(html)
    assert (seen.tags - TAGS, seen.others) == (set(), set())
    assert [link for link in seen.links if not link.startswith(("https://", "http://", "mailto:"))] == []


NAME_LIKE = {"nul", "invisible", "half character", "status"}
"""Of which a short word is left, once all that is invisible is gone."""


@pytest.mark.parametrize("kind", ATTACKS)
def test_an_attack_by_an_applicant_changes_no_letter(kind: str) -> None:
    text = ATTACKS[kind]
    about = "{{ applicant.answers.about or '' }}"
    body = f"Dear {{{{ applicant.name or 'you' }}}},\n\n- {about}\n\n[us](mailto:{{{{ call.reply_to }}}})"
    html, data = letter("News", body, text, text, text)
    check(html, data)
    assert (Seen(html).links, Seen(html).tags & {"h1", "code", "blockquote"}) == (
        [f"mailto:{CALL.reply_to}"],
        set(),
    )
    assert ("Dear you," in html) is (kind not in NAME_LIKE)
    harmless, _ = letter("News", body, "", "", "fine")
    assert Seen(html).tags - {"br"} == Seen(harmless).tags


def _any_template(subject: str, body: str, first: str, family: str, about: str) -> None:
    try:
        found = letter(subject, body, first, family, about)
    except TemplateError:
        return
    check(*found)


@pytest.mark.parametrize("cases", [150, pytest.param(20_000, marks=pytest.mark.slow)])
def test_any_template_with_any_answers(cases: int) -> None:
    try_often(_any_template, WRITTEN, WRITTEN, TYPED, TYPED, TYPED, cases=cases)
