import pytest

from pipeline.messages.lint import alike, look_again
from pipeline.messages.reading import parse_template
from pipeline.model.message import Kind, Rendered

TEMPLATE = parse_template("templates/a.md", "---\nsubject: News\n---\nHello\n")
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
            ["templates/a.md: a link begins with http://. Write https:// where the page has it"],
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
            ['templates/layout.html: a picture has no text for those who do not see it. Add alt="…"'],
        ),
        (
            Rendered("x", "", "é" * 60_000),
            ["templates/a.md: the letter has 120 kB. Mail programs cut it off after some 100"],
        ),
    ],
)
def test_what_is_odd_in_a_letter_is_told(said: Rendered, odd: list[str]) -> None:
    assert list(look_again(TEMPLATE, said)) == odd


def test_kinds_that_look_alike_are_told() -> None:
    subjects = {
        (Kind.INVITATION, "en"): "News",
        (Kind.INVITATION, "fr"): "Nouvelles",
        (Kind.RECEIVED, "en"): "News",
        (Kind.RECEIVED, "fr"): "Encore",
    }
    assert list(alike(subjects)) == [
        "“invitation” and “received” have the same subject (en). Let the first words differ"
    ]
