from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from pipeline.messages.language import Moment
from pipeline.messages.markup import TypedValues
from pipeline.messages.printed import Named
from pipeline.messages.tally import MOST_CHARACTERS, MOST_STEPS
from pipeline.messages.templates import Pieces
from pipeline.model.errors import TemplateError

CONTEXT: Mapping[str, object] = {
    "name": "Ana",
    "empty": "",
    "late": True,
    "call": {"title": "A meeting", "items": "shadowed", "facts": {"place": "Lisbon", "rule": "None"}},
}


def filled(source: str, context: Mapping[str, object] = CONTEXT) -> str:
    text, values = Pieces().template("t.md", source).fill(context)
    return values.plain(text)


def problem(source: str, context: Mapping[str, object] = CONTEXT) -> str:
    with pytest.raises(TemplateError) as caught:
        Pieces().template("t.md", source).fill(context)
    return str(caught.value)


def test_fill_prints_tokens_and_keeps_the_values_apart() -> None:
    assert Pieces().template("t.md", "Dear {{ name }}, {{ call.facts.place }} {{ 2 }}!").fill(CONTEXT) == (
        "Dear qzx0xzq, qzx1xzq qzx2xzq!",
        TypedValues(("Ana", "Lisbon", "2")),
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ name | upper }} {{ 'a' ~ name }}", "ANA aAna"),
        ("{{ empty or 'applicant' }}", "applicant"),
        ("{{ call['title'] }} {{ call.items }}", "A meeting shadowed"),
        ("{% if late and not empty %}late{% endif %}", "late"),
        ("{{ 'yes' if name == 'Ana' else 'no' }}", "yes"),
        ("{% if name in ['Ana', 'Ben'] %}x{% endif %}", "x"),
        ("{% if call.facts.day is defined %}x{% else %}y{% endif %}", "y"),
        ("{{ call.facts.day | default('later') }}", "later"),
        ("{% for key, fact in call.facts | items %}{{ loop.index }}{{ key }}={{ fact }};{% endfor %}",
         "1place=Lisbon;2rule=None;"),
        ("{% for key in call.facts %}{{ key }}{% if loop.last %}.{% endif %}{% endfor %}", "placerule."),
        ("{% macro dear(who) %}Dear {{ who }}{% endmacro %}{{ dear(name) }}, {{ dear(who='you') }}",
         "Dear Ana, Dear you"),
        ("{% set x = name | trim %}{{ x | length }}", "3"),
        ("{{ call.facts | join(' ') }}", "place rule"),
    ],
)  # fmt: skip
def test_fill_knows_what_templates_need(source: str, text: str) -> None:
    assert filled(source) == text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("\n{{ nme }}", "t.md:2: 'nme' is undefined. Did you mean “name”? (docs/templates.md lists them)."),
        (
            "{{ call.facts.day }}",
            "t.md:1: nothing is called “day” there. Correct the name, or add the value to config/call.yaml.",
        ),
        (
            "{{ nme.first }}",
            "t.md:1: 'nme' is undefined. Did you mean “name”? (docs/templates.md lists them).",
        ),
        ("{{ call.facts }}", "t.md:1: prints a whole group. Name one value of it: {{ group.value }}."),
        ("{{ late }}", "t.md:1: prints yes or no. Ask for it: {% if ... %}."),
        (
            "{{ none }}",
            "t.md:1: prints something that is neither a text nor a whole number. Give it as a text.",
        ),
        (
            "{{ 1.5 }}",
            "t.md:1: prints something that is neither a text nor a whole number. Give it as a text.",
        ),
        ("{% macro m() %}{% endmacro %}\n{{ m }}", "t.md:2: prints a macro. Call it: {{ name() }}."),
        (
            "{% for letter in name %}x{% endfor %}",
            "t.md:1: a loop needs a group of values. This is a single one.",
        ),
        ("{% for x in 3 %}x{% endfor %}", "t.md:1: a loop needs a group of values. This is a single one."),
        ("{{ name < 3 }}", "t.md:1: this cannot be worked out (TypeError). Combine and compare texts only."),
        ("{{ name() }}", "t.md:1: this cannot be worked out (TypeError). Combine and compare texts only."),
        (
            "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}",
            "t.md:2: a macro calls itself without end. Take the call out.",
        ),
        ("qzx{# #}0xzq {{ name }}", "t.md: a value was lost or imitated. Print each value by itself."),
    ],
)
def test_fill_refuses_what_nobody_means_and_says_where(source: str, said: str) -> None:
    assert problem(source) == said


