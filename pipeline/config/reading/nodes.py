"""A YAML text as the library's own nodes, which know their lines, without what has no use in settings.

No value becomes a number, a date or a yes or no here: what a key wants is for the settings to say, which can
then explain what to write instead. Anchors, tags and several documents in one file have no use in settings
that organisers read; they are faults.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # its types leave it out
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError
from yaml.resolver import BaseResolver

from pipeline.model.fields import Plain

Value: TypeAlias = "str | dict[str, Value] | list[Value] | None"
Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
"""The way to a value from the top: keys, and positions in lists."""

Fault: TypeAlias = tuple[int, str, str]
"""A line, what is wrong in it, and what to do."""

DEEPEST = 30
_STANDARD = "tag:yaml.org,2002:"
_TEXT = f"{_STANDARD}str"
_NOTHING = re.compile(r"~|null|Null|NULL|")
_OTHER = re.compile(
    r"""true|True|TRUE|false|False|FALSE
    |[-+]?[0-9_]+|[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+
    |[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:(?:[Tt]|[ \t]+)[0-9:.]+(?:[ \t]*(?:Z|[-+][0-9:]+))?)?|<<|=""",
    re.VERBOSE,
)
"""What YAML 1.2 takes for a truth, a number or a date; 1.1 also `no` and `12:30`, which people mean as texts."""
_ODD = frozenset("~nNtTfF+-.<=0123456789")
"""With what begins whatever is no text: of thousands of words, few have to be looked at."""
_HINTS = (
    ("mapping values are not allowed", "Put quotes around a text that has a colon in it."),
    ("that cannot start any token", "Put quotes around a text that begins with a sign."),
    ("undefined alias", "Put quotes around a text that begins with *."),
    ("expected alphabetic or numeric", "Put quotes around a text that begins with * or &."),
    ("expected ',' or", "Close the bracket, and put quotes around a text in it that has brackets or braces."),
    ("maximum nesting depth", "Take some of the levels out."),
    ("character escape code", "Write the sign itself instead of \\u and a number."),
    ("another document", "Remove the line ---: a file holds one set of settings."),
    ("end of stream", "Close the quote that was opened here."),
)
_QUOTED_WORD = re.compile(r" '[\w-]{2,}'")
_ANY_HINT = "Compare the indentation, colons, brackets and quotes with the lines around it."


def compose(text: str) -> tuple[MappingNode | None, list[Fault], set[Path]]:
    """Read `text`: its top node, what is wrong, and where values were that the nodes no longer hold."""
    try:
        top = _Parser(text).get_single_node()
    except YAMLError as error:
        return None, [_syntax(error, text)], set()
    if top is None:
        return None, [(1, "the file is empty", "Copy it from the example and fill it in.")], set()
    if not isinstance(top, MappingNode):
        return None, [(_line(top), "the file does not begin with a key", "Write “key: value” lines.")], set()
    cleaner = _Cleaner()
    cleaner.keep(top, _line(top), ())
    return top, cleaner.faults, cleaner.refused


class _Parser(CParser, BaseResolver):
    """The library's parser in C; of what has no quotes, it tells what people mean as a text."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)

    def resolve(self, kind: type[Node], value: str | None, implicit: tuple[bool, bool] | bool) -> str:
        if isinstance(implicit, tuple) and implicit[0] and value is not None:
            if value and value[0] not in _ODD:
                return _TEXT
            name = "null" if _NOTHING.fullmatch(value) else "other" if _OTHER.fullmatch(value) else "str"
            return _STANDARD + name
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]  # its types lack it


