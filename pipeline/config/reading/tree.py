"""A YAML text as a tree that knows its lines; every leaf stays the text that was typed.

No value becomes a number, a date or a yes or no here: what a key wants is for the schema to say, which can
then explain what to write instead. Anchors, tags and several documents in one file have no use in settings
that organisers read; they are faults.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from pipeline.model.text import quote

Value: TypeAlias = "str | Block | Series | None"
Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
"""The way to a value from the top: keys, and positions in lists."""

DEEPEST = 30
_STANDARD = "tag:yaml.org,2002:"
_HINTS = (
    ("mapping values are not allowed", "Put quotes around a text that has a colon in it."),
    ("character '\\t'", "Use spaces instead of the tab."),
    ("that cannot start any token", "Put quotes around a text that begins with a sign."),
    ("undefined alias", "Put quotes around a text that begins with *."),
    ("expected alphabetic or numeric", "Put quotes around a text that begins with * or &."),
    ("expected ',' or", "Close the bracket, and put quotes around a text in it that has brackets or braces."),
    ("another document", "Remove the line ---: a file holds one set of settings."),
    ("end of stream", "Close the quote that was opened here."),
)
_QUOTED_WORD = re.compile(r" '[\w-]{2,}'")
_ANY_HINT = "Compare the indentation, colons, brackets and quotes with the lines around it."


class Plain(str):
    """A value without quotes that YAML takes for something else than a text: `35`, `true`, `2023-08-01`."""

    __slots__ = ()


class Block(dict[str, Value]):
    """Keys with values; `lines` holds the line of each key, counted from 1."""

    def __init__(self, items: Iterable[tuple[str, Value, int]] = ()) -> None:
        entries = tuple(items)
        super().__init__((key, value) for key, value, _ in entries)
        self.lines = {key: line for key, _, line in entries}

    def cut(self, step: Step) -> None:
        """Take a key out, with its value and line."""
        del self[str(step)], self.lines[str(step)]


class Series(list[Value]):
    """A list; `lines` holds the line of each entry, counted from 1."""

    def __init__(self, items: Iterable[tuple[Value, int]] = ()) -> None:
        entries = tuple(items)
        super().__init__(value for value, _ in entries)
        self.lines = [line for _, line in entries]

    def cut(self, step: Step) -> None:
        """Take an entry out, with its line."""
        del self[int(step)], self.lines[int(step)]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text as YAML: its line, what, and what to do."""

    line: int
    what: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a tree with its faults; `refused` is where values were that the tree does not hold."""

    tree: Block
    faults: tuple[Fault, ...] = ()
    refused: frozenset[Path] = frozenset()


def read_tree(text: str) -> Reading:
    """Read `text` into a tree and note what is wrong; the tree is empty if nothing can be read."""
    try:
        top = YAML(typ="safe", pure=True).compose(text)
    except RecursionError:
        return Reading(Block(), (_too_deep(1),))
    except YAMLError as error:
        return Reading(Block(), (_syntax(error, text),))
    if top is None:
        return Reading(Block(), (Fault(1, "the file is empty", "Copy it from the example and fill it in."),))
    if not isinstance(top, MappingNode):
        fault = Fault(_line(top), "the file does not begin with a key", "Write “key: value” lines.")
        return Reading(Block(), (fault,))
    reader = _Reader()
    tree = reader.block(top, ())
    cut_all(tree, reader.refused)
    return Reading(tree, tuple(reader.faults), frozenset(reader.refused))


class _Reader:
    """Turns nodes into a tree and collects what it cannot take."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.refused: list[Path] = []
        self._seen: set[int] = set()

    def block(self, node: MappingNode, path: Path) -> Block:
        found: dict[str, tuple[str, Value, int]] = {}
        for key_node, value_node in node.value:
            key, line = self._key(key_node), _line(key_node)
            if key in found:
                what = f"the key {quote(key)} is here a second time (first in line {found[key][2]})"
                self.faults.append(Fault(line, what, "Keep one of the two."))
            elif key:
                found[key] = (key, self._value(value_node, line, (*path, key)), line)
        return Block(found.values())

    def _series(self, node: SequenceNode, line: int, path: Path) -> Series:
        # An alias stands in the line of what it repeats: it is told with the line of its list.
        lines = [line if id(part) in self._seen else _line(part) for part in node.value]
        values = [self._value(part, lines[at], (*path, at)) for at, part in enumerate(node.value)]
        return Series(zip(values, lines, strict=True))

    def _key(self, node: Node) -> str:
        if isinstance(node, ScalarNode) and node.value:
            return str(node.value)
        self.faults.append(Fault(_line(node), "a key is not a word", "Write “key: value”."))
        return ""

    def _value(self, node: Node, line: int, path: Path) -> Value:
        fault = self._fault(node, line, len(path))
        self._seen.add(id(node))
        if fault:
            self.faults.append(fault)
            self.refused.append(path)
            return None
        if isinstance(node, MappingNode):
            return self.block(node, path)
        if isinstance(node, SequenceNode):
            return self._series(node, line, path)
        return _leaf(node)

    def _fault(self, node: Node, line: int, depth: int) -> Fault | None:
        if id(node) in self._seen:
            return Fault(line, "something is used again by an alias (*)", "Write it out in each place.")
        if not str(node.tag).startswith(_STANDARD):
            return Fault(line, "a value begins with !", "Put quotes around the text.")
        return _too_deep(line) if depth > DEEPEST else None


