"""Messages that only a person's word moves on, in doubt or refused: what is known of them, and that word."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

from pipeline.intake.people import identify
from pipeline.intake.rows import read_entries
from pipeline.ledger.sqlite import Ledger
from pipeline.model.call import when
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.history import History, Posted
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.planning.due import unsettled
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """A person's word: on everything in doubt or refused of one applicant, or on all of a kind."""

    send_again: bool
    reference: str = ""
    all_in_doubt: bool = False
    all_refused: bool = False

    def is_about(self, message: Posted) -> bool:
        """Whether this word is about that message, which is in doubt or refused."""
        is_doubt = message.state in DOUBTFUL_STATES
        in_bulk = self.all_in_doubt if is_doubt else self.all_refused
        return in_bulk or message.reference == self.reference


def list_doubts(workspace: Workspace) -> tuple[str, ...]:
    """Say for every message in doubt to whom it was, which one, since when, and the server's last words."""
    return _list(workspace, refused=False)


def list_refused(workspace: Workspace) -> tuple[str, ...]:
    """Say the same for everybody whose newest message was refused."""
    return _list(workspace, refused=True)


def _list(workspace: Workspace, *, refused: bool) -> tuple[str, ...]:
    with closing(workspace.ledger()) as ledger:
        found = unsettled(ledger.history())
    return tuple(
        _describe(workspace, message) for message in found if (message.state is State.REFUSED) == refused
    )


def resolve_doubt(workspace: Workspace, clock: Clock, reference: str, *, send_again: bool) -> str:
    """Record a person's word on what is in doubt or refused to `reference`; return what happens now.

    Raises UsageError where nothing is, LockHeld while a run is going on.
    """
    (said,) = resolve(workspace, clock, Order(send_again, reference))
    return said


def resolve(workspace: Workspace, clock: Clock, order: Order) -> tuple[str, ...]:
    """Record a person's word on one applicant's messages, or on many; return what happens now, a line each.

    Raises UsageError where there are none, and, for one applicant, where the bytes cannot go out again; of many,
    those stay as they are, and a line says why. Raises LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        history = ledger.history()
        found = tuple(message for message in unsettled(history) if order.is_about(message))
        if not found:
            raise UsageError(_nothing(order))
        here = _written_to(workspace, history) if order.send_again else {}
        references = dict.fromkeys(message.reference for message in found)
        groups = (tuple(each for each in found if each.reference == one) for one in references)
        return tuple(_resolve_one(ledger, clock, order, group, here) for group in groups)


def _resolve_one(
    ledger: Ledger, clock: Clock, order: Order, messages: tuple[Posted, ...], here: dict[str, str]
) -> str:
    reference = messages[0].reference
    try:
        if order.send_again:
            _raise_if_moved(messages, here.get(reference))
        _record(ledger, clock, messages, State.PREPARED if order.send_again else State.ACCEPTED)
    except ConveneError as error:
        if order.reference:
            raise
        return f"{reference}: {error}"
    next_step = "The next run sends it again, byte for byte." if order.send_again else "It counts as sent."
    return f"{reference}: {next_step}"


def _record(ledger: Ledger, clock: Clock, messages: Iterable[Posted], state: State) -> None:
    """Record the word on one applicant's messages; of several of one kind, it is about the newest."""
    newest = {message.kind: message.id for message in messages}
    for message in messages:
        is_newest = newest[message.kind] == message.id
        ledger.resolve(message.id, state if is_newest else State.CANCELLED, clock.now())


def _written_to(workspace: Workspace, history: History) -> dict[str, str]:
    """Return where each applicant in the sheet is written to now."""
    roll = identify(read_entries(workspace.sheet.read(), workspace.call), history)
    return {each.reference: each.response.to for each in roll.applicants}


def _raise_if_moved(messages: tuple[Posted, ...], address: str | None) -> None:
    """Refuse to send what is stored to anybody but the address that it was written for."""
    reference = messages[0].reference
    if address is None:
        raise UsageError(
            f"The row of {reference} is missing or has to be checked first, so nothing goes to this person. Repair "
            "the row (its Reason says how), or write to the person yourself and say --delivered."
        )
    if any(message.to != address for message in messages):
        raise UsageError(
            f"The address of {reference} is another one now, and a stored message goes only to the one that it was "
            "written for. Write to the person yourself, then say --delivered."
        )


def _nothing(order: Order) -> str:
    if order.reference:
        return (
            f"No message to {order.reference} is in doubt or refused. `convene resolve` lists those that are."
        )
    kinds = ("in doubt",) * order.all_in_doubt + ("refused",) * order.all_refused
    return f"No message is {' or '.join(kinds)}."


def _describe(workspace: Workspace, message: Posted) -> str:
    since = "refused" if message.state is State.REFUSED else "since"
    words = message.reply or "none"
    moment = when(workspace.call, message.at)
    return f"{message.reference}  {message.kind} to {message.to}  {since} {moment}  last words: {words}"