class _Cleaner:
    """Takes out of nodes what has no use in settings, and collects it as faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.refused: set[Path] = set()
        self._seen: set[int] = set()

    def keep(self, node: Node, line: int, path: Path) -> bool:
        """Clean a node; return whether there is a use for it."""
        if fault := self._fault(node, line, len(path)):
            self.faults.append(fault)
            self.refused.add(path)
            return False
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            node.value = [
                pair
                for pair in self._pairs(node)
                if self.keep(pair[1], _line(pair[0]), (*path, pair[0].value))
            ]
        elif isinstance(node, SequenceNode):
            # An alias stands in the line of what it repeats: it is told with the line of its list.
            lines = [line if id(part) in self._seen else _line(part) for part in node.value]
            parts = enumerate(zip(node.value, lines, strict=True))
            node.value = [part for index, (part, at) in parts if self.keep(part, at, (*path, index))]
        return True

    def _pairs(self, node: MappingNode) -> Iterable[tuple[ScalarNode, Node]]:
        first: dict[str, int] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode) or not name.value:
                self.faults.append((_line(name), "a key is not a word", "Write “key: value”."))
            elif name.value in first:
                what = f"a key is here a second time (first in line {first[name.value]})"
                self.faults.append((_line(name), what, "Keep one of the two."))
            else:
                first[name.value] = _line(name)
                yield name, value

    def _fault(self, node: Node, line: int, depth: int) -> Fault | None:
        if id(node) in self._seen:
            return line, "something is used again by an alias (*)", "Write it out in each place."
        if not str(node.tag).startswith(_STANDARD):
            return line, "a value begins with !", "Put quotes around the text."
        return _too_deep(line) if depth > DEEPEST else None


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _too_deep(line: int) -> Fault:
    return line, f"more than {DEEPEST} levels stand inside each other", "Take some of the levels out."


def _syntax(error: YAMLError, text: str) -> Fault:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, "an invisible control character stands here", "Delete it, or type the line again."
    marked = error if isinstance(error, MarkedYAMLError) else None
    mark = (marked.problem_mark or marked.context_mark) if marked else None
    if marked and marked.context_mark and "quoted" in str(marked.context):
        mark = marked.context_mark
    # What YAML quotes of a value (an alias) could be a part of a password.
    said = _QUOTED_WORD.sub("", str(marked.problem if marked else "") or "cannot be read")
    hint = next((hint for words, hint in _HINTS if words in said), _ANY_HINT)
    if mark and "\t" in _indent(text.splitlines()[mark.line : mark.line + 1]):
        hint = "Use spaces instead of the tab."
    return mark.line + 1 if mark else 1, f"not valid YAML ({said})", hint


def _indent(lines: list[str]) -> str:
    return "".join(line[: -len(line.lstrip())] for line in lines)


# --- walking nodes ---------------------------------------------------------------------------------------


def value_of(node: Node) -> Value:
    """Return what a node holds; every leaf stays the text that was typed."""
    if isinstance(node, MappingNode):
        return {str(name.value): value_of(value) for name, value in node.value}
    if isinstance(node, SequenceNode):
        return [value_of(part) for part in node.value]
    kind = str(node.tag).removeprefix(_STANDARD)
    if kind == "null":
        return None
    return str(node.value) if kind == "str" else Plain(node.value)


def find(top: Node, path: Path) -> tuple[Node | None, int]:
    """Return the node at `path` (None where there is none), and the line of the nearest that exists."""
    here, line = top, 1
    for step in path:
        below = _below(here, step)
        if below is None:
            return None, line
        here, line = below
    return here, line


def _below(node: Node, step: Step) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        return next(((value, _line(name)) for name, value in node.value if name.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], _line(node.value[step])
    return None


def cut(top: Node, paths: Iterable[Path]) -> bool:
    """Take all that stands at `paths` out of the nodes; return whether anything did."""
    # From the back, so that no cut moves what a later cut looks for.
    there = [path for path in sorted(paths, key=_in_order, reverse=True) if find(top, path)[0]]
    for path in there:
        around, step = find(top, path[:-1])[0], path[-1]
        if isinstance(around, MappingNode):
            around.value = [pair for pair in around.value if pair[0].value != step]
        elif isinstance(around, SequenceNode) and isinstance(step, int):
            del around.value[step]
    return bool(there)


def _in_order(path: Path) -> tuple[str, ...]:
    return tuple(f"{step:09}" if isinstance(step, int) else step for step in path)
