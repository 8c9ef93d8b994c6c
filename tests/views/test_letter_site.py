"""The page of letters: everything is in it, nothing is loaded, and nothing that was typed is more than text."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from html import unescape
from typing import Any

from pipeline.model.message import State
from pipeline.model.shown_letter import ShownLetter, Stand
from pipeline.running.preview_file import read_assets
from pipeline.views.letter_site import Assets, Cover, letter_site
from pipeline.views.preview import preview_cover, say_preview
from tests.planning.test_preview import APPROVING
from tests.support.build import ANA, BEFORE, CALL, NEW, SELECTION, carried_out, plan, responses

ASSETS = Assets(*read_assets())
HOSTILE = "</script><script>alert(1)</script><!-- {{ 7*7 }} &amp;"
COVER = Cover("A meeting", "2 letters.", {"en": "English"})


def letter_bytes(text: str = "Hello\nyou\n", html: str = "<p>Hello</p>\n") -> bytes:
    mime = EmailMessage(policy=SMTP)
    mime["To"], mime["Subject"] = "ana@example.org", "Nouvelles d’été"
    mime.set_content(text)
    mime.add_alternative(html, subtype="html")
    _, page = mime.iter_parts()
    assert isinstance(page, EmailMessage)
    page.add_related(b"\x89PNG", "image", "png", cid="<logo@example.org>")
    return mime.as_bytes()


ONE = ShownLetter("P-ANA222", "Ana", "ana@example.org", "invitation", "en", "", Stand.LEAVES, letter_bytes())


def data_in(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def text_of(data: dict[str, Any], letter: int, part: str) -> str:
    return "\n".join(data["lines"][number] for number in data["letters"][letter][part])


def test_every_part_of_a_letter_is_in_the_page_and_what_letters_share_is_there_once() -> None:
    sent = replace(
        ONE, stand=State.ACCEPTED, at="2023-08-02 07:00", language="fr", file="a.eml", code="ABC234"
    )
    data = data_in(letter_site(ASSETS, COVER, (ONE, sent)))
    assert data["groups"] == {"invitation en": "Invitation, English", "invitation fr": "Invitation, fr"}
    first, second = data["letters"]
    assert {key: first[key] for key in ("reference", "name", "to", "group", "subject", "stand", "why")} == {
        "reference": "P-ANA222",
        "name": "Ana",
        "to": "ana@example.org",
        "group": "invitation en",
        "subject": "Nouvelles d’été",
        "stand": "leaves with the next run",
        "why": "",
    }
    assert (second["stand"], second["file"], second["code"]) == ("sent, 2023-08-02 07:00", "a.eml", "ABC234")
    waits, early = (replace(ONE, stand=stand, code="ABC234") for stand in (Stand.WAITS, Stand.PROPOSED))
    assert [
        each["release"] for each in data_in(letter_site(ASSETS, COVER, (ONE, waits, early)))["letters"]
    ] == [
        "",
        "type “ok ABC234” under Decision, or run: convene approve P-ANA222",
        "type “ok ABC234” under Decision, or run: convene approve --early P-ANA222",
    ]
    assert (text_of(data, 0, "text"), text_of(data, 1, "html")) == ("Hello\nyou", "<p>Hello</p>")
    assert text_of(data, 0, "head").startswith("To: ana@example.org\nSubject: Nouvelles =?utf-8?")
    assert len(data["lines"]) == len(set(data["lines"]))


def test_a_picture_of_the_letter_is_shown_and_what_is_attached_is_named() -> None:
    mime = EmailMessage(policy=SMTP)
    mime.set_content("Hello")
    html = '<img src="cid:logo@example.org"><img src="cid:gone">'
    shown = replace(ONE, data=letter_bytes(html=html))
    data = data_in(letter_site(ASSETS, COVER, (shown,)))
    picture = b64encode(b"\x89PNG").decode()
    assert text_of(data, 0, "html") == f'<img src="data:image/png;base64,{picture}"><img src="cid:gone">'
    assert data["letters"][0]["attached"] == []
    mime.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="meeting.ics")
    mime.add_attachment(b"1234", "application", "pdf")
    data = data_in(letter_site(ASSETS, COVER, (replace(ONE, data=mime.as_bytes()),)))
    assert data["letters"][0]["attached"] == [
        {"name": "meeting.ics", "size": 17, "text": "BEGIN:VCALENDAR\r\n"},
        {"name": "application/pdf", "size": 4, "text": ""},
    ]
    assert text_of(data, 0, "html") == ""


def test_whatever_was_typed_is_text_in_the_page() -> None:
    shown = replace(ONE, name=HOSTILE, why=HOSTILE, data=letter_bytes(HOSTILE, f"<p>{HOSTILE}</p>"))
    cover = replace(
        COVER, title=HOSTILE, says=HOSTILE, warnings=(HOSTILE,), needs=("1:", HOSTILE), effects=HOSTILE
    )
    cover = replace(cover, release=((HOSTILE, HOSTILE),))
    page = letter_site(ASSETS, cover, (shown,))
    assert page.count("<script") == page.count("</script>") == 2
    assert "alert(1)</script>" not in page
    assert unescape(page).count(HOSTILE) == 8
    data = data_in(page)
    assert (data["letters"][0]["name"], text_of(data, 0, "text")) == (HOSTILE, HOSTILE)


def test_the_page_loads_nothing_and_runs_its_own_script_alone() -> None:
    page = letter_site(ASSETS, COVER, ())
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}';" in page
    assert re.findall(r"""(?:src|href)="(?!#)[^"]*|url\(|@import|https?:""", page) == []
    assert "There is no letter" in page


def test_the_cover_says_what_is_shown_what_speaks_against_it_and_how_it_is_released() -> None:
    history = carried_out(plan(responses(ANA), BEFORE, call=APPROVING), NEW)
    made = replace(plan(responses(ANA), SELECTION, history, APPROVING), dangers=("Too much.",))
    letter = replace(ONE, stand=Stand.WAITS)
    cover = preview_cover(CALL, made, (letter, letter, ONE), ("odd",), {}, "de")
    assert cover.says == (
        "3 letters: 1 leaves with the next run and 2 wait for approval. As of 2023-08-02 07:00 (Europe/Madrid)."
    )
    assert cover.warnings == ("A run would stop: Too much.", "odd")
    assert cover.needs[0] == "Needs a person (2), oldest first:"
    assert (cover.effects, len(cover.release)) == ("", 1)
    assert re.fullmatch(
        r"All that wait: type \w{6} beside “Alles freigeben” in the tab Convene\. Or, if nothing changed since, run",
        cover.release[0][0],
    )
    assert re.fullmatch(r"convene approve --effects [0-9a-f]{64}", cover.release[0][1])


def test_the_cover_before_selection_day_and_of_nothing() -> None:
    early = plan(responses(ANA), BEFORE, call=APPROVING)
    cover = preview_cover(CALL, early, (), (), {})
    assert [re.sub(r"\w{6}$", "CODE", line[1]) for line in cover.release] == [
        "convene approve --early --effects CODE"
    ]
    assert re.fullmatch(r"[0-9a-f]{64}", cover.effects)
    assert say_preview(()) == "0 letters."


def test_the_script_reads_the_page_that_there_is() -> None:
    asked = set(re.findall(r'at\("([a-z-]+)"\)|getElementById\("([a-z]+)"\)', ASSETS.script))
    ids = set(re.findall(r'id="([a-z-]+)"', ASSETS.frame))
    assert {name for pair in asked for name in pair if name} - ids == set()
