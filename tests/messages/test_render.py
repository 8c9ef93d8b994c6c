import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audience.conditions import Empty
from pipeline.messages.context import Answers, Told, make_context
from pipeline.messages.markup import clean
from pipeline.messages.names import greetable
from pipeline.messages.reading import Templates, make_templates, parse_template
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response, Status
from pipeline.model.call import Call, Columns, Dates
from pipeline.model.errors import TemplateError
from pipeline.model.kinds import KINDS
from pipeline.model.message import Kind, Rendered
from pipeline.model.places import Places
from pipeline.model.printed import meanings
from pipeline.model.rules import Audience, Category
from tests.support.shipped import FOLDER, read_shipped

ZONE = ZoneInfo("Europe/Madrid")
BARE = "<title>{{ subject }}</title>{{ preview }}<hr>{{ body }}"
CONTEXT: Mapping[str, object] = {
    "applicant": {"name": "Ana", "answers": {"country": "Spain"}},
    "call": {"title": "A meeting"},
    "reference": "P-7K3F9Q",
}


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=ZONE)


CALL = Call(
    id="harbour",
    title="Harbour safety and the people who work there",
    zone=ZONE,
    dates=Dates(at(8, 1, 23, 59), at(8, 4), at(9, 12), at(9, 13, 12, 30), None, at(8, 18, 23, 59)),
    columns=Columns({}),
    audience=Audience((Category("pilot", "Harbour pilots", Empty("x"), "A pilot."),)),
    places=Places(35),
    messages={},
    reply_to="questions@example.org",
    facts={
        "organiser": "the Harbour Network",
        "place": "Porto, Portugal",
        "hosts": "the Harbour School",
        "day_one": "Tuesday 12 September 2023, 9.00 to 17.30",
        "day_two": "Wednesday 13 September 2023, 9.00 to 12.30",
        "language": "English",
        "programme": "a morning at sea; an afternoon on land",
        "rule": "The meeting is held under the Chatham House Rule.",
    },
)


def person(first: str = "Zoë", family: str = "Ørsted", **answers: str) -> Applicant:
    response = Response("key", "zoe@example.org", at(7, 1, 18, 5), answers, first, family)
    return Applicant("P-7K3F9Q", response)


def one(source: str, layout: str = BARE) -> Templates:
    return make_templates({Kind.RECEIVED: ("templates/received.md", source)}, layout)


def small(body: str, subject: str = "Hello", context: Mapping[str, object] = CONTEXT) -> Rendered:
    return render(one(f"---\nsubject: {subject}\n---\n{body}\n"), Kind.RECEIVED, context)


def problem(body: str, subject: str = "Hello", context: Mapping[str, object] = CONTEXT) -> str:
    with pytest.raises(TemplateError) as caught:
        small(body, subject, context)
    return str(caught.value)


SHIPPED = read_shipped()


# --- reading templates ---


