"""What templates may do with values: filters of their own, and the guards that are put around what they compute.

Whatever makes a text or a group counts it before it is made, so that no template takes memory or time without end.
Days, times, lists and numbers are written in the letter's language (see `language`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.environment import Environment
from jinja2.filters import FILTERS
from jinja2.runtime import Context, Undefined
from markupsafe import Markup

from pipeline.messages.language import Moment
from pipeline.messages.tally import LANGUAGE, TALLY, PrintedValues
from pipeline.model.locales import (
    WIDTHS,
    write_day,
    write_list,
    write_moment,
    write_number,
    write_time,
    write_time_there,
)
from pipeline.model.text import listed

Filter = Callable[..., Any]

# The guards that `templates` puts into what it compiles. No template can name them: a space is not part of a name.
COUNTED, FILLED, JOINED, GROUPED = "counted turns", "filled value", "joined texts", "grouped values"


def printable(value: object) -> str:
    """Return a text, or a whole number as one; raise TemplateRuntimeError for what nobody means to print."""
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


def _tally(context: Context) -> PrintedValues:
    tally: PrintedValues = context[TALLY]
    return tally


def _text(context: Context, value: object) -> str:
    """Return a value as the text that is made into another one; if it is the call's, the letter prints it."""
    _tally(context).note(value)
    return printable(value)


# --- guards ------------------------------------------------------------------------------------------------


@pass_context
def _counted(context: Context, values: object) -> Iterator[object]:
    if isinstance(values, Undefined):
        str(values)  # raises, and says what is missing
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TemplateRuntimeError("a loop needs a group of values. This is a single one")
    for value in values:
        _tally(context).step()
        yield value


def _filled(value: object, name: str = "") -> object:
    """Pass a value on; refuse an empty text, which would leave an empty place in somebody's letter."""
    # What is Markup was laid out already: the letter in its layout.
    if isinstance(value, str) and not isinstance(value, Markup) and not value.strip():
        if name:
            raise TemplateRuntimeError(
                f"“{name}” is empty here. Ask first: {{% if {name} %}} … {{% endif %}}"
            )
        raise TemplateRuntimeError(
            "this prints nothing here. Ask first whether there is something: {% if … %}"
        )
    return value


@pass_context
def _joined(context: Context, values: list[object]) -> str:
    texts = [_text(context, value) for value in values]
    _tally(context).step(sum(map(len, texts)))
    return "".join(texts)


@pass_context
def _grouped(context: Context, values: list[object]) -> list[object]:
    if any(isinstance(value, Mapping | list | tuple) for value in values):
        raise TemplateRuntimeError("a group cannot hold another group. Give it texts and numbers")
    _tally(context).step(len(values))
    return values


# --- filters -----------------------------------------------------------------------------------------------


def _on_text(name: str) -> Filter:
    """Return one of Jinja's filters that makes a text of a text, counted."""
    plain = FILTERS[name]
    takes_environment = hasattr(plain, "jinja_pass_arg")

    @pass_context
    def counting(context: Context, value: object, *given: object, **named: object) -> str:
        text = _text(context, value)
        _tally(context).step(len(text))
        first: tuple[Environment, ...] = (context.environment,) if takes_environment else ()
        made = str(plain(*first, text, *given, **named))
        _tally(context).step(len(made))
        return made

    return counting


@pass_context
def _replace(context: Context, value: object, old: object, new: object) -> str:
    text, before, after = (_text(context, each) for each in (value, old, new))
    _tally(context).step(len(text) + text.count(before) * len(after))
    return text.replace(before, after)


@pass_context
def _join(context: Context, values: Iterable[object], between: object = "") -> str:
    texts, mark = [_text(context, value) for value in values], printable(between)
    _tally(context).step(sum(map(len, texts)) + len(texts) * len(mark))
    return mark.join(texts)


def _moment(value: object) -> Moment:
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is missing
    if isinstance(value, Moment) and value.at:
        return value
    if isinstance(value, Moment):
        raise TemplateRuntimeError("there is no such day here. Ask first: {% if … %}")
    raise TemplateRuntimeError("this is no day. Use a date of the call, such as call.reply_by")


def _width(width: object) -> str:
    if width not in WIDTHS:
        raise TemplateRuntimeError(f"a day is written {listed(WIDTHS, 'or')}. Write one of them")
    return str(width)


@pass_context
def _date(context: Context, value: object, width: object = "full") -> str:
    moment = _moment(value)
    assert moment.at  # noqa: S101 - `_moment` saw to it
    _tally(context).printed.update(moment.means)
    return write_day(moment.at, moment.language, _width(width))


@pass_context
def _time(context: Context, value: object, *zone: object) -> str:
    moment = _moment(value)
    assert moment.at  # noqa: S101 - `_moment` saw to it
    _tally(context).printed.update(moment.clock)
    if zone not in ((), ("zone",)):
        raise TemplateRuntimeError(
            'a time is written “time”, or with its clock “time("zone")”. Write one of them'
        )
    return (write_time_there if zone else write_time)(moment.at, moment.language)


@pass_context
def _datetime(context: Context, value: object, width: object = "full") -> str:
    moment = _moment(value)
    assert moment.at  # noqa: S101 - `_moment` saw to it
    _tally(context).printed.update({**moment.means, **moment.clock})
    return write_moment(moment.at, moment.language, _width(width))


@pass_context
def _listed(context: Context, values: Iterable[object], last: object = "and") -> str:
    if isinstance(values, str) or last not in ("and", "or"):
        raise TemplateRuntimeError("this needs a group of texts, and “and” or “or”")
    texts = [_text(context, value) for value in values]
    _tally(context).step(sum(map(len, texts)) + 10 * len(texts))
    return write_list(texts, context[LANGUAGE], str(last))


@pass_context
def _number(context: Context, value: object) -> str:
    text = printable(value).strip()
    if not text.isdecimal() or len(text) > 15:
        raise TemplateRuntimeError("this is no whole number")
    return write_number(int(text), context[LANGUAGE])


_ON_TEXT = ("capitalize", "lower", "title", "trim", "truncate", "upper")
_AS_THEY_ARE = ("default", "first", "items", "last", "length")
GUARDS: Mapping[str, Filter] = {COUNTED: _counted, FILLED: _filled, JOINED: _joined, GROUPED: _grouped}
OFFERED: Mapping[str, Filter] = {
    **{name: FILTERS[name] for name in _AS_THEY_ARE},
    **{name: _on_text(name) for name in _ON_TEXT},
    "date": _date,
    "datetime": _datetime,
    "join": _join,
    "listed": _listed,
    "number": _number,
    "replace": _replace,
    "time": _time,
}
"""The filters that a template can name."""
