"""`convene preview`: look at the letters before they leave."""

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command


@command
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
def preview(setting: Setting, opens: bool) -> int:
    """Write the letters of the plan as a page into state/preview/; send and change nothing."""
    import webbrowser

    from pipeline.running.preview import languages_of, look_ahead
    from pipeline.running.preview_file import read_assets, write_preview
    from pipeline.views.letter_site import Assets, letter_site
    from pipeline.views.preview import preview_cover, say_preview

    workspace, clock = setting.open()
    seen = look_ahead(workspace, clock)
    languages, of_sheet = languages_of(workspace.call), workspace.service.sheet.language
    cover = preview_cover(workspace.call, seen.plan, seen.letters, seen.odd, languages, of_sheet)
    path = write_preview(workspace.state, letter_site(Assets(*read_assets()), cover, seen.letters))
    console.say(say_preview(seen.letters))
    for warning in cover.warnings:
        console.warn(warning)
    console.say(f"wrote {path}")
    console.say("It has people's names and addresses: it is for your eyes. A run that sends deletes it.")
    if opens and not webbrowser.open(path.as_uri()):
        console.warn("No browser can be opened here. Open that file in one.")
    return int(bool(cover.warnings))