def test_parse_template_reads_front_matter_and_body() -> None:
    source = (
        "\ufeff---\r\npreview: 'A {{ reference }}'\r\n\r\nsubject: \"One: two\"\r\n---\r\n"
        "Dear {{ applicant.name }},\r\n---\r\n"
    )

    rendered = render(one(source), Kind.RECEIVED, CONTEXT)

    assert rendered == Rendered(
        "One: two",
        "Dear Ana,\n---------\n",
        "<html><head><title>One: two</title></head><body>A P-7K3F9Q<hr><h2>Dear Ana,</h2>\n</body></html>",
    )


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "templates/a.md:1: no front matter. Begin with lines `---`, `subject: ...`, `---`."),
        ("Hello", "templates/a.md:1: no front matter. Begin with lines `---`, `subject: ...`, `---`."),
        (
            "---\nsubject: a\n",
            "templates/a.md:1: no front matter. Begin with lines `---`, `subject: ...`, `---`.",
        ),
        ("---\n---\n", "templates/a.md:1: no subject. Add a line `subject: ...`."),
        ("---\npreview: a\nsubject:\n---\n", "templates/a.md:3: no subject. Add a line `subject: ...`."),
        (
            "---\nsubject: a\nfrom: b\nsubject: c\nhello\n---\n{{ a.b() }}",
            (
                "templates/a.md:3: “from” is not known. Front matter has subject, preview, calendar and greet only.\n"
                "templates/a.md:4: “subject” is here twice. Keep one.\n"
                "templates/a.md:5: this line is not `key: value`. "
                "Correct it, or end the front matter before it with `---`.\n"
                "templates/a.md:7: only a macro can be called, and only by itself: {{ name() }}."
            ),
        ),
        (
            "---\nsubject: a\ngreet: maybe\n---\n",
            "templates/a.md:3: “greet” is “by name” or “never”. Write one of them.",
        ),
        (
            "---\nsubject: {{ a }\n---\n\n\n{% if %}",
            (
                "templates/a.md:2: “{{” is opened and not closed. Write “}}” behind it.\n"
                "templates/a.md:6: Expected an expression, got 'end of statement block'. Correct it."
            ),
        ),
    ],
)
def test_parse_template_says_everything_that_is_wrong(source: str, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        parse_template("templates/a.md", source)

    assert str(caught.value) == said


def test_make_templates_lists_the_problems_of_all_files() -> None:
    sources = {
        Kind.RECEIVED: ("templates/a.md", "---\nsubject: a\n---\n{{ b"),
        Kind.INVITATION: ("templates/b.md", "---\nsubject: b\n---\nfine"),
        Kind.WAITING_LIST: ("templates/c.md", "---\nsubject: c\n---\n{% x %}"),
    }
    layout = "\n\n{{ a"

    with pytest.raises(TemplateError) as caught:
        make_templates(sources, layout)

    assert str(caught.value) == (
        "templates/layout.html: the message has no place. Add {{ body }}.\n"
        "templates/a.md:4: “{{” is opened and not closed. Write “}}” behind it.\n"
        "templates/c.md:4: Encountered unknown tag 'x'. Correct it.\n"
        "templates/layout.html:3: “{{” is opened and not closed. Write “}}” behind it."
    )


def test_answers_are_shown_clean() -> None:
    answers = Answers({"work": " two  spaces\t", "needs": ""})
    assert (dict(answers), len(answers)) == ({"work": "two spaces", "needs": ""}, 2)


def test_render_a_kind_without_a_template_is_an_error() -> None:
    with pytest.raises(TemplateError) as caught:
        render(one("---\nsubject: a\n---\n"), Kind.INVITATION, CONTEXT)

    assert str(caught.value) == ("no template for “invitation”. Name one under messages in config/call.yaml.")


# --- rendering ---


def test_render_writes_both_parts_of_a_small_template() -> None:
    source = (
        "---\nsubject: News for {{ applicant.name }}\npreview: Soon\n---\n"
        "Dear {{ applicant.name }},\n\n- **one**\n- [two](https://example.org)\n"
    )
    layout = (
        '<!DOCTYPE html><html lang="en"><head><style>p { color: red; }</style>'
        '<style data-css-inline="keep">@media print { p { color: blue; } }</style>'
        "<title>{{ subject }}</title></head><body><i>{{ preview }}</i>{{ body }}"
        "<b>{{ call.title }}, {{ reference }}</b></body></html>"
    )

    assert render(one(source, layout), Kind.RECEIVED, CONTEXT) == Rendered(
        "News for Ana",
        "Dear Ana,\n\n- one\n- two (https://example.org)\n",
        '<!DOCTYPE html><html lang="en"><head>'
        '<style data-css-inline="keep">@media print { p { color: blue; } }</style>'
        '<title>News for Ana</title></head><body><i>Soon</i><p style="color: red;">Dear Ana,</p>\n'
        '<ul><li><strong>one</strong></li>\n<li><a href="https://example.org">two</a></li>\n</ul>\n'
        "<b>A meeting, P-7K3F9Q</b></body></html>",
    )


def test_render_shows_a_hostile_value_as_typed_in_every_part() -> None:
    name = "[x](http://evil.example) **b** <script> {{ reference }} qzx0xzq"
    source = "---\nsubject: For {{ name }}\npreview: Dear {{ name }}\n---\n{{ name }}"
    shown = "[x](http://evil.example) **b** &lt;script&gt; {{ reference }} qzx0xzq"

    assert render(one(source), Kind.RECEIVED, {"name": name}) == Rendered(
        f"For {name}",
        f"{name}\n",
        f"<html><head><title>For {shown}</title></head><body>Dear {shown}<hr><p>{shown}</p>\n</body></html>",
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "\n\n{{ applicant.answers.city }}",
            (
                "templates/received.md:6: nothing is called “city” there. "
                "Correct the name, or add the value to config/call.yaml."
            ),
        ),
        (
            "{{ nme }}",
            "templates/received.md:4: 'nme' is undefined. Correct the name (docs/templates.md lists them).",
        ),
        (
            "[map]({{ applicant.name }})",
            (
                "templates/received.md:4: the link “map” cannot be followed: it is neither a web page "
                "(http, https) nor an e-mail address (mailto). Correct the template, or the value in it."
            ),
        ),
    ],
)
def test_render_says_where_the_body_fails(body: str, said: str) -> None:
    assert problem(body) == said


