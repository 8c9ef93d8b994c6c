"""Jinja with the doors closed: what a template may say, what it may print, and how far it may run.

Templates see plain values only. No function but a template's own macros can be called, nothing is reached
through a value's attributes, loops are counted, and whatever cannot be printed as it is meant is an error
that names the template's file and line. What a message prints becomes a token (see `markup`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from traceback import walk_tb
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2 import TemplateError as JinjaError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.messages.markup import TOKEN, TOKEN_LIKE, TypedValues, make_token
from pipeline.model.errors import TemplateError

MOST_CHARACTERS = 2_000_000
"""How many characters one message may have: more than the answers of any form together."""
MOST_STEPS = 10_000
"""How many values and turns of loops one message may take."""

_STATEMENTS = frozenset(
    {nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Macro, nodes.Call}
    | {nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Filter}
    | {nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr}
    | {nodes.Concat, nodes.Keyword, nodes.Scope}
)
_FILTERS = ("capitalize", "default", "first", "items", "join", "last", "length", "lower", "replace", "title")
_MORE_FILTERS = ("trim", "truncate", "upper")
# No template can name these: a space is not part of a name.
_TALLY = "the tally"
_COUNTED = "counted turns"


@dataclass(slots=True)
class _Tally:
    """What one rendering printed and took so far."""

    values: list[str] = field(default_factory=list)
    steps: int = 0
    characters: int = 0

    def step(self, characters: int = 0, steps: int = 1) -> None:
        self.steps += steps
        self.characters += characters
        if self.steps > MOST_STEPS or self.characters > MOST_CHARACTERS:
            raise TemplateRuntimeError("the template prints without end. Look at its loops")

    def put(self, text: str) -> Markup:
        self.step(len(text))
        self.values.append(text)
        return Markup("%s") % make_token(len(self.values) - 1)


@pass_context
def _as_token(context: Context, value: object) -> Markup:
    # The only Markup there can be is what a macro printed: template text and tokens (`_problems` sees to it).
    if isinstance(value, Markup):
        return value
    tally: _Tally = context[_TALLY]
    return tally.put(_printable(value))


@pass_context
def _as_html(context: Context, value: object) -> str:
    tally: _Tally = context[_TALLY]
    tally.step()
    return value if isinstance(value, Markup) else _printable(value)


@pass_context
def _counted(context: Context, values: object) -> Iterator[object]:
    tally: _Tally = context[_TALLY]
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TemplateRuntimeError("a loop needs a group of values. This is a single one")
    for value in values:
        tally.step()
        yield value


def _printable(value: object) -> str:
    """Return a text, or a whole number as one; raise for everything that nobody means to print."""
    if isinstance(value, Undefined):
        return str(value)  # raises, and says what is missing
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TemplateRuntimeError(_why_not(value))


def _why_not(value: object) -> str:
    if isinstance(value, bool):
        return "prints yes or no. Ask for it: {% if ... %}"
    if isinstance(value, Mapping | list | tuple):
        return "prints a whole group. Name one value of it: {{ group.value }}"
    if callable(value):
        return "prints a macro. Call it: {{ name() }}"
    return "prints something that is neither a text nor a whole number. Give it as a text"


class _Environment(SandboxedEnvironment):
    """Jinja where a dot finds a value in a group, and nothing of Python."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return super().getattr(obj, attribute) if _own_words(obj) else self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        hint = f"nothing is called “{argument}” there. Correct the name, or add the value to config/call.yaml"
        return self.undefined(hint)


def _own_words(obj: object) -> bool:
    return isinstance(obj, LoopContext | Undefined)


def _make_environment(finalize: Callable[[Context, object], str]) -> _Environment:
    environment = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        optimized=False,  # nothing of a template is worked out before it is checked
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {name: FILTERS[name] for name in (*_FILTERS, *_MORE_FILTERS)} | {_COUNTED: _counted}
    return environment


