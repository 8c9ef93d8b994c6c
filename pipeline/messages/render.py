"""Messages: a template filled in for one applicant, as a subject, a text part and an HTML part.

Values are shown as they were typed, never read as markup (see `markup`); what is missing or empty is an error, never a
gap in somebody's mail.
"""

from unicodedata import category as unicode_category

from css_inline import CSSInliner
from markupsafe import Markup

from pipeline.messages.context import Context, nameless
from pipeline.messages.markup import MarkupError, make_parts
from pipeline.messages.reading import Template, Templates
from pipeline.messages.templates import Compiled
from pipeline.model.address import has_encoded_word
from pipeline.model.errors import TemplateError
from pipeline.model.message import Kind, Rendered
from pipeline.model.text import one_line

_FOR_LAYOUT = ("call", "reference", "language", "direction")
_INLINER = CSSInliner(load_remote_stylesheets=False)


def render(templates: Templates, kind: Kind, context: Context) -> Rendered:
    """Render one message, in the language that the context was made for.

    Raises TemplateError (`file:line: what`, the line where it is known; no value of the applicant's in it)
    for a name that is missing, a value nobody means to print, and what a subject or a link cannot have.
    """
    template = templates.template(kind, str(context.get("language", templates.default)))
    if not template.greets:
        context = {**context, "applicant": nameless(context["applicant"])}
    subject = _render_subject(template, context)
    markdown, values = template.body.fill(context, template.language)
    try:
        parts = make_parts(markdown, values)
    except MarkupError as error:
        raise TemplateError(f"{template.name}: {error}. Correct the template, or the value in it.") from error
    html = _lay_out(templates.layout, context, subject, _render_preview(template, context), parts.html)
    return Rendered(subject, parts.text, html)


def _render_subject(template: Template, context: Context) -> str:
    text, values = template.subject.fill(context, template.language)
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
    text, values = template.preview.fill(context, template.language)
    return one_line(values.plain(text))


def _lay_out(layout: Compiled, context: Context, subject: str, preview: str, body: str) -> str:
    given = {key: context[key] for key in _FOR_LAYOUT if key in context}
    escaped = Markup(body)  # noqa: S704 - `make_parts` has escaped every value in it
    # Inlining fails only for a style sheet that cannot be loaded, and a layout has none (`_layout_problems`).
    return _INLINER.inline(
        layout.fill_layout({**given, "subject": subject, "preview": preview, "body": escaped})
    )
