"""Messages: a template filled in for one applicant, as a subject, a text part and an HTML part.

Values are shown as they were typed, never read as markup (see `markup`); what is missing or empty is an error, never a
gap in somebody's mail.
"""

import re
from collections.abc import Mapping
from unicodedata import category as unicode_category

from pipeline.messages.context import Context, nameless
from pipeline.messages.layout import lay_out, layout_values, with_pictures
from pipeline.messages.markup import MarkupError, NoTarget, Parts, TypedValues, make_parts
from pipeline.messages.page import body_faults, faults_of
from pipeline.messages.reading import Template, Templates
from pipeline.messages.templates import Compiled
from pipeline.model.address import has_encoded_word
from pipeline.model.errors import TemplateError
from pipeline.model.frozen import dataclass
from pipeline.model.message import Kind, Picture, Rendered
from pipeline.model.text import one_line

_QUOTED = re.compile("“([^”>]+)")


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
    preview, calendar = (
        _render_line(part, context, template.language, printed)
        for part in (template.preview, template.calendar)
    )
    shown = {"subject": subject, "preview": preview, "reference": str(context.get("reference", ""))}
    draft = _Draft(templates, template, context, shown, markdown, values)
    parts, pictures = _write_in_shape(draft, printed) or _write_whole(draft, printed)
    attached = templates.attachments.get((kind, template.language), ())
    noted = tuple(sorted(printed.items()))
    return Rendered(subject, parts.text, parts.html, pictures, noted, calendar, attached)


@dataclass(frozen=True, slots=True)
class _Draft:
    """All that becomes a letter's two parts; `shown` is what of this one letter the layout shows, too."""

    templates: Templates
    template: Template
    context: Context
    shown: Mapping[str, str]
    markdown: str
    values: TypedValues


def _write_in_shape(draft: _Draft, printed: dict[str, str]) -> tuple[Parts, tuple[Picture, ...]] | None:
    """Put the values into what letters of this form have in common; return None where that does not go."""
    shape = draft.templates.shapes.find(draft.markdown, draft.values, draft.context, draft.shown)
    if shape is None:
        return None
    try:
        parts = shape.fill(draft.values, draft.shown)
    except NoTarget:
        return None  # a value made a link that leads nowhere: the whole way says where
    printed.update(shape.printed)
    return parts, shape.pictures


def _write_whole(draft: _Draft, printed: dict[str, str]) -> tuple[Parts, tuple[Picture, ...]]:
    """Write a letter by itself, and look at all of it. Raises TemplateError."""
    body, layout = draft.template.body, draft.templates.layout
    try:
        parts = make_parts(draft.markdown, draft.values)
    except MarkupError as error:
        told = (
            f"{body.place(mark)}: {what}. Correct the template, or the value in it."
            for what, mark in error.faults
        )
        raise TemplateError("\n".join(told)) from error
    values = layout_values(draft.context, draft.shown["subject"], draft.shown["preview"], parts.html)
    html = lay_out(layout, values, printed)
    for part, faults in ((body, body_faults(parts.html)), (layout, faults_of(html))):
        if faults:
            raise TemplateError("\n".join(f"{part.place(_named(fault))}: {fault}." for fault in faults))
    page, pictures = with_pictures(html, draft.templates.pictures)
    return Parts(parts.text, page), pictures


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
    said = text.strip()
    if not said.isprintable() and any(unicode_category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in said):
        return "has a line break or an invisible character"
    return "has an encoded word (=?...?=)" if has_encoded_word(text) else ""


def _render_line(part: Compiled | None, context: Context, language: str, printed: dict[str, str]) -> str:
    if part is None:
        return ""
    text, values = part.fill(context, language, printed)
    return one_line(values.plain(text))
