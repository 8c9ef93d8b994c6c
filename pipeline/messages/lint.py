"""What is not wrong in a letter and still to be looked at again: told by `check`, all at once."""

import re
from collections.abc import Iterator, Mapping
from math import floor

from pipeline.messages.contrast import ENOUGH, find_faint
from pipeline.messages.reading import Template, Templates
from pipeline.messages.spelling import names_used
from pipeline.model.message import Kind, Rendered

LONGEST_SUBJECT = 100
"""Characters: a mail program on a desk shows some seventy, a telephone forty."""
LARGEST_LETTER = 100_000
"""Bytes of HTML: Gmail cuts a letter off after some more."""
LARGEST_STYLE = 8192
"""Bytes of styles that stay in the letter: Gmail drops all of them beyond that."""

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
_PICTURE = re.compile(r"<img [^>]*>")
_ALT = re.compile(r"\balt=")
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def look_again(templates: Templates, template: Template, said: Rendered) -> Iterator[str]:
    """Say what is odd in one letter, each with the file and, where it is known, the line that it is in."""
    subject, layout = f"{template.name}:{template.subject_line}", templates.layout
    if len(said.subject) > LONGEST_SUBJECT:
        yield f"{subject}: the subject has {len(said.subject)} characters. Mail programs show the first 40 to 70"
    links = [link.replace("&amp;", "&") for link in _LINK.findall(said.html)]
    for link in dict.fromkeys(links):
        if link.lower().startswith("http:"):
            yield f"{template.body.place(link)}: a link begins with http://. Write https:// where the page has it"
        if not link.startswith("#") and link.removeprefix("mailto:").partition("?")[0] not in said.text:
            what = "a link of the HTML part is not in the text part. Put it into the templates"
            yield f"{layout.place(link)}: {what}"
    if any(not _ALT.search(picture) for picture in _PICTURE.findall(said.html)):
        yield f'{layout.place("<img")}: a picture has no text for those who do not see it. Add alt="…"'
    if (size := len(said.html.encode())) > LARGEST_LETTER:
        yield f"{template.name}: the letter has {size // 1000} kB. Mail programs cut it off after some 100"
    if sum(len(style.encode()) for style in _STYLE.findall(said.html)) > LARGEST_STYLE:
        yield f"{layout.place('keep')}: styles that stay have over 8 kB. Gmail takes all of them out then"


def never_says(kind: Kind, template: Template, *, lapses: bool) -> Iterator[str]:
    """Say which of the things that a letter is there for no reader of it is told; `lapses`: silence ends an offer."""
    used = names_used(template)
    if kind == Kind.INVITATION and lapses and "offer.reply_by" not in used:
        why = "the letter never says until when to answer, and offers lapse"
        yield f"{template.name}: {why}. Print {{{{ offer.reply_by | datetime }}}} (docs/offers.md)"
    if kind == Kind.CHANGED and "changes" not in used:
        why = "the letter never says what changed"
        yield f'{template.name}: {why}. Write {{% include "what_changed.md" %}} (docs/changes.md)'


def look_at_colours(templates: Templates, said: Rendered) -> Iterator[str]:
    """Say which text of a letter is hard to read, on light or on dark screens."""
    for faint in find_faint(said.html):
        yield (
            f"{templates.layout.place(faint.text)}: on {faint.screens} screens, text in {faint.text} on {faint.ground} "
            f"has a contrast of {floor(faint.ratio * 10) / 10:.1f} : 1. Make it {ENOUGH} : 1 (WCAG AA)"
        )


def alike(subjects: Mapping[tuple[Kind, str], tuple[str, str]]) -> Iterator[str]:
    """Say which kinds have the same subject, in one language, for the same person; each is with where it stands."""
    seen: dict[tuple[str, str], Kind] = {}
    for (kind, language), (subject, where) in subjects.items():
        first = seen.setdefault((language, subject), kind)
        if first is not kind:
            yield f"{where}: “{first}” and “{kind}” have the same subject ({language}). Let the first words differ"
