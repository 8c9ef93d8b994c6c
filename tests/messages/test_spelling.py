"""Misspelt names are told all at once, with file, line and the nearest; what may be missing is not among them."""

import pytest

from pipeline.messages.lint import never_says
from pipeline.messages.reading import make_templates
from pipeline.messages.spelling import names_used, unknown_names
from pipeline.model.message import Kind

CONTEXT = {
    "applicant": {"name": "Ana", "answers": {"work": "x"}},
    "call": {"title": "A meeting", "facts": {"place": "Here"}},
    "changes": ({"now": "1"},),
    "reference": "P-ANA222",
}
LISTS = "(docs/templates.md lists them)."
ADD = "Correct the name, or add the value to config/call.yaml."


def unknown(body: str, subject: str = "News", pieces: dict[str, str] | None = None) -> list[str]:
    source = f"---\nsubject: {subject}\n---\n{body}\n"
    made = make_templates({Kind.RECEIVED: ("a.md", source)}, "<html>{{ body }}</html>", pieces=pieces)
    return list(unknown_names(made.template(Kind.RECEIVED), CONTEXT))


def test_all_misspelt_names_are_told_with_line_and_nearest() -> None:
    body = (
        "{{ aplicant.name }} {{ call.titel }} {{ call.title }}\n"
        "{% if false %}{{ call.fact.place }}{% endif %}\n"
        "{{ call.facts.plaice }} {{ call['facts']['plaice'] }} {{ whatever }}\n"
        "{{ reference.day }} {% include 'end.md' %}"
    )
    assert unknown(
        body, "{{ call.title }} {{ rference }}", {"end.md": "{{ call.titel }}\n{{ refrence }}"}
    ) == [
        f"a.md:2: 'rference' is undefined. Did you mean “reference”? {LISTS}",
        f"a.md:4: 'aplicant' is undefined. Did you mean “applicant”? {LISTS}",
        "a.md:4: nothing is called “titel” there. Did you mean “title”?",
        "a.md:5: nothing is called “fact” there. Did you mean “facts”?",
        f"a.md:6: 'whatever' is undefined. Correct the name {LISTS}",
        "a.md:6: nothing is called “plaice” there. Did you mean “place”?",
        f"a.md:7: nothing is called “day” there. {ADD}",
        "templates/end.md:1: nothing is called “titel” there. Did you mean “title”?",
        f"templates/end.md:2: 'refrence' is undefined. Did you mean “reference”? {LISTS}",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{% set day = call.title %}{{ day }}{{ day.what.ever }}",
        "{% for each in changes %}{{ each.nwo }}{{ loop.index }}{% endfor %}",
        "{% macro hello(who) %}Hello {{ who }}{% endmacro %}{{ hello('you') }}",
        "{% if call.facts.hotel is defined %}{{ call.facts.hotel }}{% endif %}",
        "{{ call.facts.hotel | default('none') }}",
        "{% if wholly is undefined %}…{% endif %}",
        "{{ changes[0].nwo }}{{ call[reference] }}",
        "{% set shared = reference %}{% include 'end.md' %}",
    ],
)
def test_a_name_that_may_be_missing_or_is_the_templates_own_is_none_of_them(body: str) -> None:
    assert unknown(body, pieces={"end.md": "{{ shared }}"}) == []


def test_misspelt_names_of_the_layout_are_told_too() -> None:
    made = make_templates(
        {Kind.RECEIVED: ("a.md", "---\nsubject: News\n---\nHello\n")}, "<p>\n{{ body }}{{ subjct }}"
    )
    assert unknown_names(made.layout, {"body": "", "subject": ""}) == (
        f"templates/layout.html:2: 'subjct' is undefined. Did you mean “subject”? {LISTS}",
    )


def test_a_letter_that_does_not_say_what_it_is_there_for_is_told() -> None:
    said = "---\nsubject: '{{ offer.reply_by }}'\n---\n{% include 'what.md' %}\n"
    silent = "---\nsubject: News\n---\nHello\n"
    pieces = {"what.md": "{% for one in changes %}{{ one.now }}{% endfor %}"}
    odd = []
    for source in (said, silent):
        for kind in (Kind.INVITATION, Kind.CHANGED, Kind.RECEIVED):
            made = make_templates({kind: ("a.md", source)}, "<html>{{ body }}</html>", pieces=pieces)
            template = made.template(kind)
            assert ("offer.reply_by" in names_used(template)) is (source == said)
            odd += [
                (kind, lapses, what)
                for lapses in (True, False)
                for what in never_says(kind, template, lapses=lapses)
            ]
    when = (
        "a.md: the letter never says until when to answer, and offers lapse. "
        "Print {{ offer.reply_by | datetime }} (docs/offers.md)"
    )
    what = 'a.md: the letter never says what changed. Write {% include "what_changed.md" %} (docs/changes.md)'
    assert odd == [(Kind.INVITATION, True, when), (Kind.CHANGED, True, what), (Kind.CHANGED, False, what)]
