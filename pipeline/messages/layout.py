"""The layout around every letter: what it may use, filled in, its styles put where mail programs see them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from jinja2 import nodes
from markupsafe import Markup

from pipeline.messages.context import Context
from pipeline.messages.templates import Compiled
from pipeline.model.errors import TemplateError
from pipeline.model.message import Picture
from pipeline.model.suggest import did_you_mean

LAYOUT = "templates/layout.html"
"""What the layout is called in errors."""

OF_ONE_LETTER = ("subject", "preview", "reference")
"""What of a layout's values may differ between letters of one kind in one language."""

LARGEST_PICTURE = 100_000
"""Bytes: a logo has some ten thousand."""

_FROM_CONTEXT = ("call", "reference", "language", "direction")
_PICTURE = re.compile(r'src="cid:([^"]*)"')


def lay_out(layout: Compiled, values: Context, printed: dict[str, str]) -> str:
    """Return a page; what of the call the layout prints is noted in `printed`. Raises TemplateError."""
    # Nothing is loaded: a style sheet from elsewhere stays a link, which `page.faults_of` refuses.
    return _inline(layout.fill_layout(values, printed))


@lru_cache(maxsize=32)  # in most states that `check` tries a letter reads as in others
def _inline(html: str) -> str:
    from css_inline import CSSInliner  # a command that writes no letter does without

    return CSSInliner(load_remote_stylesheets=False).inline(html)


def layout_values(context: Context, subject: str = "", preview: str = "", body: str = "") -> Context:
    """Return what the layout may use: some of what a template may, and what it lays out.

    In `body` every value is escaped: it is HTML.
    """
    given = {key: context[key] for key in _FROM_CONTEXT if key in context}
    escaped = Markup(body)  # noqa: S704 - `make_parts` made it
    return {**given, "subject": subject, "preview": preview, "body": escaped}


def with_pictures(html: str, pictures: Mapping[str, Picture]) -> tuple[str, tuple[Picture, ...]]:
    """Name the pictures of a page by their ids in the letter, and return them with it. Raises TemplateError."""
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


def only_shows(layout: Compiled) -> bool:
    """Whether a layout only prints what is of one letter as it is, or asks whether it is there."""
    trees = tuple(file.tree() for file in layout.files().values())
    named = sum(name.name in OF_ONE_LETTER for tree in trees for name in tree.find_all(nodes.Name))
    printed = (node for tree in trees for output in tree.find_all(nodes.Output) for node in output.nodes)
    asked = (choice.test for tree in trees for choice in tree.find_all(nodes.If))
    shown = sum(isinstance(node, nodes.Name) and node.name in OF_ONE_LETTER for node in (*printed, *asked))
    return named == shown
