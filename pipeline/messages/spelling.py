"""Which names a template uses, and which of them are nothing: read off without filling it in, so all are told at once.

A name that the template asks for (`is defined`, `default`), or makes itself, may be missing.
"""

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from pipeline.messages.context import Context
from pipeline.messages.guards import named
from pipeline.messages.missing import ended, no_such_name, not_in_group
from pipeline.messages.reading import Template
from pipeline.messages.templates import Compiled
from pipeline.model.frozen import dataclass

_ASKS = frozenset({"defined", "undefined"})
_SOMETHING = object()
"""What a name stands for where that is not known before the template is filled in."""


def unknown_names(template: Template | Compiled, context: Context) -> tuple[str, ...]:
    """Return every name of a template, or the layout, that is no value: with file, line and the nearest that is one."""
    return tuple(dict.fromkeys(said for part in _parts(template) for said in _unknown_in(part, context)))


def _unknown_in(part: Compiled, context: Context) -> Iterator[str]:
    files = part.files()
    trees = {name: compiled.tree() for name, compiled in files.items()}
    own = frozenset[str]().union(*map(_own, trees.values()))
    asked = frozenset[str]().union(*map(_asked, trees.values()))
    look = _Look(context, own, asked)
    for name, tree in trees.items():
        for line, what in sorted(look.faults(tree)):
            yield ended(f"{name}:{line}: {what}")


def names_used(template: Template) -> frozenset[str]:
    """Return all that a template asks or prints, with what it includes: `offer.reply_by`, `changes`."""
    trees = (compiled.tree() for part in _parts(template) for compiled in part.files().values())
    return frozenset(named(node) for tree in trees for node in _names(tree))


def _parts(template: Template | Compiled) -> tuple[Compiled, ...]:
    if isinstance(template, Compiled):
        return (template,)
    parts = (template.subject, template.preview, template.calendar, template.body)
    return tuple(part for part in parts if part)


def _names(tree: nodes.Template) -> Iterator[nodes.Name | nodes.Getattr | nodes.Getitem]:
    yield from tree.find_all(nodes.Name)
    yield from tree.find_all(nodes.Getattr)
    yield from tree.find_all(nodes.Getitem)


def _own(tree: nodes.Template) -> frozenset[str]:
    """Return what a template names itself: by set, for and macro."""
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    return frozenset({"loop", *stored, *(macro.name for macro in tree.find_all(nodes.Macro))})


def _asked(tree: nodes.Template) -> frozenset[str]:
    """Return the names of which a template asks whether there are any."""
    tests = (node.node for node in tree.find_all(nodes.Test) if node.name in _ASKS)
    defaults = (node.node for node in tree.find_all(nodes.Filter) if node.name == "default")
    return frozenset(map(named, (*tests, *defaults)))


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at templates with the values that there are, the names that they make themselves, and those asked for."""

    context: Context
    own: frozenset[str]
    asked: frozenset[str]

    def faults(self, tree: nodes.Template) -> Iterator[tuple[int, str]]:
        for node in _names(tree):
            if named(node) in self.asked:
                continue
            if isinstance(node, nodes.Name):
                if self.value(node) is None:
                    yield node.lineno, no_such_name(node.name, self.context)
            elif (around := self.value(node.node)) not in (None, _SOMETHING) and self.value(node) is None:
                yield node.lineno, not_in_group(_key(node), around)

    def value(self, node: nodes.Expr) -> object:
        """Return what a name stands for: None for nothing, `_SOMETHING` where that is not known yet."""
        if isinstance(node, nodes.Name):
            return _SOMETHING if node.name in self.own else self.context.get(node.name)
        if not isinstance(node, nodes.Getattr | nodes.Getitem) or not _key(node):
            return _SOMETHING
        around = self.value(node.node)
        if around is None or around is _SOMETHING:
            return around
        return around.get(_key(node)) if isinstance(around, Mapping) else None


def _key(node: nodes.Getattr | nodes.Getitem) -> str:
    """Return by which name a value is asked for in a group; nothing where that is worked out, or a place in a list."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) else ""