@pytest.mark.parametrize(
    "value", ["a\nBcc: b@example.org", "a\rb", "a\x00b", "a\u202eb", "a\u2028b", "a\u200bb", "=?utf-8?q?a?="]
)
def test_render_refuses_a_value_that_a_subject_cannot_have(value: str) -> None:
    said = problem("x", "For {{ name }}", {"name": value})

    assert said.startswith("templates/received.md:2: the subject has ")
    assert said.endswith(". Correct it, or the value in it.")
    assert value not in said


@pytest.mark.parametrize(
    ("subject", "context", "said"),
    [
        ("=?utf-8?{{ a }}?=", {"a": "q?a"}, "has an encoded word (=?...?=)"),
        ("={{ a }}{{ b }}", {"a": "?a", "b": "?="}, "has an encoded word (=?...?=)"),
        ("a\u200bb", {}, "has a line break or an invisible character"),
        ("{% if a %}b{% endif %}", {"a": ""}, "is empty"),
    ],
)
def test_render_refuses_a_subject_that_cannot_be_one(
    subject: str, context: Mapping[str, object], said: str
) -> None:
    assert problem("x", subject, context) == (
        f"templates/received.md:2: the subject {said}. Correct it, or the value in it."
    )


def test_render_tidies_the_spaces_of_a_subject() -> None:
    assert small("x", "{{ a }} in  {{ b }}", {"a": " News\n", "b": "May"}).subject == "News in May"


def test_render_says_where_a_name_in_the_subject_or_the_layout_is_missing() -> None:
    assert problem("x", "{{ nme }}").startswith("templates/received.md:2: 'nme' is undefined.")
    with pytest.raises(TemplateError, match=r"^templates/layout.html:2: 'applicant' is undefined\."):
        render(one("---\nsubject: a\n---\n", "{{ body }}\n{{ applicant }}"), Kind.RECEIVED, CONTEXT)


def test_render_the_same_twice_is_the_same() -> None:
    context = make_context(CALL, person(), category="pilot", late=False, held=False)

    assert render(SHIPPED, Kind.INVITATION, context) == render(SHIPPED, Kind.INVITATION, context)


# --- the context ---


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_remembers_what_it_printed_of_the_call(language: str) -> None:
    call = replace(
        CALL, facts={**CALL.facts, "place_fr": "Porto, Portugal ", "title_fr": "La sécurité du port"}
    )
    context = make_context(call, person(), category="", late=False, held=False, language=language)
    source = (
        "---\nsubject: '{{ call.facts.place }}'\npreview: '{{ call.starts | datetime }}'\n---\n"
        "{{ applicant.name }}, {{ call.reply_to }}, {{ call.selection_time }}{% if call.facts.rule %}.{% endif %}\n"
    )
    french = language == "fr"

    rendered = render(one(source, "<title>{{ call.title }}</title>{{ body }}"), Kind.RECEIVED, context)

    assert dict(rendered.printed) == {
        "facts.place_fr" if french else "facts.place": "Porto, Portugal",
        "facts.title_fr" if french else "title": "La sécurité du port" if french else CALL.title,
        "reply_to": "questions@example.org",
        "selection_time": "09:00",
        "starts": "2023-09-12",
        "starts_time": "09:00",
    }
    assert rendered.printed == tuple(sorted(dict(rendered.printed).items() & meanings(call).items()))


