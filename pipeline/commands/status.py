"""`convene status`: where everybody stands."""

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command


@command
@JSON
def status(setting: Setting, as_json: bool) -> int:
    """Show where everybody stands; write nothing."""
    from contextlib import closing

    from pipeline.views.status import status_counts, status_json, status_rows, status_table

    workspace, clock = setting.open(letters=False)
    with closing(workspace.ledger()) as ledger:
        history, limits = ledger.history(), workspace.service.limits
        points = status_rows(workspace.call, workspace.sheet.read(), history, clock.now(), limits)
    if as_json:
        console.show_json(status_json(points))
    else:
        console.show_table(status_table(points))
        console.say(status_counts(points))
    return 0
