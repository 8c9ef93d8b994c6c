"""A letter made from its shape is, byte for byte, the letter that is written the whole way."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.messages.reading import Templates, make_templates
from pipeline.messages.render import render
from pipeline.messages.shapes import MOST
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Picture, Rendered
from tests.support.shipped import FOLDER
from tests.support.slow_letters import render_slowly

LAYOUT = (FOLDER / "layout.html").read_text("utf-8")
EVERYWHERE = """\
---
subject: "A place for {{ reference }}"
preview: "Until {{ a }}"
---
# {{ a }} and **{{ b }}**

Dear {{ a }}, _{{ b }}_ `{{ a }}` {{ call.title }} {{ call.title }}

> {{ b }}

- {{ a }}
- [{{ b }}](https://example.org/{{ a }}?x={{ b }}&y=1)
- [write](mailto:team@example.org?subject={{ a }})
1. {{ call.title }}

    {{ b }}

{% if link %}[{{ a }}]({{ link }}){% endif %}
"""
CALL = {"title": "Prisons & <Exit>"}


def one(source: str = EVERYWHERE, layout: str = LAYOUT, pictures: tuple[Picture, ...] = ()) -> Templates:
    return make_templates({Kind.RECEIVED: ("templates/received.md", source)}, layout, pictures=pictures)


TEMPLATES = one()


def context(**values: object) -> Mapping[str, object]:
    usual = {"reference": "P-7K3F9Q", "language": "en", "direction": "ltr", "call": CALL, "link": ""}
    return {**usual, "applicant": {}, "a": "Ana", "b": "Bo", **values}


def outcome(templates: Templates, given: Mapping[str, object], slowly: bool = False) -> Rendered | str:
    try:
        return (render_slowly if slowly else render)(templates, Kind.RECEIVED, given)
    except TemplateError as error:
        return str(error)


HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.text(st.sampled_from("a <>&\"'`*_[](){}\\\n\t#\xa0\u00ad\ue000\ue001é💩0"), min_size=1, max_size=40),
    st.sampled_from(
        ["qzx0xzq", "\ue0000\ue001", "</code>", "<!--", "-->", '"><img src=x>', "x\ny", "https://x/"]
    ),
)
LINKS = st.sampled_from(
    ["", "https://example.org/a?b=c&d='e'", "mailto:a@example.org", "javascript:x", "a b", "http:"]
)


@given(a=HOSTILE, b=HOSTILE, reference=st.sampled_from(["P-1", 'P-"<&>\xa0', "=?x?="]), link=LINKS)
@example(a="</code>\n\n# <b>", b="<!--", reference="P-1", link="https://example.org")
def test_a_letter_in_shape_is_the_letter_written_whole(a: str, b: str, reference: str, link: str) -> None:
    render(TEMPLATES, Kind.RECEIVED, context(link=link and "https://example.org"))
    given = context(a=a, b=b, reference=reference, link=link)

    assert outcome(TEMPLATES, given) == outcome(TEMPLATES, given, slowly=True)
    assert len(TEMPLATES.shapes.known) <= 2


@pytest.mark.parametrize("link", ["mailto:a@example.org", "javascript:x", "a b"])
def test_a_value_that_makes_a_link_nowhere_is_told_as_ever(link: str) -> None:
    render(TEMPLATES, Kind.RECEIVED, context(link="https://example.org"))
    given = context(link=link)

    assert outcome(TEMPLATES, given) == outcome(TEMPLATES, given, slowly=True)


def test_letters_of_one_form_share_a_shape_and_another_form_has_its_own() -> None:
    templates = one()
    for name in ("Ana", "Bo", "Zoë"):
        render(templates, Kind.RECEIVED, context(a=name))
    assert len(templates.shapes.known) == 1

    render(templates, Kind.RECEIVED, context(link="https://example.org"))
    assert len(templates.shapes.known) == 2


def test_a_layout_that_prints_another_call_now_makes_another_shape() -> None:
    templates = one("---\nsubject: a\n---\nDear {{ a }}\n", "{{ body }}<p>{{ call.title }}</p>")
    first, second = ({"title": title} for title in ("first", "second"))

    said = [render(templates, Kind.RECEIVED, context(call=call)).html for call in (first, second, first)]

    assert [("first" in html, "second" in html) for html in said] == [
        (True, False),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        "{{ body }}<p>{{ subject | upper }}</p>",
        '{{ body }}{% if subject == "a" %}<p>x</p>{% endif %}',
        "{{ body }}{% set s = reference %}{{ s }}",
        "{{ body }}<!-- {{ reference }} -->",
        '{{ body }}<p lang="{{ reference }}"></p>',
        '{{ body }}<p style="color: {{ reference }}"></p>',
        "<style>p { font-family: {{ reference }} }</style>{{ body }}",
        "{{ body }}\ue000",
        '{{ body }}<img src="https://example.org/x.png">',
        '{{ body }}<img src="cid:none.png" alt="">',
        "{{ body }}{{ nothing }}",
    ],
)
def test_a_layout_that_does_more_than_show_is_filled_in_for_each_letter(layout: str) -> None:
    templates = one("---\nsubject: a\n---\nDear {{ a }}\n", layout)

    for name in ("Ana", "Bo"):
        given = context(a=name)
        assert outcome(templates, given) == outcome(templates, given, slowly=True)
    assert all(shape is None for _, shape in templates.shapes.known.values())


@pytest.mark.parametrize(
    ("source", "layout"),
    [
        (
            "---\nsubject: a\npreview: '{{ a }}'\n---\n{{ a }}\n",
            '<p title="{{ preview }}">{{ body }}</p>{{ reference }}',
        ),
        ("---\nsubject: a\n---\n{{ a }}\n", '{{ body }}<img src="cid:logo.png" alt="{{ subject }}">'),
    ],
)
def test_what_a_layout_only_shows_has_a_shape(source: str, layout: str) -> None:
    templates = one(source, layout, (Picture("logo.png", b"\x89PNG"),))

    for name in ("Ana", 'B"o <i>'):
        given = context(a=name)
        assert outcome(templates, given) == outcome(templates, given, slowly=True)
    assert [shape is None for _, shape in templates.shapes.known.values()] == [False]


def test_only_so_many_shapes_are_kept_and_none_holds_a_persons_value() -> None:
    templates = one()
    for number in range(MOST + 5):
        source = f"---\nsubject: a\n---\n{'x ' * number}{{{{ a }}}}\n"
        other = replace(one(source))
        object.__setattr__(other, "shapes", templates.shapes)
        render(other, Kind.RECEIVED, context(a="Somebody"))

    assert len(templates.shapes.known) == MOST
    assert "Somebody" not in repr(templates.shapes)
