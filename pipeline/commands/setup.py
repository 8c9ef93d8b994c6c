"""`convene setup`: make the sheet ready."""

from pipeline.commands import console
from pipeline.commands.base import Setting, command
from pipeline.model.text import listed


@command
def setup(setting: Setting) -> int:
    """Add Convene's and the organisers' columns to the sheet, once; change nothing where they are."""
    from pipeline.intake.columns import find_columns
    from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
    from pipeline.running.lock import hold_lock

    workspace, clock = setting.open()
    with hold_lock(workspace.state / "lock", clock.now()):
        snapshot = workspace.sheet.read()
        find_columns(snapshot, workspace.call.columns)  # says what is missing of the form's
        added = workspace.sheet.set_up()
        guards = workspace.sheet.prove()
    if added:
        console.say(
            f"{snapshot.title}: the columns are there now. For the organisers: {listed(ORGANISER_COLUMNS)}."
        )
        console.say(f"Convene writes {listed(OWN_COLUMNS)}, and no other cell. Next: convene plan")
    else:
        console.say(f"{snapshot.title}: Convene's and the organisers' columns were there already.")
    for sentence in guards:
        console.say(f"Tried out: {sentence}.")
    return 0
