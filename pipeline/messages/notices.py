"""A notice to organisers as text and as HTML, both from the same lines; its layout is no template of the call."""

import re
from html import escape
from textwrap import fill

from pipeline.model.message import Rendered
from pipeline.model.notice import Notice, Part
from pipeline.model.said import Said, tell

WIDTH = 72
"""Characters of a line of text."""

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
</head>
<body style="margin:0;padding:0">
<div style="max-width:36em;margin:0 auto;padding:20px 16px;font:16px/1.5 Helvetica,Arial,sans-serif">
<p style="margin:0 0 4px;font-size:14px;opacity:0.75">{title}</p>
<h1 style="margin:0 0 20px;font-size:22px;line-height:1.3">{headline}</h1>
{link}
{parts}
<p style="margin:28px 0 0;padding-top:12px;border-top:1px solid #888888;font-size:13px;opacity:0.75">{foot}</p>
</div>
</body>
</html>
"""
_PART = """\
<h2 style="margin:20px 0 6px;font-size:16px">{title}</h2>
<ul style="margin:0;padding:0 0 0 20px">
{lines}
</ul>"""
_LINE = '<li style="margin:0 0 6px">{line}</li>'
_REFERENCE = re.compile(r"P-[0-9A-Z]{6}( \([^()\s]+\u00a0[0-9]+\))?")
_UNBROKEN = r'<span style="white-space:nowrap">\g<0></span>'
_BUTTON = (
    '<p style="margin:0 0 24px"><a href="{link}" style="display:inline-block;padding:10px 18px;'
    'background:#1f5fa8;color:#ffffff;text-decoration:none;border-radius:6px">{open}</a></p>'
)


def render_notice(notice: Notice) -> Rendered:
    """Make a notice the words of one e-mail: subject, text and HTML."""
    return Rendered(notice.subject, _text(notice), _html(notice))


def _text(notice: Notice) -> str:
    link = (_sheet_at(notice),) if notice.link else ()
    parts = map(_text_part, notice.parts)
    return "\n\n".join((_wrapped(notice.headline), *link, *parts, f"--\n{_wrapped(notice.foot)}")) + "\n"


def _text_part(part: Part) -> str:
    return "\n".join((part.title, *(_wrapped(line, "- ", "  ") for line in part.lines)))


def _wrapped(line: str, first: str = "", rest: str = "") -> str:
    return fill(
        line,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _html(notice: Notice) -> str:
    return _PAGE.format(
        language=escape(notice.language),
        subject=escape(notice.subject),
        title=escape(notice.title),
        headline=escape(notice.headline),
        parts="\n".join(map(_html_part, notice.parts)),
        link=_link(notice),
        foot=escape(notice.foot),
    )


def _html_part(part: Part) -> str:
    lines = "\n".join(_LINE.format(line=_REFERENCE.sub(_UNBROKEN, escape(line))) for line in part.lines)
    return _PART.format(title=escape(part.title), lines=lines)


def _link(notice: Notice) -> str:
    """Make the way to the sheet: a button for an address, a line for a file on some machine."""
    if notice.link.startswith("https://"):
        return _BUTTON.format(
            link=escape(notice.link), open=escape(tell(Said("open sheet"), notice.language))
        )
    return f'<p style="margin:0 0 24px">{escape(_sheet_at(notice))}</p>' if notice.link else ""


def _sheet_at(notice: Notice) -> str:
    return tell(Said("sheet at", link=notice.link), notice.language)