def test_make_context_holds_what_templates_may_use() -> None:
    applicant = person(" Zoë\u202e", "Ørsted", country="Spain", about="one\r\n\x07two\n")

    context = make_context(CALL, applicant, category="pilot", late=True, held=False)

    assert context == {
        "applicant": {
            "name": "Zoë Ørsted",
            "first_name": "Zoë",
            "family_name": "Ørsted",
            "reference": "P-7K3F9Q",
            "email": "zoe@example.org",
            "answers": {"country": "Spain", "about": "one\ntwo"},
            "submitted": "Saturday 1 July 2023",
            "submitted_time": "18:05",
        },
        "call": {
            "id": "harbour",
            "title": "Harbour safety and the people who work there",
            "reply_to": "questions@example.org",
            "facts": CALL.facts,
            "opens": "",
            "opens_time": "",
            "deadline": "Tuesday 1 August 2023",
            "deadline_time": "23:59",
            "selection": "Friday 4 August 2023",
            "selection_time": "09:00",
            "reply_by": "Friday 18 August 2023",
            "reply_by_time": "23:59",
            "starts": "Tuesday 12 September 2023",
            "starts_time": "09:00",
            "ends": "Wednesday 13 September 2023",
            "ends_time": "12:30",
        },
        "reference": "P-7K3F9Q",
        "category": "Harbour pilots",
        "late": True,
        "missing_agreement": False,
        "outcome": {
            "offered": False,
            "waiting_list": False,
            "not_selected": False,
            "ineligible": False,
            "place_withdrawn": False,
            "confirmed": False,
            "withdrawn": False,
            "expired": False,
            "by_organisers": False,
        },
        "reason": {"text": "", "rule": "", "full": (), "places": "", "rank": ""},
        "waiting": {"position": ""},
        "offer": {"reply_by": "", "reply_by_time": ""},
        "changes": (),
        "reply_link": "",
        "language": "en",
        "direction": "ltr",
    }


