"""Puts guards around what a checked template computes: loops counted, joins counted, no empty place printed.

Works on Jinja's tree before it is compiled. A printed value that is empty is an error, unless the template says itself
what stands there then: `{% if x %}`, `{{ x or "…" }}`, `{{ x or "" }}`.
"""

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from pipeline.messages.filters import COUNTED, FILLED, GROUPED, JOINED

_MAY_BE_EMPTY = frozenset({"preview"})
"""Names of the layout: a letter need not have the line that mail programs show beside the subject."""


class Guarding(NodeTransformer):
    """Rewrites a tree, from the leaves to the root."""

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's way of naming visitors
        self.generic_visit(node)
        node.nodes = [filled(child) for child in node.nodes]
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - Jinja finds it by the name of the node
        self.generic_visit(node)
        node.iter = _filter(node.iter, COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802 - Jinja finds it by the name of the node
        self.generic_visit(node)
        texts = nodes.List([filled(child) for child in node.nodes], lineno=node.lineno)
        return _filter(texts, JOINED)

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802 - Jinja finds it by the name of the node
        self.generic_visit(node)
        return _filter(node, GROUPED)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802 - Jinja finds it by the name of the node
        self.generic_visit(node)
        return node if node.ctx == "store" else _filter(node, GROUPED)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Filter:  # noqa: N802 - Jinja finds it by the name of the node
        self.generic_visit(node)
        if node.name != "default":  # its own is there to be put in the place of nothing
            node.args = [filled(argument) for argument in node.args]
        return node


def filled(node: nodes.Expr) -> nodes.Expr:
    """Guard what is printed or joined against being empty, as far as the template does not say what stands there."""
    if isinstance(node, nodes.TemplateData | nodes.Const | nodes.Call) or _is_guarded(node):
        return node
    if isinstance(node, nodes.Or):
        node.right = filled(node.right)
        return node
    if isinstance(node, nodes.CondExpr):
        node.expr1, node.expr2 = filled(node.expr1), filled(node.expr2) if node.expr2 else None
        return node
    if isinstance(node, nodes.Name) and node.name in _MAY_BE_EMPTY:
        return node
    return _filter(node, FILLED, nodes.Const(named(node), lineno=node.lineno))


def _is_guarded(node: nodes.Expr) -> bool:
    """Whether an expression is one of our groups or joins, or has a text of its own in the place of nothing."""
    if not isinstance(node, nodes.Filter):
        return False
    return node.name in (FILLED, GROUPED) or (
        node.name == "default"
        and all(isinstance(each, nodes.Const) and each.value == "" for each in node.args[:1])
    )


def named(node: nodes.Node | None) -> str:
    """Return what a template calls a value, such as `call.reply_by`; empty for what is worked out."""
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        around = named(node.node)
        return around and f"{around}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        around = named(node.node)
        return around and f"{around}.{node.arg.value}"
    return named(node.node) if isinstance(node, nodes.Filter) else ""


def _filter(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)
