"""Messages that only a person's word moves on, in doubt or refused: what is known of them, and that word."""

from contextlib import closing

from pipeline.decisions.settling import settle
from pipeline.intake.decision_forms import Word
from pipeline.intake.people import identify
from pipeline.intake.rows import read_entries
from pipeline.ledger.sqlite import Ledger
from pipeline.model.call import when
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted, Settlement, unsettled
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Order:
    """A person's word: on what is in doubt or refused of one applicant, or on many.

    `kind`, `reason` (a part of the server's last words) and `run` narrow it down. On their own they mean all that fits,
    and for `Delivered` only what is in doubt: what was refused did not arrive.
    """

    send_again: bool
    reference: str = ""
    all_in_doubt: bool = False
    all_refused: bool = False
    kind: str = ""
    reason: str = ""
    run: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether it is about a kind, a reason or a run."""
        return bool(self.kind or self.reason or self.run)

    def is_about(self, message: Posted) -> bool:
        """Whether this word is about that message, which is in doubt or refused."""
        is_doubt = message.state in DOUBTFUL_STATES
        in_bulk = self.all_in_doubt if is_doubt else self.all_refused
        if self.is_narrowed and not (self.reference or self.all_in_doubt or self.all_refused):
            in_bulk = is_doubt or self.send_again
        return (in_bulk or message.reference == self.reference) and self.fits(message)

    def fits(self, message: Posted) -> bool:
        """Whether a message is of the kind, reason and run that are named, as far as they are."""
        return (
            self.kind in ("", message.kind)
            and self.reason.casefold() in message.reply.casefold()
            and self.run in (0, message.run)
        )


EVERYTHING = Order(send_again=True)


def list_doubts(workspace: Workspace, order: Order = EVERYTHING) -> tuple[str, ...]:
    """Say for every message in doubt to whom it was, which one, since when, and the server's last words."""
    return _list(workspace, order, refused=False)


def list_refused(workspace: Workspace, order: Order = EVERYTHING) -> tuple[str, ...]:
    """Say the same for everybody whose newest message was refused."""
    return _list(workspace, order, refused=True)


def _list(workspace: Workspace, order: Order, *, refused: bool) -> tuple[str, ...]:
    with closing(workspace.ledger()) as ledger:
        found = filter(order.fits, unsettled(ledger.history()))
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
        return tuple(_resolve_one(workspace, ledger, clock, order, group, here) for group in groups)


def _resolve_one(
    workspace: Workspace,
    ledger: Ledger,
    clock: Clock,
    order: Order,
    messages: tuple[Posted, ...],
    here: dict[str, str],
) -> str:
    reference = messages[0].reference
    word = Word.SEND_AGAIN if order.send_again else Word.DELIVERED
    try:
        to = here.get(reference, "")
        if order.send_again and not to:
            raise UsageError(_missing(reference))
        found = settle(workspace.call, word, messages, to, clock.now())
        if not found:
            raise UsageError(_over(reference))
        ledger.settle(found, clock.now())
    except ConveneError as error:
        if order.reference:
            raise
        return f"{reference}: {error}"
    return f"{reference}: {_next_step(found)}"


def _next_step(settlements: tuple[Settlement, ...]) -> str:
    """Say what happens to the newest message of an applicant."""
    newest = settlements[-1]
    return {
        State.ACCEPTED: "It counts as sent.",
        State.PREPARED: "The next run sends it again, byte for byte.",
        State.REPLACED: f"The next run writes a new one, for {newest.why}.",
    }[newest.state]


def _written_to(workspace: Workspace, history: History) -> dict[str, str]:
    """Return where each applicant in the sheet is written to now."""
    roll = identify(read_entries(workspace.sheet.read(), workspace.call), history)
    return {each.reference: each.response.to for each in roll.applicants}


def _missing(reference: str) -> str:
    return (
        f"The row of {reference} is missing or has to be checked first, so nothing goes to this person. Repair the row "
        "(its Reason says how), or write to the person yourself and say --delivered."
    )


def _over(reference: str) -> str:
    advice = "Write to the person yourself, then say --delivered."
    return f"Nothing is sent to {reference} again: the meeting has begun. {advice}"


def _nothing(order: Order) -> str:
    if order.reference:
        return (
            f"No message to {order.reference} is in doubt or refused. `convene resolve` lists those that are."
        )
    kinds = ("in doubt",) * order.all_in_doubt + ("refused",) * order.all_refused
    which = " that fits" if order.is_narrowed else ""
    return f"No message{which} is {' or '.join(kinds or ('in doubt', 'refused'))}."


def _describe(workspace: Workspace, message: Posted) -> str:
    since = "refused" if message.state is State.REFUSED else "since"
    words = message.reply or "none"
    moment = when(workspace.call, message.at)
    which = f"{message.reference}  {message.kind} to {message.to}"
    return f"{which}  {since} {moment}  run-{message.run}  last words: {words}"
