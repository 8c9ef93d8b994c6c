"""The mark of a letter that is only tried: nobody takes it for one that an applicant got."""

import re
from dataclasses import replace
from html import escape

from pipeline.model.message import Rendered

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_BANNER = (
    '<p style="margin:0;padding:10px 16px;background-color:#fff4d6;color:#1c2733;'
    'font-family:Arial,sans-serif;font-size:14px">{said}</p>'
)


def mark_test(content: Rendered, whose: str) -> Rendered:
    """Mark subject, text and HTML; `whose` says whom such a letter would go to."""
    said = f"Test: this is how it looks to {whose}. Nobody else got it."
    banner = _BANNER.format(said=escape(said))
    body = _BODY.search(content.html)
    end = body.end() if body else 0
    return replace(
        content,
        subject=f"[Test] {content.subject}",
        text=f"{said}\n\n{content.text}",
        html=f"{content.html[:end]}{banner}{content.html[end:]}",
    )
