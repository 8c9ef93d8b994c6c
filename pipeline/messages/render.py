"""Messages: a template filled in for one applicant, as a subject, a text part and an HTML part.

Values are shown as they were typed, never read as markup (see `markup`); what is missing or empty is an error, never a
gap in somebody's mail.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import category as unicode_category

from css_inline import CSSInliner
from markupsafe import Markup

from pipeline.messages.context import Context, nameless
from pipeline.messages.markup import MarkupError, make_parts
from pipeline.messages.page import body_faults, faults_of
from pipeline.messages.reading import LAYOUT, Template, Templates
from pipeline.messages.templates import Compiled
from pipeline.model.address import has_encoded_word
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Picture, Rendered
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import one_line

_FOR_LAYOUT = ("call", "reference", "language", "direction")
_QUOTED = re.compile("“([^”>]+)")
_PICTURE = re.compile(r'src="cid:([^"]*)"')
LARGEST_PICTURE = 100_000
"""Bytes: a logo has some ten thousand."""
_INLINER = CSSInliner(load_remote_stylesheets=False)


def render(templates: Templates, kind: Kind, context: Context) -> Rendered:
    """Render one message, in the language that the context was made for.

    Raises TemplateError (`file:line: what`, the line where it is known; no value of the applicant's in it)
    for a name that is missing, a value nobody means to print, and what a subject or a link cannot have.
    """
    template = templates.template(kind, str(context.get("language", templates.default)))
    if not template.greets:
        context = {**context, "applicant": nameless(context["applicant"])}
    printed: dict[str, str] = {}
    subject = _render_subject(template, context, printed)
    markdown, values = template.body.fill(context, template.language, printed)
    try:
        parts = make_parts(markdown, values)
    except MarkupError as error:
        told = (
            f"{template.body.place(mark)}: {what}. Correct the template, or the value in it."
            for what, mark in error.faults
        )
        raise TemplateError("\n".join(told)) from error
    preview, calendar = (
        _render_line(part, context, template.language, printed)
        for part in (template.preview, template.calendar)
    )
    html = _lay_out(templates.layout, context, subject, preview, parts.html, printed)
    for part, faults in ((template.body, body_faults(parts.html)), (templates.layout, faults_of(html))):
        if faults:
            raise TemplateError("\n".join(f"{part.place(_named(fault))}: {fault}." for fault in faults))
    attached = templates.attachments.get((kind, template.language), ())
    page, pictures = _with_pictures(html, templates.pictures)
    return Rendered(subject, parts.text, page, pictures, tuple(sorted(printed.items())), calendar, attached)


def _named(fault: str) -> str:
    """Return what a fault names of a page, as far as it may stand so in the layout."""
    found = _QUOTED.search(fault)
    return found[1] if found else ""


def _render_subject(template: Template, context: Context, printed: dict[str, str]) -> str:
    text, values = template.subject.fill(context, template.language, printed)
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


def _render_line(part: Compiled | None, context: Context, language: str, printed: dict[str, str]) -> str:
    if part is None:
        return ""
    text, values = part.fill(context, language, printed)
    return one_line(values.plain(text))


def _lay_out(
    layout: Compiled, context: Context, subject: str, preview: str, body: str, printed: dict[str, str]
) -> str:
    escaped = Markup(body)  # noqa: S704 - `make_parts` has escaped every value in it
    # Nothing is loaded: a style sheet from elsewhere stays a link, which `faults_of` refuses.
    return _inline(layout.fill_layout(layout_values(context, subject, preview, escaped), printed))


@lru_cache(maxsize=32)  # in most states that `check` tries a letter reads as in others
def _inline(html: str) -> str:
    return _INLINER.inline(html)


def layout_values(context: Context, subject: str = "", preview: str = "", body: str = "") -> Context:
    """Return what the layout may use, of what a template may, and what it lays out."""
    given = {key: context[key] for key in _FOR_LAYOUT if key in context}
    return {**given, "subject": subject, "preview": preview, "body": body}


def _with_pictures(html: str, pictures: Mapping[str, Picture]) -> tuple[str, tuple[Picture, ...]]:
    """Name the pictures of a page by their ids in the letter, and return them with it."""
    names = tuple(dict.fromkeys(_PICTURE.findall(html)))
    for name in names:
        if name not in pictures:
            advice = did_you_mean(name, pictures, "Put the file there.")
            raise TemplateError(f"{LAYOUT}: there is no picture “{name}” in templates/. {advice}")
        if len(pictures[name].data) > LARGEST_PICTURE:
            size = f"{LARGEST_PICTURE // 1000} kB"
            raise TemplateError(f"templates/{name}: every letter carries it. Make it smaller than {size}.")
    shown = _PICTURE.sub(lambda found: f'src="cid:{pictures[found[1]].content_id}"', html)
    return shown, tuple(pictures[name] for name in names)