def test_make_context_gives_times_in_the_zone_of_the_call() -> None:
    utc = datetime(2023, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC"))
    applicant = Applicant("P-7K3F9Q", Response("key", "a@example.org", utc, {}))

    context = make_context(CALL, applicant, category="", late=False, held=True)

    assert (context["category"], context["late"], context["missing_agreement"]) == ("", False, True)
    submitted = "{{ applicant.submitted }}, {{ applicant.submitted_time }}"
    assert small(submitted, context=context).text == "Monday 1 January 2024, 00:30\n"


# --- the shipped templates ---


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("applicant", [person(country="Spain"), person("", "")], ids=["full", "sparse"])
@pytest.mark.parametrize(("late", "held"), [(False, False), (True, False), (False, True), (True, True)])
def test_shipped_templates_read_well(kind: Kind, applicant: Applicant, late: bool, held: bool) -> None:
    told = Told(reply_by=at(8, 20, 23, 59))
    context = make_context(CALL, applicant, category="pilot", late=late, held=held, told=told)
    rendered = render(SHIPPED, kind, context)

    assert f"\n\nDear {applicant.name or 'applicant'},\n\n" in rendered.text
    assert rendered.text.endswith("\n\nYour reference: P-7K3F9Q\n")
    assert "Harbour safety and the people who work there" in rendered.text
    assert "Porto, Portugal" in rendered.text
    assert "Tuesday 12 September 2023" in rendered.text
    assert "Wednesday 13 September 2023" in rendered.text
    for part in (rendered.subject, rendered.text, rendered.html):
        assert not re.search(r"None|\{\{|\{%|qzx|undefined|\*\*", part)
    assert not re.search(r"\n\n\n|[ \t]\n", rendered.text)
    assert all(len(line) <= 76 for line in rendered.text.splitlines())
    assert not re.search(r"<(img|link|script)|src=|url\(", rendered.html)
    assert '<html lang="en" dir="ltr" ' in rendered.html


def test_shipped_subjects_differ_from_their_first_words() -> None:
    told = Told(reply_by=at(8, 20, 23, 59))
    context = make_context(CALL, person(), category="pilot", late=False, held=False, told=told)

    assert [render(SHIPPED, kind, context).subject for kind in KINDS] == [
        "You are invited, please confirm: Porto, Portugal, Tuesday 12 September 2023",
        "You are on the waiting list: Porto, Portugal, Tuesday 12 September 2023",
        "Your application was not selected: Porto, Portugal, Tuesday 12 September 2023",
        "Your invitation is withdrawn: Porto, Portugal, Tuesday 12 September 2023",
        "Cancelled: Porto, Portugal, Tuesday 12 September 2023",
        "Please note what has changed: Porto, Portugal, Tuesday 12 September 2023",
        "Your place is no longer reserved: Porto, Portugal, Tuesday 12 September 2023",
        "Your place is confirmed: Porto, Portugal, Tuesday 12 September 2023",
        "You are not coming: we have noted it: Porto, Portugal, Tuesday 12 September 2023",
        "No place became free: Porto, Portugal, Tuesday 12 September 2023",
        "Our decision takes a little longer: Porto, Portugal, Tuesday 12 September 2023",
        "Application received, decision follows: Porto, Portugal, Tuesday 12 September 2023",
        "Please answer by 20 August 2023: Porto, Portugal, Tuesday 12 September 2023",
        "Practical information: Porto, Portugal, Tuesday 12 September 2023",
        "See you soon: Porto, Portugal, Tuesday 12 September 2023",
        "Thank you for coming: Porto, Portugal, Tuesday 12 September 2023",
    ]


@pytest.mark.parametrize(
    ("late", "held", "there", "absent"),
    [
        (False, False, ("on Friday 4 August 2023 or soon after",), ("“I agree”", "after the deadline")),
        (True, False, ("after the deadline (Tuesday 1 August 2023)",), ("“I agree”", "4 August")),
        (False, True, ("“I agree”", "on Friday 4 August 2023"), ("after the deadline",)),
    ],
)
def test_shipped_acknowledgement_says_what_applies(
    late: bool, held: bool, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    context = make_context(CALL, person(), category="", late=late, held=held)

    text = " ".join(render(SHIPPED, Kind.RECEIVED, context).text.split())

    assert [words for words in there if words not in text] == []
    assert [words for words in absent if words in text] == []
    assert "This is not yet an invitation." in text
    assert "We cannot guarantee that you can take part." in text


def test_shipped_acknowledgement_as_text() -> None:
    context = make_context(CALL, person(), category="", late=False, held=False)

    assert render(SHIPPED, Kind.RECEIVED, context).text == (
        "We have your application\n========================\n\n"
        "Dear Zoë Ørsted,\n\n"
        "Your application for this meeting has arrived. This is not yet an\n"
        "invitation.\n\n"
        "Harbour safety and the people who work there\n"
        "Porto, Portugal, Tuesday 12 September 2023 to Wednesday 13 September 2023\n\n"
        "What happens next\n-----------------\n\n"
        "- The deadline for applications is Tuesday 1 August 2023, 23:59 (Central\n"
        "  European Summer Time). After that, we select the participants.\n"
        "- We will write to you by email on Friday 4 August 2023 or soon after.\n"
        "- The number of places is limited. We cannot guarantee that you can take\n"
        "  part.\n"
        "- Please do not book your journey before you receive an invitation.\n\n"
        "Thank you for applying. If you have a question, or if your plans change,\n"
        "please reply to this email.\n\n"
        "We use what you sent us to select participants and to write to you about\n"
        "this meeting. If you want to know what we hold about you, or want it\n"
        "corrected or erased, please reply to this email.\n\n"
        "Kind regards,\nthe Harbour Network\n\n"
        "Your reference: P-7K3F9Q\n"
    )


def test_shipped_invitation_says_all_that_an_invited_person_needs() -> None:
    told = Told(Status.OFFERED, reply_by=CALL.dates.reply_by)
    context = make_context(CALL, person(), category="pilot", late=False, held=False, told=told)

    text = " ".join(render(SHIPPED, Kind.INVITATION, context).text.split())

    assert [fact for fact in CALL.facts.values() if fact not in text] == []
    assert (
        "Please reply to this email by Friday 18 August 2023, 23:59 (Central European Summer Time):" in text
    )


# --- whatever people type ---


class Shape(HTMLParser):
    """Collects tags with their attributes; line breaks inside a value are no change of shape."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.tags.append((tag, tuple(attrs)))


TYPED = st.text(st.one_of(st.characters(), st.sampled_from(list("<>&\"'[]()*_`#{%}\n\tqzx0"))), max_size=30)
ECHO = (
    "---\nsubject: Hello\npreview: For {{ applicant.name or '' }}\n---\n"
    "Dear **{{ applicant.name or 'you' }}**,\n\n- {{ applicant.answers.about or 'nothing' }}\n\n"
    "[{{ applicant.name or 'us' }}](mailto:{{ call.reply_to }})\n"
)
ECHOING = one(ECHO, (FOLDER / "layout.html").read_text("utf-8"))


@given(TYPED, TYPED, TYPED)
@settings(max_examples=60, deadline=None)
def test_render_whatever_is_typed_changes_no_tag_and_loses_nothing(first: str, last: str, about: str) -> None:
    harmless = render(
        ECHOING, Kind.RECEIVED, make_context(CALL, person(about="fine"), category="", late=False, held=False)
    )
    context = make_context(CALL, person(first, last, about=about), category="", late=False, held=False)

    rendered = render(ECHOING, Kind.RECEIVED, context)

    assert Shape(rendered.html).tags == Shape(harmless.html).tags
    said = "".join(rendered.text.split())
    assert "".join(greetable(f"{first} {last}").split()) in said
    assert "".join(clean(about).split()) in said


@given(TYPED)
@settings(max_examples=30, deadline=None)
def test_shipped_templates_keep_their_shape_whatever_the_name(name: str) -> None:
    contexts = [
        make_context(
            CALL,
            person(first, ""),
            category="",
            late=False,
            held=False,
            told=Told(reply_by=at(8, 20, 23, 59)),
        )
        for first in ("Zoë", name)
    ]

    for kind in KINDS:
        harmless, found = (render(SHIPPED, kind, context) for context in contexts)
        assert Shape(found.html).tags == Shape(harmless.html).tags
        assert found.subject == harmless.subject


def test_half_a_sentence_is_no_first_name() -> None:
    context = make_context(CALL, person("Place Gone", "pay 200"), category="", late=False, held=False)
    names = context["applicant"]
    assert isinstance(names, Mapping)
    assert [names[key] for key in ("name", "first_name", "family_name")] == ["", "", ""]


@pytest.mark.parametrize(
    ("greet", "said"), [("greet: never\n", "Dear you"), ("greet: by name\n", "Dear Ana"), ("", "Dear Ana")]
)
def test_a_template_may_greet_nobody_by_name(greet: str, said: str) -> None:
    source = f"---\nsubject: News\n{greet}---\nDear {{{{ applicant.first_name or 'you' }}}}\n"
    context = make_context(CALL, person("Ana"), category="", late=False, held=False)
    assert render(one(source), Kind.RECEIVED, context).text == f"{said}\n"


def test_an_acknowledgement_after_the_selection_date_promises_no_day() -> None:
    facts = {"category": "pilot", "late": False, "held": False}
    promising = render(SHIPPED, Kind.RECEIVED, make_context(CALL, person(), **facts))  # type: ignore[arg-type]  # by name
    later = make_context(CALL, person(), **facts, passed={"selection"})  # type: ignore[arg-type]  # by name
    told = render(SHIPPED, Kind.RECEIVED, later)
    assert "or soon after" in promising.text
    assert "or soon after" not in told.text
    assert "We are selecting the participants now" in told.text
