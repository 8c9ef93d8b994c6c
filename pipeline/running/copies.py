"""Sends organisers their copies of letters, after everybody's letters, so that no applicant waits for one.

A copy takes the same steps as a letter, once, when the relay took the letter; a later run tries what is put off.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pipeline.ledger.sqlite import Ledger
from pipeline.model.history import History, due_copies, is_pausing
from pipeline.model.witness import Reached, reached_by
from pipeline.planning.plan import Plan
from pipeline.running.clock import Clock
from pipeline.running.orders import Orders
from pipeline.running.sending import Sending, Watch
from pipeline.running.workspace import Workspace


def send_copies(
    workspace: Workspace,
    ledger: Ledger,
    plan: Plan,
    history: History,
    clock: Clock,
    orders: Orders,
    witness: Callable[[Reached], None],
) -> tuple[str, ...]:
    """Send the copies that are due of letters to those whom a run is about; say what kept any from leaving.

    `history` is what the ledger holds once the letters have left.
    """
    mail = workspace.service.mail
    due = tuple(copy for copy in due_copies(history, clock.now()) if plan.scope.covers(copy.reference))
    is_rehearsal = clock.stands_still and mail.via == "smtp" and not orders.force
    is_pause = plan.controls.pause or any(is_pausing(one, clock.now()) for one in history.posted)
    if not due or is_rehearsal or is_pause:
        return ()
    witness(reached_by(history))
    patient = replace(mail, retry_for=timedelta())  # nobody waits for a copy
    watch = Watch(orders.is_stopped, tell=orders.tell)
    sending = Sending(
        ledger, workspace.mailer, patient, clock, watch, workspace.service.limits, orders.notices
    )
    tally = sending.send(tuple(copy.id for copy in due))
    left = len(due) - tally.sent - tally.refused - tally.in_doubt
    if not left:
        return ()
    why = f" ({tally.stopped})" if tally.stopped else ""
    return (f"{left} of the copies for organisers did not leave yet{why}. The next run tries again.",)
