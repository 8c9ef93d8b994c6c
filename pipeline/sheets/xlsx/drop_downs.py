"""Drop-downs of a tab, and what is shown beside a cell while it is chosen. One edit each (see `frame`).

Source: ECMA-376 part 1, 18.3.1.32 (dataValidation), 18.3.1.33 (dataValidations).
"""

from collections.abc import Iterable, Mapping

from pipeline.model.said import PHRASES, Said, tell
from pipeline.sheets.xlsx.elements import Element, insert, parse, rewritten, splice, tag, with_attributes
from pipeline.sheets.xlsx.escapes import escape
from pipeline.sheets.xlsx.frame import ORDER
from pipeline.sheets.xlsx.places import areas

_TITLE, _ERROR = Said("note: other word, title"), Said("note: other word")
_TITLES = frozenset(tell(_TITLE, language) for language in PHRASES)
"""By these the drop-down is known to be Convene's, whatever the language in which it was made."""

LONGEST_LIST = 255
"""Characters of a drop-down's words with their commas; Excel calls a file with more damaged."""


def prompts(prefix: str, cells: Mapping[str, tuple[str, str]]) -> str:
    """Write what is shown beside a cell while it is chosen, a title and a text for each."""
    return "".join(choice(prefix, cell, (), prompt) for cell, prompt in cells.items())


def drop_down(prefix: str, cells: str, words: tuple[str, ...], language: str) -> str:
    """Write a drop-down that offers words and warns of others."""
    said = {
        "type": "list", "errorStyle": "warning", "allowBlank": "1", "showInputMessage": "1", "showErrorMessage": "1",
        "errorTitle": tell(_TITLE, language), "error": tell(_ERROR, language),
        "sqref": cells,
    }  # fmt: skip
    return tag(prefix, "dataValidation", said, tag(prefix, "formula1", {}, escape(_offered(words))))


def choice(prefix: str, cell: str, words: tuple[str, ...], prompt: tuple[str, str]) -> str:
    """Write a prompt beside a cell, a title and a text, and a drop-down where there are words; it forbids nothing."""
    title, text = prompt
    said = {"allowBlank": "1", "showInputMessage": "1"}
    said |= {"promptTitle": title[:32], "prompt": text[:255], "sqref": cell}
    if not words:
        return tag(prefix, "dataValidation", said)
    return tag(
        prefix,
        "dataValidation",
        {"type": "list", **said},
        tag(prefix, "formula1", {}, escape(_offered(words))),
    )


def _offered(words: tuple[str, ...]) -> str:
    """Write the list of a drop-down; what makes it too long is left out from the end, and can still be typed."""
    fitting = list(words)
    while len(",".join(fitting)) > LONGEST_LIST:
        fitting.pop()
    return '"{}"'.format(",".join(fitting).replace('"', '""'))


def add_validations(xml: bytes, fresh: str, number: int) -> bytes:
    """Put drop-downs and prompts behind those of the tab; `number` of them."""
    root = parse(xml)
    there = root.first("dataValidations")
    count = {"count": str(number + (len(there.children) if there else 0))}
    if there is None:
        return splice(
            xml,
            [insert(xml, root, ORDER, "dataValidations", tag(root.prefix, "dataValidations", count, fresh))],
        )
    return splice(xml, [with_attributes(xml, there, count, fresh)])


def free_of_validations(xml: bytes, first: int, last: int) -> bytes:
    """Take the columns from `first` to `last` out of all drop-downs and other limits of what can be typed.

    Those of newer programs stand behind all else (`extLst`) and name their cells in an element.
    """
    root = parse(xml)
    groups = [*root.find("dataValidations"), *(group for one in root.find("extLst") for group in _newer(one))]
    for group in reversed(groups):
        kept: list[bytes] = []
        for one in group.children:
            fresh = _freed(xml, one, first, last)
            kept += [fresh] if fresh else []
        old = [xml[one.start : one.end] for one in group.children]
        if kept != old:
            gone = (group.start, group.end, b"")
            fewer = rewritten(xml, group, {"count": str(len(kept))}, b"".join(kept))
            xml = splice(xml, [fewer if kept else gone])
    return xml


def _newer(element: Element) -> Iterable[Element]:
    for child in element.children:
        if child.name == "dataValidations":
            yield child
        else:
            yield from _newer(child)


def _freed(xml: bytes, one: Element, first: int, last: int) -> bytes:
    """Return a drop-down without some columns; nothing where no cell is left."""
    cells = next((child for child in one.children if child.name == "sqref"), None)
    old = (cells.text if cells else one.attributes.get("sqref", "")).split()
    new = [piece for said in old for piece in _beside_columns(said, first, last)]
    if old == new:
        return xml[one.start : one.end]
    if not new:
        return b""
    if cells is None:
        return with_attributes(xml, one, {"sqref": " ".join(new)})[2]
    return xml[one.start : cells.inner] + " ".join(new).encode() + xml[cells.stop : one.end]


def _beside_columns(said: str, first: int, last: int) -> list[str]:
    """Return what is left of cells beside some columns, as they were named where they do not reach into them."""
    old = areas(said)
    new = [piece for area in old for piece in area.without_columns(first, last)]
    return [said] if new == list(old) else list(map(str, new))


def relax(xml: bytes, words: tuple[str, ...], language: str) -> bytes:
    """Let Convene's own drop-down offer `words` and warn only, wherever it stands."""
    root, offered = parse(xml), _offered(words)
    ours = (
        one
        for one in root.find("dataValidations", "dataValidation")
        if one.attributes.get("errorTitle") in _TITLES
    )
    return splice(
        xml,
        [
            (
                one.start,
                one.end,
                drop_down(root.prefix, one.attributes.get("sqref", ""), words, language).encode(),
            )
            for one in ours
            if one.attributes.get("errorStyle") != "warning"
            or [formula.text for formula in one.find("formula1")] != [offered]
        ],
    )
