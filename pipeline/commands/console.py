"""Shows things: as tables and colours on a terminal, as plain lines in cron's mail or a pipe."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

# A command is over at once: what only some of them do, a pattern or JSON, is imported where it is done.
if TYPE_CHECKING:
    from pipeline.model.call import Call
    from pipeline.planning.needs import Need
    from pipeline.views.explain import Section
    from pipeline.views.table import Json, Table


NARROWEST = 40
"""Characters to which lines are wrapped at least, however narrow a terminal says it is."""

NARROW = {"Name": 16, "Status": 13, "Mail": 15}
"""Columns that leave room for the sentence in the last one: the most characters of each."""


_INVISIBLE = (
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff\ufff0-\uffff"
    "\U000e0000-\U0010ffff]"
)
"""Controls, marks of direction, separators, tags, half characters and those that nobody has given a meaning."""


_SECRETS: set[str] = set()
"""What is never shown, whatever text it turns up in."""


def hide(secrets: tuple[str, ...]) -> None:
    """Show these never, from now on; neither as they are nor as JSON writes them."""
    import json

    _SECRETS.update(secrets, (json.dumps(secret)[1:-1] for secret in secrets))


def clean(text: str) -> str:
    """Return a text without secrets."""
    from pipeline.model.text import without

    return without(text, sorted(_SECRETS, key=len, reverse=True))


def be_sure_of_streams() -> None:
    """Put nothing in the place of streams that are closed, so that no file of ours takes it and is printed into."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def _colour() -> bool | None:
    """Return whether styles are printed: never where they are not understood or wanted, else click decides."""
    return False if os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("NO_COLOR") else None


def ask(question: str) -> bool:
    """Ask for a yes or no. Raises NoAnswer where nobody is there to give one."""
    try:
        return click.confirm(question)
    except click.Abort:
        from pipeline.model.errors import NoAnswer

        click.echo()
        raise NoAnswer("Nobody answered, so nothing was done. Say --yes beforehand.") from None


def say(text: str) -> None:
    """Print a line (or several); on a terminal, wrapped between words."""
    text = clean(text)
    click.echo(_wrapped(text) if sys.stdout.isatty() else text)


def warn(text: str) -> None:
    """Print to the error stream, in red on a terminal."""
    with suppress(OSError):  # there is nowhere left to say that this cannot be said
        text = clean(text)
        click.secho(_wrapped(text) if sys.stderr.isatty() else text, err=True, fg="red", color=_colour())


def finish(code: int) -> int:
    """Let everything out that was printed; return what the command ends with: not 0 where it was not."""
    try:
        sys.stdout.flush()
    except OSError as error:
        from pipeline.model.disk import cannot_use

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left would be tried again
        warn(str(cannot_use(None, error)))
        return code or 1
    return code


def _wrapped(text: str) -> str:
    """Wrap lines to the terminal's width; what goes on stands a little further in than its line began."""
    import shutil

    width = max(shutil.get_terminal_size().columns, NARROWEST)
    return "\n".join(_wrapped_line(line, width) for line in text.split("\n"))


def _wrapped_line(line: str, width: int) -> str:
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(
        line, width, subsequent_indent=indent, break_on_hyphens=False, replace_whitespace=False
    )


def show_json(data: "Json") -> None:
    """Print data for a machine; what a terminal would obey, or show in another order, is escaped."""
    click.echo(as_json(data))


def as_json(data: "Json") -> str:
    """Write data as JSON, a line a value."""
    import json

    return clean(escaped(json.dumps(data, ensure_ascii=False, indent=2)))


def escaped(text: str) -> str:
    """Return JSON with every invisible character in its texts as an escape; it says the same."""
    import json
    import re

    return re.sub(_INVISIBLE, lambda found: json.dumps(found[0])[1:-1], text)


def show_sections(sections: "tuple[Section, ...]") -> None:
    """Print titles with their lines below them, indented."""
    for number, section in enumerate(sections):
        click.secho(f"{chr(10) if number else ''}{clean(section.title)}", bold=True, color=_colour())
        for line in section.lines:
            say(f"  {line}")


def show_table(table: "Table") -> None:
    """Print a table; where nobody looks, one line per row."""
    if not table.rows:
        return
    if not sys.stdout.isatty():
        for row in table.rows:
            say("  ".join(cell for cell in row if cell))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable

    shown = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in table.headings:
        rest = 1 if heading == table.headings[-1] else None
        fixed = heading in {"Row", "Reference"}
        shown.add_column(heading, no_wrap=fixed, ratio=rest, max_width=NARROW.get(heading), overflow="fold")
    for row in table.rows:
        shown.add_row(*(_literal(cell) for cell in row))
    Console().print(shown)


def _literal(text: str) -> str:
    from rich.markup import escape

    return escape(clean(text))


def show_needs(needs: "tuple[Need, ...]", call: "Call") -> None:
    """Print what needs a person."""
    from pipeline.views.needs import needs_lines

    show_under_heading(tuple(map(call.columns.say, needs_lines(needs, call.zone))))


def show_under_heading(told: tuple[str, ...]) -> None:
    """Print lines, the first as their heading."""
    heading, *lines = told or ("",)
    if heading:
        click.secho(heading, bold=True, color=_colour())
    for line in lines:
        say(line)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a function to report progress to: a bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stdout.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import Progress

    with Progress(transient=True) as bar:
        task = bar.add_task("Sending", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