@pytest.mark.parametrize("value", [None, float("nan"), 3.0, object(), b"x"])
def test_value_that_is_no_text_is_refused_without_showing_it(value: object) -> None:
    said = "t.md:1: prints something that is neither a text nor a whole number. Give it as a text."

    assert problem("{{ x }}", {"x": value}) == said


def test_value_of_a_group_that_is_a_list_is_refused() -> None:
    assert problem("{{ x }}", {"x": ["a"]}).startswith("t.md:1: prints a whole group.")


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.upper() }}",
        "{{ name.__class__ }}",
        "{{ name.format }}",
        "{{ call.facts.keys }}",
        "{{ call.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ name[0] }}",
        "{{ call.facts | attr('keys') }}",
        "{{ cycler }}",
        "{{ range(9) }}",
        "{{ self }}",
        "{{ loop }}",
        "{% macro m() %}{{ m.__globals__ }}{% endmacro %}{{ m() }}",
        "{% for x in call %}{{ loop._iterator }}{% endfor %}",
    ],
)
def test_nothing_of_python_is_within_reach(source: str) -> None:
    assert problem(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% set x %}{{ name }}{% endset %}{{ x ~ name }}",
        "{% filter upper %}{{ name }}{% endfilter %}",
        "{% autoescape false %}{{ name }}{% endautoescape %}",
        "{% macro m() %}**{% endmacro %}{{ m() ~ name }}",
        "{% macro m() %}**{% endmacro %}{% set x = m() %}{{ x ~ name }}",
        "{% macro m() %}**{% endmacro %}{{ m() | replace('*', name) }}",
        "{% macro m(x) %}{{ x ~ name }}{% endmacro %}{{ m(m('')) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}**{% endcall %}",
        "{{ name | safe }}",
        "{{ name | e }}",
        "{{ name | escape }}",
        "{{ name | urlize }}",
        "{{ name | xmlattr }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 9 }}",
        "{{ '%s' % name }}",
        "{% for x in call recursive %}{{ loop(call) }}{% endfor %}",
    ],
)
def test_what_could_turn_a_value_into_markup_or_run_on_is_not_in_the_language(source: str) -> None:
    with pytest.raises(TemplateError, match=r"^t\.md:1: "):
        Pieces().template("t.md", source)


