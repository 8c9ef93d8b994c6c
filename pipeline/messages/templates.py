"""Jinja with the doors closed: what a template may say, what it may print, and how far it may run.

Templates see plain values only. No function but a template's own macros can be called, nothing is reached
through a value's attributes, loops are counted, and whatever cannot be printed as it is meant is an error
that names the template's file and line. What a message prints becomes a token (see `markup`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from traceback import walk_tb
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes, pass_context
from jinja2 import TemplateError as JinjaError
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.messages.filters import GUARDS, OFFERED, printable
from pipeline.messages.guards import Guarding
from pipeline.messages.markup import TOKEN, TOKEN_LIKE, TypedValues
from pipeline.messages.missing import ended, no_such_name, not_in_group
from pipeline.messages.printed import Named
from pipeline.messages.tally import LANGUAGE, TALLY, PrintedValues
from pipeline.model.errors import TemplateError
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH
from pipeline.model.suggest import did_you_mean

_STATEMENTS = frozenset(
    {nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Macro, nodes.Call}
    | {nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Filter}
    | {nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr}
    | {nodes.Concat, nodes.Keyword, nodes.Scope, nodes.Include}
)


@pass_context
def _as_token(context: Context, value: object) -> Markup:
    tally: PrintedValues = context[TALLY]
    # The only Markup there can be is what a macro printed: template text and tokens (`_problems` sees to it).
    if isinstance(value, Markup):
        tally.step(len(value))
        return value
    tally.note(value)
    return tally.put(printable(value), is_own=isinstance(value, Named) and bool(value.means))


@pass_context
def _as_html(context: Context, value: object) -> str:
    tally: PrintedValues = context[TALLY]
    text = value if isinstance(value, Markup) else printable(value)
    tally.note(value)
    tally.step(len(text))
    return text


class _Environment(SandboxedEnvironment):
    """Jinja where a dot finds a value in a group, and nothing of Python. `sources` can be included, by name."""

    def __init__(self, sources: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.sources = sources
        self.pieces: dict[str, Compiled] = {}
        self.open: set[str] = set()

    def getattr(self, obj: Any, attribute: str) -> Any:
        return super().getattr(obj, attribute) if _own_words(obj) else self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        return self.undefined(not_in_group(str(argument), obj))

    def get_template(self, name: Any, *_: Any) -> Template:
        """Return a shared piece, for `include`; `_problems` saw to it that there is one of that name."""
        return self.pieces[name].jinja


def _own_words(obj: object) -> bool:
    return isinstance(obj, LoopContext | Undefined)


def _make_environment(finalize: Callable[[Context, object], str], pieces: Mapping[str, str]) -> _Environment:
    environment = _Environment(
        pieces,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        optimized=False,  # nothing of a template is worked out before it is checked
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters = {**OFFERED, **GUARDS}
    return environment


@dataclass(frozen=True, slots=True)
class Compiled:
    """A checked template; `name` is its file, for what errors say, `source` its text, each line at its number there."""

    name: str
    jinja: Template
    source: str = field(default="", repr=False)

    def tree(self) -> nodes.Template:
        """Return the template taken apart, without what is put around its values."""
        return self.jinja.environment.parse(self.source)

    def files(self) -> "Mapping[str, Compiled]":
        """Return the template, and the pieces that it includes, by their files."""
        found = {self.name: self}
        for include in self.tree().find_all(nodes.Include):
            assert isinstance(include.template, nodes.Const)  # noqa: S101 - `_include` saw to it
            found |= self._environment.pieces[include.template.value].files()
        return found

    def place(self, mark: str) -> str:
        """Return the file, and the line where a text stands in it, if it does."""
        at = self.source.find(mark) if mark else -1
        return self.name if at < 0 else f"{self.name}:{self.source.count(chr(10), 0, at) + 1}"

    def fill(
        self, context: Mapping[str, object], language: str = ENGLISH, printed: dict[str, str] | None = None
    ) -> tuple[str, TypedValues]:
        """Return what a message's template prints, with a token for each value, and the values.

        `language` is that of lists and numbers; which values of the call are printed is noted in `printed`. Raises
        TemplateError (`file:line: what`) for a missing name, an empty place, and a value nobody means to print.
        """
        tally = PrintedValues(printed={} if printed is None else printed)
        text = self._print(context, tally, language)
        # Each token once and in order: nothing was lost in a macro, nothing in the template poses as a token.
        if [int(number) for number in TOKEN.findall(text)] != list(range(len(tally.values))):
            raise TemplateError(f"{self.name}: a value was lost or imitated. Print each value by itself.")
        return text, TypedValues(tuple(tally.values), frozenset(tally.own))

    def fill_layout(self, context: Mapping[str, object], printed: dict[str, str] | None = None) -> str:
        """Return the HTML that a layout prints, its values escaped. Raises TemplateError as `fill` does."""
        return self._print(context, PrintedValues(printed={} if printed is None else printed), ENGLISH)

    def _print(self, context: Mapping[str, object], tally: PrintedValues, language: str) -> str:
        pieces = []
        try:
            for piece in self.jinja.generate({**context, TALLY: tally, LANGUAGE: language}):
                tally.step(len(piece), steps=0)
                pieces.append(piece)
        except UndefinedError as error:
            raise TemplateError(ended(f"{self._place(error)}: {_undefined(str(error), context)}")) from error
        except (JinjaError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise TemplateError(f"{self._place(error)}: {_told(error)}.") from error
        return "".join(pieces)

    def _place(self, error: BaseException) -> str:
        """Return file and line of the innermost template that an error came from."""
        frames = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
        places = [f"{file}:{line}" for file, line in frames if file == self.name or file in self._pieces]
        return places[-1] if places else self.name

    @property
    def _pieces(self) -> frozenset[str]:
        return frozenset(map(_file, self._environment.pieces))

    @property
    def _environment(self) -> _Environment:
        environment = self.jinja.environment
        assert isinstance(environment, _Environment)  # noqa: S101 - `_compile` made it
        return environment


class Pieces:
    """Compiles templates that may include the pieces in one folder, by their names there."""

    def __init__(self, pieces: Mapping[str, str] | None = None) -> None:
        self._messages = _make_environment(_as_token, pieces or {})
        self._layouts = _make_environment(_as_html, pieces or {})

    def template(self, name: str, source: str, line: int = 1) -> Compiled:
        """Check and compile a part of a message's template that begins at `line` of the file `name`.

        Raises TemplateError with every problem found, one to a line.
        """
        return _compile(self._messages, name, source, line)

    def layout(self, name: str, source: str) -> Compiled:
        """Check and compile the HTML that every message is laid out in. Raises TemplateError likewise."""
        return _compile(self._layouts, name, source, 1)


def _file(piece: str) -> str:
    return f"templates/{piece}"


def _compile(environment: _Environment, name: str, source: str, line: int) -> Compiled:
    source = "\n" * (line - 1) + source
    problems: list[tuple[int, str]] = []
    elsewhere: list[str] = []
    try:
        tree = environment.parse(source)
        problems += _problems(tree, source)
        for include in tree.find_all(nodes.Include):
            fault = _include(environment, include)
            problems += [(include.lineno, fault)] if isinstance(fault, str) and fault else []
            elsewhere += [str(fault)] if isinstance(fault, TemplateError) else []
        code = environment.compile(Guarding().visit(tree).set_environment(environment), name, name)
    except TemplateSyntaxError as error:
        problems.append(_syntax(error, source))
    if problems or elsewhere:
        found = (ended(f"{name}:{at}: {what}") for at, what in sorted(problems))
        raise TemplateError("\n".join(dict.fromkeys((*found, *elsewhere))))
    return Compiled(name, Template.from_code(environment, code, environment.globals), source)


def _include(environment: _Environment, include: nodes.Include) -> str | TemplateError:
    """Compile a piece that is included; return what is wrong with naming it, or with the piece itself."""
    name = include.template.value if isinstance(include.template, nodes.Const) else None
    if not isinstance(name, str) or include.ignore_missing or not include.with_context:
        return 'a piece is included by its name alone: {% include "signature.md" %}'
    if name not in environment.sources:
        advice = did_you_mean(name, environment.sources, "Write the name of a file in that folder.")
        return f"there is no file “{name}” in templates/. {advice.rstrip('.')}"
    if environment.sources[name].startswith("---"):
        return f"“{name}” is a message by itself. Include pieces that have no front matter"
    if name in environment.open:
        return f"“{name}” includes itself. Take one of the two out"
    if name not in environment.pieces:
        environment.open.add(name)
        try:
            environment.pieces[name] = _compile(environment, _file(name), environment.sources[name], 1)
        except TemplateError as error:
            return error
        finally:
            environment.open.discard(name)
    return ""


_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}


def _syntax(error: TemplateSyntaxError, source: str) -> tuple[int, str]:
    """Say what is wrong with the marks of a template: the first one that is not closed, in plain words."""
    opened = ("", 0)
    for mark in _MARKS.finditer(source):
        if opened[0] and mark[0] != _CLOSED_BY[opened[0]]:
            break
        opened = (mark[0], mark.start()) if mark[0] in _CLOSED_BY and not opened[0] else ("", 0)
    if opened[0]:
        line = source.count("\n", 0, opened[1]) + 1
        return line, f"“{opened[0]}” is opened and not closed. Write “{_CLOSED_BY[opened[0]]}” behind it"
    return error.lineno, f"{str(error.message).rstrip('.')}. Correct it"


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


_UNDEFINED = re.compile("'(.+)' is undefined")


def _undefined(said: str, context: Mapping[str, object]) -> str:
    found = _UNDEFINED.fullmatch(said)
    return no_such_name(found[1], context) if found else said


def _told(error: BaseException) -> str:
    if isinstance(error, JinjaError):
        return str(error)
    if isinstance(error, RecursionError):
        return "a macro calls itself without end. Take the call out"
    return f"this cannot be worked out ({type(error).__name__}). Combine and compare texts only"
