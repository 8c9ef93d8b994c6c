"""Messages: a template filled in for one applicant, as a subject, a text part and an HTML part.

A template is a file's text: front matter between `---` lines (`subject`, `preview`, the line that mail programs show
beside it, and `greet: never`) and a body in Markdown, all of them in Jinja2. Values are shown as they were typed,
never read as markup (see `markup`); what is missing is an error, never a gap in somebody's mail.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category as unicode_category

from css_inline import CSSInliner
from markupsafe import Markup

from pipeline.messages.markup import MarkupError, clean, make_parts
from pipeline.messages.names import greetable
from pipeline.messages.templates import Compiled, compile_layout, compile_template
from pipeline.model.address import has_encoded_word
from pipeline.model.applicant import Applicant
from pipeline.model.call import Call
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Rendered
from pipeline.model.text import listed, one_line

LAYOUT = "templates/layout.html"
"""What the layout is called in errors."""

Context = Mapping[str, object]

_KEYS = ("subject", "preview", "greet")
_GREETINGS = ("by name", "never")
_NAMES = ("name", "first_name", "family_name")
_FOR_LAYOUT = ("call", "reference")
_BODY = re.compile(r"\{\{-?\s*body\s*-?\}\}")
_OUTSIDE = re.compile(r"<\s*(?:link|img|script|iframe|object|embed|base|form)\b|@import|url\(", re.IGNORECASE)
_INLINER = CSSInliner(load_remote_stylesheets=False)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALF_YEARS = (
    ("January", "February", "March", "April", "May", "June"),
    ("July", "August", "September", "October", "November", "December"),
)
_MONTHS = (*_HALF_YEARS[0], *_HALF_YEARS[1])


@dataclass(frozen=True, slots=True)
class Template:
    """One message's template, checked and compiled; `subject_line` is where its file has the subject.

    A template that does not greet gets no name: whoever fills in the form decides nothing of what it says.
    """

    name: str
    subject: Compiled
    subject_line: int
    preview: Compiled | None
    body: Compiled
    greets: bool = True


@dataclass(frozen=True, slots=True)
class Templates:
    """The call's templates by kind of message, and the HTML that all of them are laid out in."""

    templates: Mapping[Kind, Template]
    layout: Compiled

    def template(self, kind: Kind) -> Template:
        """Return the template of a kind; raises TemplateError where the call has none."""
        if kind not in self.templates:
            raise TemplateError(f"no template for “{kind}”. Name one under messages in config/call.yaml.")
        return self.templates[kind]


# --- reading -----------------------------------------------------------------------------------------------