def _leaf(node: Node) -> str | None:
    kind, text = str(node.tag).removeprefix(_STANDARD), str(node.value)
    if kind == "null":
        return None
    return text if kind == "str" else Plain(text)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _too_deep(line: int) -> Fault:
    return Fault(line, f"more than {DEEPEST} levels stand inside each other", "Take some of the levels out.")


def _syntax(error: YAMLError, text: str) -> Fault:
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Fault(line, "an invisible control character stands here", "Delete it, or type the line again.")
    marked = error if isinstance(error, MarkedYAMLError) else None
    mark = (marked.problem_mark or marked.context_mark) if marked else None
    if marked and marked.context_mark and "quoted" in str(marked.context):
        mark = marked.context_mark
    # What YAML quotes of a value (an alias) could be a part of a password.
    said = _QUOTED_WORD.sub("", str(marked.problem if marked else "") or "cannot be read")
    hint = next((hint for words, hint in _HINTS if words in said), _ANY_HINT)
    return Fault(mark.line + 1 if mark else 1, f"not valid YAML ({said})", hint)


# --- walking a tree --------------------------------------------------------------------------------------


def value_at(tree: Block, path: Path) -> Value:
    """Return what stands at `path`; None where nothing does."""
    here: Value = tree
    for step in path:
        here = _below(here, step)[0]
    return here


def line_at(tree: Block, path: Path) -> int:
    """Return the line of what stands at `path`, or of the nearest thing around it that exists."""
    line = 1
    here: Value = tree
    for step in path:
        here, found = _below(here, step)
        if not found:
            break
        line = found
    return line


def cut_all(tree: Block, paths: Iterable[Path]) -> bool:
    """Take all that stands at `paths` out of the tree, lines included; return whether anything did."""
    done = False
    for path in sorted(paths, key=_from_the_back, reverse=True):
        around, step = value_at(tree, path[:-1]), path[-1]
        if isinstance(around, Block | Series) and _below(around, step)[1]:
            around.cut(step)
            done = True
    return done


def _from_the_back(path: Path) -> tuple[str, ...]:
    """Order paths so that in reverse no cut moves what a later cut looks for."""
    return tuple(f"{step:09}" if isinstance(step, int) else step for step in path)


def change_texts(tree: Block, change: Callable[[str, Path], str]) -> None:
    """Replace every text that is a value by what `change` makes of it; `Plain` values stay."""
    for key, value in tree.items():
        tree[key] = _changed(value, (key,), change)


def _changed(value: Value, path: Path, change: Callable[[str, Path], str]) -> Value:
    if isinstance(value, Block):
        for key, each in value.items():
            value[key] = _changed(each, (*path, key), change)
    elif isinstance(value, Series):
        value[:] = [_changed(each, (*path, index), change) for index, each in enumerate(value)]
    elif isinstance(value, str) and not isinstance(value, Plain):
        return change(value, path)
    return value


def _below(here: Value, step: Step) -> tuple[Value, int]:
    """Return what stands one step below, and its line; line 0 where nothing does."""
    if isinstance(here, Block) and isinstance(step, str):
        return here.get(step), here.lines.get(step, 0)
    if isinstance(here, Series) and isinstance(step, int) and step < len(here):
        return here[step], here.lines[step]
    return None, 0
