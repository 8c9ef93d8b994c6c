"""`convene history` and `convene log`: what happened to one person, and how the runs went."""

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command


@command
@click.argument("who", metavar="REF")
@JSON
def history(setting: Setting, who: str, as_json: bool) -> int:
    """Tell the story of REF, or of an e-mail address: words, decisions and letters, with run, cause and reason."""
    from pipeline.running.history import find_story
    from pipeline.views.history import history_json, history_lines

    workspace, _ = setting.open(letters=False)
    story = find_story(workspace, who)
    if as_json:
        console.show_json(history_json(story))
        return 0
    for line in history_lines(workspace.call, story):
        console.say(line)
    if not story:
        console.say("Nothing happened yet: no run has recorded this person, or all was erased.")
    return 0


@command
@click.option(
    "--last",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the last N runs (default: 30 as text, all as JSON).",
)
@JSON
def log(setting: Setting, last: int | None, as_json: bool) -> int:
    """List the runs: when, how they ended, what they did, and which settings were changed before them."""
    from contextlib import closing

    from pipeline.views.history import log_json, log_lines

    workspace, _ = setting.open(letters=False)
    with closing(workspace.ledger()) as ledger:
        runs = ledger.diary.runs(last if last or as_json else 30)
    if as_json:
        console.show_json(log_json(runs))
        return 0
    for line in log_lines(workspace.call, runs):
        console.say(line)
    if not runs:
        console.say("No run yet.")
    return 0
