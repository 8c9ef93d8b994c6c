"""Nothing that loads or runs is in a letter, however a template came to print it."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from pipeline.messages.compose import compose
from pipeline.messages.page import body_faults, faults_of
from pipeline.messages.reading import make_templates
from pipeline.messages.render import render
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Message, Picture
from pipeline.model.settings import Sender
from tests.messages.test_render import CONTEXT
from tests.support.build import SELECTION
from tests.support.shipped import FOLDER

SOURCE = "---\nsubject: Hello\n---\nHello\n"


def laid_out(bit: str) -> str:
    layout = f"<html><head><title>x</title></head><body>{bit}{{{{ body }}}}</body></html>"
    made = make_templates({Kind.RECEIVED: ("templates/received.md", SOURCE)}, layout)
    return render(made, Kind.RECEIVED, CONTEXT).html


@pytest.mark.parametrize(
    "bit",
    [
        "<img src='https://example.org/a.png'>",
        "<{##}img src='https://example.org/a.png'>",
        "<{{ 'img' }} src='https://example.org/a.png'>",
        "<{{ 'im' ~ 'g' }} src=//example.org/a.png>",
        "<IMG SRC=a>",
        "<img srcset='a 2x'>",
        "<img src=x onerror=alert(1)>",
        "<img/src=data:image/png;base64,AAAA>",
        "<script>alert(1)</script>",
        "<scr{# #}ipt src=x></script>",
        "<style data-css-inline='keep'>@im\\port 'a';</style>",
        "<style data-css-inline='keep'>@font-face { font-family: a; src: local(b) }</style>",
        "<style data-css-inline='keep'>p { background: url(b) }</style>",
        "<style>p { background: url(b) }</style>",
        "<p style='background: url(b)'>x</p>",
        "<p style='background: u\\72l(b)'>x</p>",
        "<p style='background: ur/**/l(b)'>x</p>",
        "<p style='background: image-set(\"a\" 1x)'>x</p>",
        "<p style='background: -webkit-image-set(\"a\" 1x)'>x</p>",
        "<p style='width: expression(alert(1))'>x</p>",
        "<p style='--x: url(b)'>x</p>",
        "<style data-css-inline='keep'>p { background: {{ 'url' }}(b) }</style>",
        "<table background='a.png'><tr><td>x</td></tr></table>",
        "<video poster='a.png'></video>",
        "<audio src=a></audio>",
        "<picture><source srcset=a></picture>",
        "<svg onload=alert(1)></svg>",
        "<svg><image href='a.png'/></svg>",
        "<math href='a'>x</math>",
        "<iframe src=a></iframe>",
        "<object data=a></object>",
        "<embed src=a>",
        "<base href='https://example.org/'>",
        "<form action=a><input></form>",
        "<button formaction=a>x</button>",
        "<meta http-equiv=refresh content='0; url=https://example.org'>",
        "<noscript><img src=a></noscript>",
        "<template><img src=a></template>",
        "<p onclick='x()'>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='jav&#x09;ascript:alert(1)'>x</a>",
        "<a href='{{ 'java' }}script:alert(1)'>x</a>",
        "<a href='/relative'>x</a>",
        "<a href='ftp://example.org'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='https://example.org' ping='https://example.com'>x</a>",
        "<!--[if mso]><img src='https://example.org/a.png'><![endif]-->",
        "<!--[if mso]><v:fill src='a.png' /><![endif]-->",
    ],
)
def test_what_loads_or_runs_is_refused(bit: str) -> None:
    with pytest.raises(TemplateError, match=r"^templates/layout\.html(:1)?: "):
        laid_out(bit)


@pytest.mark.parametrize(
    "bit",
    [
        "<link rel=stylesheet href='away.css'>",
        "<style>@import 'away.css';</style>",
        "<td background='away.png'>x</td>",
    ],
)
def test_what_is_taken_out_on_the_way_is_in_no_letter(bit: str) -> None:
    assert "away" not in laid_out(bit)


@pytest.mark.parametrize(
    "bit",
    [
        "<p style='color: rgb(1, 2, 3); margin: calc(1px + 2px)'>x</p>",
        "<table role='presentation' width='100%' cellpadding='0'><tr><td align='left'>x</td></tr></table>",
        "<style data-css-inline='keep'>@media (max-width: 9px) { p:not(.x) { color: red } } /* a note */</style>",
        "<a href='https://example.org/?a=b&amp;c' target='_blank'>x</a> <a href='mailto:a@example.org'>y</a>",
        "<a href='http://example.org'>x</a><a href='#top'>x</a>",
        "<!-- a note --><!--[if gte mso 9]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->",
        "<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->",
        "<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>",
    ],
)
def test_what_only_shows_is_fine(bit: str) -> None:
    assert laid_out(bit)


def test_a_fault_is_told_once_and_says_what_to_do() -> None:
    html = (
        "<a href='x:y'>a</a><a href='z'>b</a><p onclick=x style='a: url(b)'><video></video><?x?><![CDATA[x]]>"
    )
    assert faults_of(html) == (
        "a link leads to neither a web page (https, http) nor an e-mail address (mailto)",
        "“onclick” in “<p>” would load or run something, or is no part of a letter",
        "“url(” in a style would load something, or is not known everywhere. Take it out",
        "“<video>” would load or run something, or is no part of a letter",
        "“<?x?” is no part of a letter",
        "“<![CDATA[x” is no part of a letter",
    )


def test_the_shipped_layout_has_no_fault() -> None:
    made = make_templates(
        {Kind.RECEIVED: ("templates/received.md", SOURCE)}, (FOLDER / "layout.html").read_text("utf-8")
    )
    context = {**CONTEXT, "language": "en", "direction": "ltr"}
    assert faults_of(render(made, Kind.RECEIVED, context).html) == ()


LOGO = Picture("logo.png", b"\x89PNG not really" * 9)
SHOWING = "<html><head><title>x</title></head><body><img src='cid:logo.png' alt='us'>{{ body }}</body></html>"


def test_a_picture_of_the_folder_travels_with_the_letter() -> None:
    made = make_templates({Kind.RECEIVED: ("a.md", SOURCE)}, SHOWING, pictures=(LOGO,))
    said = render(made, Kind.RECEIVED, CONTEXT)
    assert (said.pictures, f'<img src="cid:{LOGO.content_id}" alt="us">' in said.html) == ((LOGO,), True)
    message = Message("P-ANA222", "ana@example.org", Kind.RECEIVED, 1, said, "")
    sender = Sender("team@example.org", "The team")
    data = compose(message, sender, "", "<x@example.org>", SELECTION, "meeting")
    mime: Any = message_from_bytes(data, policy=policy.default)
    text, related = mime.iter_parts()
    page, picture = related.iter_parts()
    assert [part.get_content_type() for part in (text, related, page, picture)] == [
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    assert (picture["Content-ID"], picture.get_content()) == (f"<{LOGO.content_id}>", LOGO.data)
    assert [part.defects for part in mime.walk()] == [[]] * 5
    assert data.isascii()


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (
            Picture("logos.png", b"x"),
            "templates/layout.html: there is no picture “logo.png” in templates/. Did you mean “logos.png”?",
        ),
        (
            Picture("logo.png", b"x" * 100_001),
            "templates/logo.png: every letter carries it. Make it smaller than 100 kB.",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(picture: Picture, said: str) -> None:
    made = make_templates({Kind.RECEIVED: ("a.md", SOURCE)}, SHOWING, pictures=(picture,))
    with pytest.raises(TemplateError) as caught:
        render(made, Kind.RECEIVED, CONTEXT)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("body", "is_right"),
    [
        ('<p>a <a href="https://example.org">b</a></p>\n<ol start="3"><li>c<br>\nd</li></ol>', True),
        ("<p>&lt;img src=x&gt; &amp; &#x27;quoted&#x27;</p>", True),
        ("<p>a<img src=x></p>", False),
        ('<p style="color: red">a</p>', False),
        ('<p><a href="javascript:x">a</a></p>', False),
    ],
)
def test_a_body_is_plain_text_links_and_lists(body: str, is_right: bool) -> None:
    assert (body_faults(body) == ()) is is_right