def parse_template(name: str, source: str) -> Template:
    """Read a template from its file's text; `name` is the file, as errors show it.

    Raises TemplateError with every problem found, one to a line, each `file:line: what. next step`.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    entries, end, problems = _front_matter(name, lines)
    parts: dict[str, Compiled] = {}
    greet_line, greet = entries.pop("greet", (0, _GREETINGS[0]))
    if greet not in _GREETINGS:
        problems.append(f"{name}:{greet_line}: “greet” is “by name” or “never”. Write one of them.")
    for key, (line, text) in (entries | {"body": (end + 1, "\n".join(lines[end:]))}).items():
        try:
            parts[key] = compile_template(name, text, line)
        except TemplateError as error:
            problems.append(str(error))
    if problems:
        raise TemplateError("\n".join(problems))
    return Template(
        name, parts["subject"], entries["subject"][0], parts.get("preview"), parts["body"], greet != "never"
    )


def make_templates(sources: Mapping[Kind, tuple[str, str]], layout_source: str) -> Templates:
    """Read all templates (by kind: the file's name and its text) and the layout.

    Raises one TemplateError that lists every problem in all of them.
    """
    templates, problems = {}, _layout_problems(layout_source)
    for kind, (name, source) in sources.items():
        try:
            templates[kind] = parse_template(name, source)
        except TemplateError as error:
            problems.append(str(error))
    try:
        layout = compile_layout(LAYOUT, layout_source)
    except TemplateError as error:
        problems.append(str(error))
    if problems:
        raise TemplateError("\n".join(problems))
    return Templates(templates, layout)


def _front_matter(name: str, lines: list[str]) -> tuple[dict[str, tuple[int, str]], int, list[str]]:
    """Return the entries (key: line, text), how many lines the front matter takes, and its problems."""
    fences = [place for place, line in enumerate(lines) if line.rstrip() == "---"]
    if len(fences) < 2 or fences[0] != 0:
        return {}, 0, [f"{name}:1: no front matter. Begin with lines `---`, `subject: ...`, `---`."]
    entries: dict[str, tuple[int, str]] = {}
    problems = []
    for number, line in enumerate(lines[1 : fences[1]], start=2):
        key, colon, text = (part.strip() for part in line.partition(":"))
        if line.strip() and (not colon or key not in _KEYS or key in entries):
            problems.append(f"{name}:{number}: {_misfit(key, colon, key in entries)}")
        elif line.strip():
            entries[key] = (number, _unquoted(text))
    if not entries.get("subject", (0, ""))[1] and not problems:
        problems.append(f"{name}:{entries.get('subject', (1,))[0]}: no subject. Add a line `subject: ...`.")
    return entries, fences[1] + 1, problems


def _misfit(key: str, colon: str, again: bool) -> str:
    if not colon:
        return "this line is not `key: value`. Correct it, or end the front matter before it with `---`."
    if again:
        return f"“{key}” is here twice. Keep one."
    return f"“{key}” is not known. Front matter has {listed(_KEYS)} only."


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def _layout_problems(source: str) -> list[str]:
    problems = [] if _BODY.search(source) else [f"{LAYOUT}: the message has no place. Add {{{{ body }}}}."]
    for found in _OUTSIDE.finditer(source):
        line = source.count("\n", 0, found.start()) + 1
        problems.append(f"{LAYOUT}:{line}: “{found[0]}” would load or run something. Take it out.")
    return problems


# --- filling in --------------------------------------------------------------------------------------------


def render(templates: Templates, kind: Kind, context: Context) -> Rendered:
    """Render one message.

    Raises TemplateError (`file:line: what`, the line where it is known; no value of the applicant's in it)
    for a name that is missing, a value nobody means to print, and what a subject or a link cannot have.
    """
    template = templates.template(kind)
    if not template.greets:
        context = {**context, "applicant": _nameless(context["applicant"])}
    subject = _render_subject(template, context)
    markdown, values = template.body.fill(context)
    try:
        parts = make_parts(markdown, values)
    except MarkupError as error:
        raise TemplateError(f"{template.name}: {error}. Correct the template, or the value in it.") from error
    html = _lay_out(templates.layout, context, subject, _render_preview(template, context), parts.html)
    return Rendered(subject, parts.text, html)


def _render_subject(template: Template, context: Context) -> str:
    text, values = template.subject.fill(context)
    subject = values.plain(text).strip()
    fault = next(filter(None, map(_subject_fault, (*values.raw, subject))), "")
    if fault or not subject:
        where = f"{template.name}:{template.subject_line}"
        raise TemplateError(f"{where}: the subject {fault or 'is empty'}. Correct it, or the value in it.")
    return one_line(subject)


def _subject_fault(text: str) -> str:
    if any(unicode_category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in text.strip()):
        return "has a line break or an invisible character"
    return "has an encoded word (=?...?=)" if has_encoded_word(text) else ""


def _render_preview(template: Template, context: Context) -> str:
    if template.preview is None:
        return ""
    text, values = template.preview.fill(context)
    return one_line(values.plain(text))


def _lay_out(layout: Compiled, context: Context, subject: str, preview: str, body: str) -> str:
    given = {key: context[key] for key in _FOR_LAYOUT if key in context}
    escaped = Markup(body)  # noqa: S704 - `make_parts` has escaped every value in it
    # Inlining fails only for a style sheet that cannot be loaded, and a layout has none (`_layout_problems`).
    return _INLINER.inline(
        layout.fill_layout({**given, "subject": subject, "preview": preview, "body": escaped})
    )


# --- what a template may use -------------------------------------------------------------------------------


def make_context(
    call: Call,
    applicant: Applicant,
    *,
    category: str,
    late: bool,
    held: bool,
    passed: Collection[str] = (),
) -> Context:
    """Return what templates may use (docs/templates.md lists it): texts, yes or no, and groups of texts.

    `category` is an id or a title; `held` says that the response waits because the agreement is missing. Dates
    of the call that have `passed` are empty.
    """
    return {
        "applicant": _person(call, applicant),
        "call": _meeting(call, passed),
        "reference": applicant.reference,
        "category": one_line(call.audience.title(category)),
        "late": late,
        "missing_agreement": held,
    }


def _person(call: Call, applicant: Applicant) -> Context:
    response, name = applicant.response, greetable(applicant.name)
    return {
        "name": name,
        # Half a sentence may look like a name.
        "first_name": greetable(response.first_name) if name else "",
        "family_name": greetable(response.family_name) if name else "",
        "reference": applicant.reference,
        "email": response.address,
        "answers": {key: clean(answer).strip() for key, answer in response.answers.items()},
        **_moment(call, "submitted", response.submitted),
    }


def _nameless(person: object) -> Context:
    assert isinstance(person, Mapping)  # noqa: S101 - `make_context` made it
    return {**person, **dict.fromkeys(_NAMES, "")}


def _meeting(call: Call, passed: Collection[str]) -> Context:
    dates = call.dates
    moments = {
        "opens": dates.opens,
        "deadline": dates.deadline,
        "selection": dates.selection,
        "reply_by": dates.reply_by,
        "starts": dates.starts,
        "ends": dates.ends,
    }
    told = (_moment(call, key, None if key in passed else moment) for key, moment in moments.items())
    return {
        "id": call.id,
        "title": one_line(call.title),
        "reply_to": call.reply_to,
        "facts": {key: clean(fact).strip() for key, fact in call.facts.items()},
        **{key: text for texts in told for key, text in texts.items()},
    }


def _moment(call: Call, key: str, moment: datetime | None) -> dict[str, str]:
    """Write a moment as day and time in the call's zone; both are empty where there is none."""
    if moment is None:
        return {key: "", f"{key}_time": ""}
    local = moment.astimezone(call.zone)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return {key: day, f"{key}_time": f"{local:%H:%M}"}
