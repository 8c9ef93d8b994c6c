"""`convene check`: try everything, send nothing."""

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command
from pipeline.model.errors import Caution, ConveneError
from pipeline.model.exit_codes import Exit


@command
@click.option(
    "--live", is_flag=True, help="Also try, on a hidden tab, what Convene leans on in Google Sheets."
)
@click.option("--offline", is_flag=True, help="Ask no other machine: no mail login, no Google Sheets.")
def check(setting: Setting, live: bool, offline: bool) -> int:
    """Try everything and send nothing: configuration, sheet, templates, ledger, mail login, who can read what."""
    from pipeline.running.check import check as attempts

    workspace, clock = setting.open()
    codes = set()
    for name, found in attempts(workspace, clock, live=live, offline=offline):
        if isinstance(found, Caution):
            console.warn(f"warning {name}: {found}")
        elif isinstance(found, ConveneError):
            codes.add(found.exit_code)
            console.warn(f"FAILED  {name}: {found}")
        else:
            console.say(f"ok      {name}: {found}")
    return (Exit.LATER if codes == {Exit.LATER} else Exit.PERSON) if codes else Exit.DONE