def test_compile_lists_all_problems_by_line() -> None:
    with pytest.raises(TemplateError) as caught:
        Pieces().template("t.md", "{{ a.b() }}\nQZX12xzq\n{{ 2 + 2 }}{{ a | b }}", line=5)

    assert str(caught.value) == (
        "t.md:5: only a macro can be called, and only by itself: {{ name() }}.\n"
        "t.md:6: “QZX12xzq” is reserved. Write it in another way.\n"
        "t.md:7: Add cannot be used. Use if, for, set, macro and filters only.\n"
        "t.md:7: No filter named 'b'. Correct it."
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a\n{% fro x in y %}", "t.md:2: Encountered unknown tag 'fro'. Correct it."),
        ("a\n{{ name\n{% if late %}", "t.md:2: “{{” is opened and not closed. Write “}}” behind it."),
        ("a\n\n{{ name }", "t.md:3: “{{” is opened and not closed. Write “}}” behind it."),
        ("{{ name | sfae }}", "t.md:1: No filter named 'sfae'. Correct it."),
    ],
)
def test_compile_says_where_the_syntax_is_wrong(source: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        Pieces().template("t.md", source)

    assert str(caught.value) == said


def test_loops_within_loops_end() -> None:
    loops = "{% for a in x %}{% for b in x %}{% endfor %}{% endfor %}"

    assert problem(loops, {"x": tuple("a" * 200)}) == (
        "t.md:1: the template computes without end. Look at its loops, and at what it joins."
    )


def test_output_that_grows_and_grows_ends() -> None:
    text = "x" * (MOST_CHARACTERS // 100)
    said = "the template computes without end. Look at its loops, and at what it joins."

    assert problem(f"{{% for a in x %}}{text}{{% endfor %}}", {"x": tuple("a" * 101)}) == f"t.md: {said}"
    assert problem("{{ x }}", {"x": "x" * (MOST_CHARACTERS + 1)}) == f"t.md:1: {said}"


def test_as_many_values_as_a_form_can_have_are_fine() -> None:
    answers = {"x": tuple("x" * (MOST_STEPS // 3))}

    assert filled("{% for x in x %}{{ x }}{% endfor %}", answers) == "x" * (MOST_STEPS // 3)


def test_layout_escapes_values_and_keeps_the_body() -> None:
    layout = Pieces().layout("layout.html", "<b title='{{ call.title }}'>{{ 'a' }}</b>{{ body }}")
    context = {"call": {"title": "<'qzx0xzq'>"}, "body": Markup("<p>qzx7xzq</p>")}

    assert layout.fill_layout(context) == "<b title='&lt;&#39;qzx0xzq&#39;&gt;'>a</b><p>qzx7xzq</p>"


def test_layout_refuses_what_a_template_refuses() -> None:
    with pytest.raises(TemplateError) as caught:
        Pieces().layout("layout.html", "\n{{ x }}").fill_layout({"x": None})

    assert str(caught.value) == (
        "layout.html:2: prints something that is neither a text nor a whole number. Give it as a text."
    )


# --- days, lists and numbers; pieces; how far a template may go ---

AT = datetime(2023, 8, 18, 23, 59, tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day }}, {{ day | date('short') }}", "Freitag, 18. August 2023, 18.08.23"),
        ("{{ day | time }}", "23:59"),
        ("{{ day | time('zone') }}", "23:59 (Mitteleuropäische Sommerzeit)"),
        ("{{ day | datetime('long') }}", "18. August 2023, 23:59 (Mitteleuropäische Sommerzeit)"),
        ("{{ ['a', 'b', name] | listed }}; {{ ('a', 'b') | listed('or') }}", "a, b und Ana; a oder b"),
        ("{{ 12345 | number }} {{ '7' | number }}", "12.345 7"),
        ("{{ name | replace('a', 'e') | lower }} {{ [1, 'b'] | join('-') }}", "ane 1-b"),
        ("{{ name if late else empty }}{{ empty or '' }}{{ empty | default('') }}", "Ana"),
    ],
)  # fmt: skip
def test_values_are_written_in_the_language_of_the_letter(source: str, text: str) -> None:
    said, values = Pieces().template("t.md", source).fill({**CONTEXT, "day": Moment(AT, "de")}, "de")
    assert values.plain(said) == text


DAY = Moment(AT, "de", "starts")
PLACE = Named("Gent", "facts.place")
ON, AT_TIME = {"starts": "2023-08-18"}, {"starts_time": "23:59"}


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ day }}", ON),
        ("{{ day | date('short') }}", ON),
        ("{{ day | time }}", AT_TIME),
        ("{{ day | datetime }}", ON | AT_TIME),
        ("{{ place }}", {"facts.place": "Gent"}),
        ("{{ place | upper }}{{ 'in ' ~ place }}", {"facts.place": "Gent"}),
        ("{{ [place] | listed }}", {"facts.place": "Gent"}),
        ("{{ [place] | join }}", {"facts.place": "Gent"}),
        ("{{ place | replace('e', 'a') }}", {"facts.place": "Gent"}),
        ("{% set p = place %}{{ p or 'x' }}{{ p if late else day }}", {"facts.place": "Gent"}),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(place) }}", {"facts.place": "Gent"}),
        ("{% if place is defined and day != place %}x{% endif %}{{ name }}", {}),
    ],
)  # fmt: skip
def test_a_letter_knows_what_of_the_call_it_printed(source: str, printed: dict[str, str]) -> None:
    found: dict[str, str] = {}
    Pieces().template("t.md", source).fill({**CONTEXT, "day": DAY, "place": PLACE}, "de", found)
    assert found == printed
    found.clear()
    Pieces().layout("l.html", source).fill_layout({**CONTEXT, "day": DAY, "place": PLACE}, found)
    assert found == printed


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ name | date }}", "this is no day. Use a date of the call, such as call.reply_by"),
        ("{{ none_yet | time }}", "there is no such day here. Ask first: {% if … %}"),
        ("{{ nothing | datetime }}", "'nothing' is undefined. Correct the name (docs/templates.md lists them)"),
        ("{{ day | date('tiny') }}", "a day is written full, long, medium or short. Write one of them"),
        (
            "{{ day | time('short') }}",
            'a time is written “time”, or with its clock “time("zone")”. Write one of them',
        ),
        ("{{ name | listed }}", "this needs a group of texts, and “and” or “or”"),
        ("{{ ['a'] | listed('nor') }}", "this needs a group of texts, and “and” or “or”"),
        ("{{ name | number }}", "this is no whole number"),
        ("{{ call | upper }}", "prints a whole group. Name one value of it: {{ group.value }}"),
        ("{{ [[1], 2] | join }}", "a group cannot hold another group. Give it texts and numbers"),
        ("{{ empty }}", "“empty” is empty here. Ask first: {% if empty %} … {% endif %}"),
        ("{{ empty | upper }}", "“empty” is empty here. Ask first: {% if empty %} … {% endif %}"),
        ("{{ 'by ' ~ empty }}", "“empty” is empty here. Ask first: {% if empty %} … {% endif %}"),
        ("{{ empty or call['blnk'] }}", "nothing is called “blnk” there. Did you mean “blank”?"),
        ("{{ name if not late else empty }}", "“empty” is empty here. Ask first: {% if empty %} … {% endif %}"),
        ("{{ 'by x' | replace('by x', empty) }}", "“empty” is empty here. Ask first: {% if empty %} … {% endif %}"),
        ("{{ 'x' | replace('x', '') }}", "this prints nothing here. Ask first whether there is something: {% if … %}"),
        ("{{ [] | join }}", "this prints nothing here. Ask first whether there is something: {% if … %}"),
        ("{{ call['blank'] }}", "“call.blank” is empty here. Ask first: {% if call.blank %} … {% endif %}"),
        (
            "{% for x in nothing %}{% endfor %}",
            "'nothing' is undefined. Correct the name (docs/templates.md lists them)",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_written_and_empty_places_are_refused(source: str, said: str) -> None:
    blank = {**CONTEXT, "day": Moment(AT, "en"), "none_yet": Moment(None, "en"), "call": {"blank": " "}}
    assert problem(source, blank).removesuffix(".") == f"t.md:1: {said}"


@pytest.mark.parametrize(
    "source",
    [
        "{% set x = 'xx' %}" + "{% set x = x ~ x %}" * 30,
        "{% set x = 'xx' %}" + "{% set x = x | replace('x', 'xx') %}" * 30,
        "{% set x = 'xx' %}" + "{% set x = [x, x] | join %}" * 30,
        "{% set x = 'xx' %}" + "{% set x = [x, x] | listed %}" * 30,
        "{% macro m0() %}x{% endmacro %}"
        + "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(30))
        + "{{ m30() }}",
        "{% for a in many %}{% for b in many %}{{ b | upper | lower }}{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_that_computes_without_end_ends(source: str) -> None:
    many = {"many": tuple("x" * 200)}
    assert problem(source, many).endswith("computes without end. Look at its loops, and at what it joins.")


def test_a_template_includes_pieces_of_its_folder() -> None:
    shelf = Pieces(
        {
            "regards.md": "Regards, {{ name }}",
            "both.md": "{% include 'regards.md' %}!",
            "bad.md": "\n{{ nme }}",
        }
    )
    text, values = shelf.template("t.md", "{% include 'regards.md' %} {% include 'both.md' %}").fill(CONTEXT)
    assert values.plain(text) == "Regards, Ana Regards, Ana!"
    with pytest.raises(TemplateError, match=r"^templates/bad\.md:2: 'nme' is undefined\."):
        shelf.template("t.md", "x\n{% include 'bad.md' %}").fill(CONTEXT)
    assert (
        shelf.layout("l.html", "{% include 'regards.md' %}").fill_layout({"name": "<b>"})
        == "Regards, &lt;b&gt;"
    )


BY_NAME = 't.md:1: a piece is included by its name alone: {% include "signature.md" %}.'


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% include name %}", BY_NAME),
        ("{% include 'a.md' ignore missing %}", BY_NAME),
        (
            "{% include '../call.yaml' %}",
            "t.md:1: there is no file “../call.yaml” in templates/. "
            "Write “a.md”, “loop.md”, “again.md”, “letter.md” or “broken.md”.",
        ),
        (
            "\n{% include 'lop.md' %}",
            "t.md:2: there is no file “lop.md” in templates/. Did you mean “loop.md”?",
        ),
        (
            "{% include 'letter.md' %}",
            "t.md:1: “letter.md” is a message by itself. Include pieces that have no front matter.",
        ),
        (
            "{% include 'loop.md' %}",
            "templates/again.md:1: “loop.md” includes itself. Take one of the two out.",
        ),
        (
            "{% include 'broken.md' %}{% include 'broken.md' %}",
            "templates/broken.md:1: Mul cannot be used. Use if, for, set, macro and filters only.",
        ),
    ],
)
def test_a_piece_that_cannot_be_included_is_told(source: str, said: str) -> None:
    pieces = {
        "a.md": "x",
        "loop.md": "{% include 'again.md' %}",
        "again.md": "{% include 'loop.md' %}",
        "letter.md": "---\nsubject: x\n---\n",
        "broken.md": "{{ 2 * 2 }}",
    }
    with pytest.raises(TemplateError) as caught:
        Pieces(pieces).template("t.md", source)
    assert str(caught.value) == said
