import pytest

from pipeline.messages.lint import alike, look_again, look_at_colours
from pipeline.messages.reading import make_templates
from pipeline.model.message import Kind, Rendered

SOURCE = "---\nsubject: News\n---\nHello\n\nSee [us](http://example.org).\n"
LAYOUT = "<html>\n<body>\n<img src='cid:x'>\n<p style='color: #777777'>us</p>\n{{ body }}</body></html>"
TEMPLATES = make_templates({Kind.RECEIVED: ("templates/a.md", SOURCE)}, LAYOUT)
TEMPLATE = TEMPLATES.template(Kind.RECEIVED)
RIGHT = Rendered(
    "News",
    "See https://example.org/?a=b&c or a@example.org\n",
    '<a href="https://example.org/?a=b&amp;c">x</a><a href="mailto:a@example.org?subject=x">y</a><a href="#top">z</a>'
    '<img src="cid:x" alt="us">',
)


@pytest.mark.parametrize(
    ("said", "odd"),
    [
        (RIGHT, []),
        (
            Rendered("x" * 101, "", ""),
            ["templates/a.md:2: the subject has 101 characters. Mail programs show the first 40 to 70"],
        ),
        (
            Rendered("x", "See http://example.org", '<a class="b" href="http://example.org">x</a>' * 2),
            ["templates/a.md:6: a link begins with http://. Write https:// where the page has it"],
        ),
        (
            Rendered("x", "Hello", '<a href="https://example.org">x</a>'),
            [
                "templates/layout.html: a link of the HTML part is not in the text part. "
                "Put it into the templates"
            ],
        ),
        (
            Rendered("x", "", '<img src="cid:x">'),
            ['templates/layout.html:3: a picture has no text for those who do not see it. Add alt="…"'],
        ),
        (
            Rendered("x", "", f"<style>{'p' * 8193}</style>"),
            ["templates/layout.html: styles that stay have over 8 kB. Gmail takes all of them out then"],
        ),
        (
            Rendered("x", "", "é" * 60_000),
            ["templates/a.md: the letter has 120 kB. Mail programs cut it off after some 100"],
        ),
    ],
)
def test_what_is_odd_in_a_letter_is_told(said: Rendered, odd: list[str]) -> None:
    assert list(look_again(TEMPLATES, TEMPLATE, said)) == odd


def test_kinds_that_look_alike_are_told() -> None:
    subjects = {
        (Kind.INVITATION, "en"): ("News", "templates/a.md:2"),
        (Kind.INVITATION, "fr"): ("Nouvelles", "templates/a.fr.md:2"),
        (Kind.RECEIVED, "en"): ("News", "templates/b.md:3"),
        (Kind.RECEIVED, "fr"): ("Encore", "templates/b.fr.md:2"),
    }
    assert list(alike(subjects)) == [
        "templates/b.md:3: “invitation” and “received” have the same subject (en). Let the first words differ"
    ]


def test_what_is_hard_to_read_is_told_with_its_line() -> None:
    said = Rendered("x", "", '<p style="color: #777777">grey</p>')
    assert list(look_at_colours(TEMPLATES, RIGHT)) == []
    assert list(look_at_colours(TEMPLATES, said)) == [
        "templates/layout.html:4: on light screens, text in #777777 on #ffffff has a contrast of 4.4 : 1. "
        "Make it 4.5 : 1 (WCAG AA)"
    ]
