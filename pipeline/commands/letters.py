"""`convene letters`: what went out, listed or given out as files."""

from pathlib import Path

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, JSON, ONLY, Setting, command, raise_if_unknown
from pipeline.model.errors import UsageError


@command
@ONLY
@click.option("--kind", metavar="KIND", help="Only letters of this kind.")
@click.option(
    "--export", "into", metavar="DIR", type=DIR, help="Write them into DIR, with a page of all of them."
)
@JSON
def letters(setting: Setting, only: str, kind: str | None, into: Path | None, as_json: bool) -> int:
    """List the letters that went out, by name; or write them as .eml files."""
    from pipeline.running.handed_out import raise_if_inside
    from pipeline.running.letters import find_sent, write_letters
    from pipeline.running.preview import languages_of
    from pipeline.running.preview_file import read_assets
    from pipeline.views.letter_site import Assets, letter_site
    from pipeline.views.letters import sent_cover, sent_json, sent_table

    if as_json and into:
        raise UsageError("Say --export or --json, not both.")
    workspace, clock = setting.open()
    raise_if_unknown(workspace, kind)
    if into:
        raise_if_inside(workspace, into)
    found = find_sent(workspace, clock, only, kind or "", whole=bool(into))
    if as_json:
        console.show_json(sent_json(found))
    elif into:
        cover = sent_cover(workspace.call.title, found, languages_of(workspace.call))
        write_letters(into, found, letter_site(Assets(*read_assets()), cover, found))
        console.say(f"{cover.says}\nwrote {into / 'index.html'}, and each letter as an .eml file beside it")
        console.say("They are copies that erasing does not reach: delete them when you are done.")
    else:
        console.say(f"{len(found)} letters went out." if found else "Nothing went out yet.")
        console.show_table(sent_table(found))
    return 0
