"""`convene erase` and `convene export`: what Convene holds of one person, taken away or given out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, JSON, Setting, command
from pipeline.model.errors import UsageError
from pipeline.model.text import counted, listed

if TYPE_CHECKING:
    from pipeline.running.erasure import Traces


@command
@click.argument("who", metavar="REF")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(setting: Setting, who: str, yes: bool) -> int:
    """Erase all that Convene holds of REF, or of an e-mail address; the row is yours to delete."""
    from pipeline.running.erasure import erase as erase_person
    from pipeline.running.erasure import look_up

    workspace, clock = setting.open()
    traces = look_up(workspace, who)
    console.say(_about(who, traces))
    if not yes and not console.ask("Erase it for ever?"):
        console.say("Nothing was erased.")
        return 1
    failure = erase_person(workspace, clock, who)
    console.say("Erased. Nothing will be sent to this person, and nothing is decided.")
    if traces.person.rows:
        rows = _rows(traces.person.rows)
        console.say(f"The answers are yours to delete: {rows} of the sheet; until then it says Erased.")
    for where, numbers in traces.beside:
        console.say(f"Also yours to take out: {where} in {_rows(numbers)} names this person.")
    console.say(
        "Copies of the folder, the sheet's own history and mailboxes are yours, too (docs/privacy.md)."
    )
    if failure:
        console.warn(f"The sheet does not show it yet, the next run does that: {failure}")
    return failure.exit_code if failure else 0


def _about(who: str, traces: "Traces") -> str:
    person, beside = traces.person, (f"{where} in {_rows(rows)}" for where, rows in traces.beside)
    answers = _rows(person.rows) if person.rows else "no row of the sheet"
    named = listed(tuple(beside))
    return f"{who}: {counted(person.messages, 'message')}, and {answers}{named and f'; named by {named}'}."


def _rows(numbers: tuple[int, ...]) -> str:
    return f"{'row' if len(numbers) == 1 else 'rows'} {', '.join(map(str, numbers))}"


@command
@click.argument("who", metavar="REF")
@click.argument("into", metavar="[DIR]", type=DIR, required=False)
@JSON
def export(setting: Setting, who: str, into: Path | None, as_json: bool) -> int:
    """Give out all that is held of REF, or of an e-mail address: JSON and a page, into DIR."""
    from pipeline.running.export import gather, write_files
    from pipeline.views.personal import personal_json, personal_page

    if as_json == bool(into):
        raise UsageError("Name a folder to write to, or say --json.")
    workspace, clock = setting.open()
    found = gather(workspace, clock, who)
    data = personal_json(workspace.call, found)
    if as_json:
        console.show_json(data)
        return 0
    assert into is not None  # noqa: S101 - asked above
    for path in write_files(workspace, into, found.name, console.as_json(data), personal_page(data)):
        console.say(f"wrote {path}")
    console.say("Look at it before you hand it over: what organisers noted is in it.")
    return 0
