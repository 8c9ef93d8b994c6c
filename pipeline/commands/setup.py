"""`convene setup`: make the sheet ready."""

from pipeline.commands import console
from pipeline.commands.base import Setting, command
from pipeline.model.text import listed


@command
def setup(setting: Setting) -> int:
    """Add Convene's and the organisers' columns to the sheet, once; change nothing where they are."""
    from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
    from pipeline.running.lock import hold_lock
    from pipeline.running.set_up import set_up

    workspace, clock = setting.open()
    with hold_lock(workspace.state / "lock", clock.now()):
        ready = set_up(workspace)
    title = workspace.call.columns.title
    theirs, ours = (tuple(map(title, columns)) for columns in (ORGANISER_COLUMNS, OWN_COLUMNS))
    if ready.added:
        console.say(f"{ready.title}: the columns are there now. For the organisers: {listed(theirs)}.")
        console.say(f"Convene writes {listed(ours)}, and no other cell. Next: convene check")
    else:
        console.say(f"{ready.title}: Convene's and the organisers' columns were there already.")
    for sentence in ready.guards:
        console.say(f"Tried out: {sentence}.")
    return 0