_MESSAGES = _make_environment(_as_token)
_LAYOUTS = _make_environment(_as_html)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A checked template; `name` is its file, for what errors say. All its text is in `jinja`."""

    name: str
    jinja: Template

    def fill(self, context: Mapping[str, object]) -> tuple[str, TypedValues]:
        """Return what a message's template prints, with a token for each value, and the values.

        Raises TemplateError (`file:line: what`) for a missing name, and for a value nobody means to print.
        """
        tally = _Tally()
        text = self._print(context, tally)
        # Each token once and in order: nothing was lost in a macro, nothing in the template poses as a token.
        if [int(number) for number in TOKEN.findall(text)] != list(range(len(tally.values))):
            raise TemplateError(f"{self.name}: a value was lost or imitated. Print each value by itself.")
        return text, TypedValues(tuple(tally.values))

    def fill_layout(self, context: Mapping[str, object]) -> str:
        """Return the HTML that a layout prints, its values escaped. Raises TemplateError as `fill` does."""
        return self._print(context, _Tally())

    def _print(self, context: Mapping[str, object], tally: _Tally) -> str:
        pieces = []
        try:
            for piece in self.jinja.generate({**context, _TALLY: tally}):
                tally.step(len(piece), steps=0)
                pieces.append(piece)
        except (JinjaError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise TemplateError(f"{self._place(error)}: {_told(error)}.") from error
        return "".join(pieces)

    def _place(self, error: BaseException) -> str:
        frames = walk_tb(error.__traceback__)
        lines = [line for frame, line in frames if frame.f_code.co_filename == self.name]
        return f"{self.name}:{lines[-1]}" if lines else self.name


def compile_template(name: str, source: str, line: int = 1) -> Compiled:
    """Check and compile a piece of a message's template that begins at `line` of the file `name`.

    Raises TemplateError with every problem found, one to a line.
    """
    return _compile(_MESSAGES, name, source, line)


def compile_layout(name: str, source: str) -> Compiled:
    """Check and compile the HTML that every message is laid out in. Raises TemplateError likewise."""
    return _compile(_LAYOUTS, name, source, 1)


def _compile(environment: _Environment, name: str, source: str, line: int) -> Compiled:
    source = "\n" * (line - 1) + source
    problems: list[tuple[int, str]] = []
    try:
        tree = environment.parse(source)
        problems += _problems(tree, source)
        code = environment.compile(_with_counted_loops(tree, environment), name, name)
    except TemplateSyntaxError as error:
        problems.append((error.lineno, f"{str(error.message).rstrip('.')}. Correct it"))
    if problems:
        raise TemplateError("\n".join(f"{name}:{at}: {what}." for at, what in sorted(problems)))
    return Compiled(name, Template.from_code(environment, code, environment.globals))


def _with_counted_loops(tree: nodes.Template, environment: _Environment) -> nodes.Template:
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
    tree.set_environment(environment)
    return tree


def _problems(tree: nodes.Template, source: str) -> list[tuple[int, str]]:
    printed = {id(child) for output in tree.find_all(nodes.Output) for child in output.nodes}
    found = [(node.lineno, _refusal(node, id(node) in printed)) for node in tree.find_all(nodes.Node)]
    imitated = [
        (source.count("\n", 0, match.start()) + 1, f"“{match[0]}” is reserved. Write it in another way")
        for match in TOKEN_LIKE.finditer(source)
    ]
    return [(line, what) for line, what in (*found, *imitated) if what]


def _refusal(node: nodes.Node, is_printed: bool) -> str:
    """Say why a template cannot have this piece of Jinja; empty where it can."""
    if isinstance(node, nodes.Call):
        # A macro's text in an expression could be joined to a value, which would then pass as text of ours.
        if not (is_printed and isinstance(node.node, nodes.Name)):
            return "only a macro can be called, and only by itself: {{ name() }}"
    elif isinstance(node, nodes.For) and node.recursive:
        return "a loop cannot be recursive. Use a plain one"
    elif type(node) not in _STATEMENTS:
        return f"{type(node).__name__} cannot be used. Use if, for, set, macro and filters only"
    return ""


def _told(error: BaseException) -> str:
    if isinstance(error, UndefinedError) and str(error).endswith("is undefined"):
        return f"{error}. Correct the name (docs/templates.md lists them)"
    if isinstance(error, JinjaError):
        return str(error)
    if isinstance(error, RecursionError):
        return "a macro calls itself without end. Take the call out"
    return f"this cannot be worked out ({type(error).__name__}). Combine and compare texts only"
