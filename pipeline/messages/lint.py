"""What is not wrong in a letter and still to be looked at again: told by `check`, all at once."""

import re
from collections.abc import Iterator

from pipeline.messages.reading import LAYOUT, Template
from pipeline.model.message import Kind, Rendered

LONGEST_SUBJECT = 100
"""Characters: a mail program on a desk shows some seventy, a telephone forty."""
LARGEST_LETTER = 100_000
"""Bytes of HTML: Gmail cuts a letter off after some more."""

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
_PICTURE = re.compile(r"<img [^>]*>")
_ALT = re.compile(r"\balt=")


def look_again(template: Template, said: Rendered) -> Iterator[str]:
    """Say what is odd in one letter, each with the file that it is in."""
    subject = f"{template.name}:{template.subject_line}"
    if len(said.subject) > LONGEST_SUBJECT:
        yield f"{subject}: the subject has {len(said.subject)} characters. Mail programs show the first 40 to 70"
    links = [link.replace("&amp;", "&") for link in _LINK.findall(said.html)]
    for link in dict.fromkeys(links):
        if link.lower().startswith("http:"):
            yield f"{template.name}: a link begins with http://. Write https:// where the page has it"
        if not link.startswith("#") and link.removeprefix("mailto:").partition("?")[0] not in said.text:
            yield f"{LAYOUT}: a link of the HTML part is not in the text part. Put it into the templates"
    if any(not _ALT.search(picture) for picture in _PICTURE.findall(said.html)):
        yield f'{LAYOUT}: a picture has no text for those who do not see it. Add alt="…"'
    if (size := len(said.html.encode())) > LARGEST_LETTER:
        yield f"{template.name}: the letter has {size // 1000} kB. Mail programs cut it off after some 100"


def alike(subjects: dict[tuple[Kind, str], str]) -> Iterator[str]:
    """Say which kinds of message have the same subject, in one language, for the same person."""
    seen: dict[tuple[str, str], Kind] = {}
    for (kind, language), subject in subjects.items():
        first = seen.setdefault((language, subject), kind)
        if first != kind:
            yield f"“{first}” and “{kind}” have the same subject ({language}). Let the first words differ"
