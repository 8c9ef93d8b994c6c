"""The templates of a call, read and checked: one of each kind, in one or several languages, and the layout.

A template is a file's text: front matter between `---` lines (`subject`, `preview`, the line that mail programs show
beside it, `calendar`, what stands beside the appointment in the reader's calendar, and `greet: never`) and a body in
Markdown, all of them in Jinja2.
"""

import re
from collections.abc import Mapping
from dataclasses import field

from pipeline.messages.layout import LAYOUT
from pipeline.messages.shapes import Shapes
from pipeline.messages.templates import Compiled, Pieces
from pipeline.model.errors import TemplateError
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH, nearest
from pipeline.model.message import Attachment, Kind, Picture
from pipeline.model.text import listed

Source = tuple[str, str]
"""A file's name, as errors show it, and its text."""

_KEYS = ("subject", "preview", "calendar", "greet")
_GREETINGS = ("by name", "never")
_BODY = re.compile(r"\{\{-?\s*body\s*-?\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One message's template in one language, checked and compiled; `subject_line` is where its file has the subject.

    A template that does not greet gets no name: whoever fills in the form decides nothing of what it says.
    """

    name: str
    subject: Compiled
    subject_line: int
    preview: Compiled | None
    body: Compiled
    greets: bool = True
    language: str = ENGLISH
    calendar: Compiled | None = None


@dataclass(frozen=True, slots=True)
class Templates:
    """The call's templates by kind and language, and the HTML that all of them are laid out in.

    `default` is the language of those for which there is no template in their own; `pictures` can be shown, by name;
    `attachments` go along with a kind in a language.
    """

    templates: Mapping[Kind, Mapping[str, Template]]
    layout: Compiled
    default: str = ENGLISH
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    attachments: Mapping[tuple[Kind, str], tuple[Attachment, ...]] = field(default_factory=dict)
    shapes: Shapes = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shapes", Shapes(self.layout, self.pictures))

    def template(self, kind: Kind, language: str = "") -> Template:
        """Return the template of a kind that readers of a language get; raises TemplateError where there is none."""
        there = self.templates.get(kind, {})
        if not there:
            raise TemplateError(f"no template for “{kind}”. Name one under messages in config/call.yaml.")
        return there[nearest(language, there) or self.default]


def parse_template(name: str, source: str, language: str = ENGLISH, shelf: Pieces | None = None) -> Template:
    """Read a template from its file's text; `name` is the file, as errors show it.

    Raises TemplateError with every problem found, one to a line, each `file:line: what. next step`.
    """
    shelf = shelf or Pieces()
    lines = source.removeprefix("\ufeff").splitlines()
    entries, end, problems = _front_matter(name, lines)
    parts: dict[str, Compiled] = {}
    greet_line, greet = entries.pop("greet", (0, _GREETINGS[0]))
    if greet not in _GREETINGS:
        problems.append(f"{name}:{greet_line}: “greet” is “by name” or “never”. Write one of them.")
    for key, (line, text) in (entries | {"body": (end + 1, "\n".join(lines[end:]))}).items():
        try:
            parts[key] = shelf.template(name, text, line)
        except TemplateError as error:
            problems.append(str(error))
    if problems:
        raise TemplateError("\n".join(problems))
    at, greets = entries["subject"][0], greet != "never"
    preview, calendar = parts.get("preview"), parts.get("calendar")
    return Template(name, parts["subject"], at, preview, parts["body"], greets, language, calendar)


def make_templates(
    sources: Mapping[Kind, Source],
    layout_source: str,
    translations: Mapping[tuple[Kind, str], Source] | None = None,
    pieces: Mapping[str, str] | None = None,
    default: str = ENGLISH,
    pictures: tuple[Picture, ...] = (),
) -> Templates:
    """Read all templates (by kind: the file's name and its text) and the layout.

    `sources` are in the language `default`, `translations` in others; `pieces` can be included, by their names;
    `pictures` can be shown in the layout. Raises one TemplateError that lists every problem in all of them.
    """
    shelf = Pieces(pieces)
    every = {**{(kind, default): source for kind, source in sources.items()}, **(translations or {})}
    templates: dict[Kind, dict[str, Template]] = {}
    problems = _layout_problems(layout_source)
    for (kind, language), (name, source) in every.items():
        try:
            templates.setdefault(kind, {})[language] = parse_template(name, source, language, shelf)
        except TemplateError as error:
            problems.append(str(error))
    try:
        layout = shelf.layout(LAYOUT, layout_source)
    except TemplateError as error:
        problems.append(str(error))
    if problems:
        raise TemplateError("\n".join(dict.fromkeys("\n".join(problems).splitlines())))
    return Templates(templates, layout, default, {picture.name: picture for picture in pictures})


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
    return [] if _BODY.search(source) else [f"{LAYOUT}: the message has no place. Add {{{{ body }}}}."]
