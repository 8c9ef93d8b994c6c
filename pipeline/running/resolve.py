"""Messages in doubt: what is known of them, and a person's word on what became of them."""

from contextlib import closing

from pipeline.model.call import when
from pipeline.model.errors import UsageError
from pipeline.model.history import History, Posted
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.workspace import Workspace


def list_doubts(workspace: Workspace) -> tuple[str, ...]:
    """Say for every message in doubt to whom it was, which one, since when, and the server's last words."""
    with closing(workspace.ledger()) as ledger:
        doubts = _doubts(ledger.history())
    return tuple(_describe(workspace, message) for message in doubts)


def resolve_doubt(workspace: Workspace, clock: Clock, reference: str, *, send_again: bool) -> str:
    """Record a person's word on the message in doubt to `reference`; return what happens now.

    Raises UsageError where nothing is in doubt, LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        doubts = [message for message in _doubts(ledger.history()) if message.reference == reference]
        if not doubts:
            raise UsageError(f"No message to {reference} is in doubt. `convene resolve` lists them.")
        state = State.PREPARED if send_again else State.ACCEPTED
        newest = {message.kind: message.id for message in doubts}
        for message in doubts:
            is_newest = newest[message.kind] == message.id
            ledger.resolve(message.id, state if is_newest else State.CANCELLED, clock.now())
    next_step = "The next run sends it again, byte for byte." if send_again else "It counts as sent."
    return f"{reference}: {next_step}"


def _doubts(history: History) -> list[Posted]:
    return [message for message in history.posted if message.state in DOUBTFUL_STATES]


def _describe(workspace: Workspace, message: Posted) -> str:
    since = when(workspace.call, message.at)
    words = message.reply or "none"
    return f"{message.reference}  {message.kind} to {message.to}  since {since}  last words: {words}"
