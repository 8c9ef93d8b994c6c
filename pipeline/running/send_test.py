"""Letters that organisers send to themselves, through the relay that applicants' letters take.

Neither ledger nor sheet is touched; the letters count in the relay's day.
"""

from contextlib import closing
from email.utils import make_msgid

from pipeline.ledger.sqlite import Ledger
from pipeline.model.address import ascii_address
from pipeline.model.errors import MailUnavailable, UsageError
from pipeline.model.frozen import dataclass
from pipeline.model.message import Kind, Message
from pipeline.model.text import counted, listed
from pipeline.planning.tried import of_applicant, of_nobody, write_test
from pipeline.running.clock import Clock
from pipeline.running.extra_mail import claim, hand_over, has_room
from pipeline.running.lock import hold_lock
from pipeline.running.notice_record import DAY, NoticeRecord
from pipeline.running.run import plan_run
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Trial:
    """What to try: which kinds, as which applicant gets them, or in which language a made-up person does."""

    to: str
    kinds: tuple[Kind, ...] = ()
    reference: str = ""
    language: str = ""


def send_test(workspace: Workspace, clock: Clock, trial: Trial) -> tuple[int, tuple[str, ...]]:
    """Send the letters; return how many left, and what the relay said of those that it did not take.

    The letters are of the clock's time; they leave now. Raises UsageError, TemplateError, LockHeld while a run is going
    on, and MailUnavailable where the day's limit has no room.
    """
    call, mail = workspace.call, workspace.service.mail
    domain = ascii_address(mail.sender.address, "sender").rpartition("@")[2]
    now = Clock().now()
    with hold_lock(workspace.state / "lock", now), closing(workspace.ledger()) as ledger:
        messages = _messages(workspace, ledger, clock, trial)
        letters = tuple(
            write_test(call, mail.sender, message, trial.to, make_msgid(domain=domain), now)
            for message in messages
        )
        record = NoticeRecord(workspace.state)
        told, left = record.read(), len(ledger.sent_between(now - DAY, now, mail.via))
        if not has_room(mail, left, told, len(letters), now):
            raise MailUnavailable(
                f"The day's limit (messages_per_day) has no room for {counted(len(letters), 'more letter')}. "
                "Nothing was sent: name fewer kinds, or wait."
            )
        claim(record, told, mail, len(letters), now)
        refused = tuple(hand_over(workspace.mailer(), letters))
    return len(letters) - len(refused), refused


def _messages(workspace: Workspace, ledger: Ledger, clock: Clock, trial: Trial) -> tuple[Message, ...]:
    call, templates = workspace.call, workspace.templates
    if unused := [kind for kind in trial.kinds if kind not in call.messages]:
        raise UsageError(f"This call has no letter {listed(tuple(unused))} (messages in config/call.yaml).")
    if trial.language not in ("", *call.languages.codes):
        raise UsageError(f"Letters are in {listed(call.languages.codes)}, not in {trial.language}.")
    if not trial.reference:
        return of_nobody(call, templates, trial.kinds, trial.language, clock.now())
    plan = plan_run(workspace, ledger, clock)
    return of_applicant(call, templates, plan, trial.reference, trial.kinds)
