"""What a machine needs to run a call, `config/service.yaml`: every setting, its default and its check, once.

The section `sheet` is in `sheet_settings`, the relay of `mail` in `relay_settings`.
"""

from dataclasses import field
from datetime import timedelta
from typing import Annotated

from pipeline.model.fields import (
    Around,
    ClockTime,
    Count,
    InWorkspace,
    Line,
    MaybeLine,
    Shown,
    ShownAddress,
    among,
    days,
    minutes,
    number,
)
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, Written, choose, key, made, read_chosen
from pipeline.model.notify import NOBODY, Notify
from pipeline.model.presets import MOST_CONNECTIONS, PresetName, with_preset
from pipeline.model.relay_settings import WAYS
from pipeline.model.relay_settings import GoogleToken as GoogleToken
from pipeline.model.relay_settings import Login as Login
from pipeline.model.relay_settings import MicrosoftToken as MicrosoftToken
from pipeline.model.relay_settings import OutboxSettings as OutboxSettings
from pipeline.model.relay_settings import Password as Password
from pipeline.model.relay_settings import SmtpSettings as SmtpSettings
from pipeline.model.sheet_settings import GoogleSettings as GoogleSettings
from pipeline.model.sheet_settings import WorkbookSettings as WorkbookSettings

# --- mail --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rate(Keys):
    """What the relay allows; None: no bound. `per_day` is counted over the last 24 hours, in the ledger.

    `connections` is how many messages may be under way at once, each on a connection of its own. `preset` names
    the relay whose numbers these are, as far as no others are written.
    """

    per_minute: Annotated[Count | None, key("messages_per_minute")] = None
    per_connection: Annotated[Count | None, key("messages_per_connection")] = None
    per_day: Annotated[Count | None, key("messages_per_day")] = None
    connections: Annotated[int, number(1, MOST_CONNECTIONS)] = 1
    preset: PresetName = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sender(Keys):
    """Whose mail it is: the address and name of `From`."""

    address: ShownAddress
    name: Shown = ""


@dataclass(frozen=True, slots=True)
class MailSettings(Keys):
    """How mail leaves, from whom, and when a message that was put off is tried again or given up.

    `retry_for` is how long a run waits for a relay that says “not now”, or cannot be reached (0: not at all).
    `dkim_selector` is where the relay's key stands in the sender's domain, for `convene check`.
    """

    also = ("kind", *WAYS)

    sender: Annotated[Sender, key("from")]
    transport: Annotated[SmtpSettings | OutboxSettings, made]
    rate: Rate = Rate()
    retry_for: Annotated[timedelta, number(0, 240, minutes), key("retry_for_minutes")] = timedelta(minutes=20)
    retry_after: Annotated[timedelta, number(1, 10080, minutes), key("retry_after_minutes")] = timedelta(
        minutes=30
    )
    give_up_after: Annotated[timedelta, number(1, 60, timedelta), key("give_up_after_days")] = timedelta(
        days=5
    )

    dkim_selector: MaybeLine = ""

    @classmethod
    def arranged(cls, written: Written, around: Around) -> Written:
        kind = choose(written, "kind", {way: (way,) for way in WAYS}, around)
        written = with_preset(written, around)
        transport = read_chosen(WAYS[kind], written, kind, ("mail", "kind"), around)
        return {**written, "transport": transport}

    @property
    def via(self) -> str:
        """The way of sending, by the name that the ledger remembers."""
        return "outbox" if isinstance(self.transport, OutboxSettings) else "smtp"


# --- runs --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Limits(Keys):
    """What a run may do before it asks a person.

    `rows_may_shrink` is the share of rows (0 to 1) that may vanish between two runs; `read_again_after`
    is how old the snapshot may grow while mail is being sent. `doubts_per_run` is how many messages a run may
    leave in doubt: so many at most are between their final dot and the answer while there are doubts.

    `messages_per_run` is counted apart for what was decided and for people who apply for the first time. Of those, so
    many may come from one mailbox; acknowledgements have a bound in any 24 hours, for each domain and for all.
    `attachments_kb` is how much may go along with a letter: every one is kept with it.
    """

    messages_per_run: Count = 250
    rows_may_shrink: Annotated[
        float, number(0, 100, lambda percent: percent / 100), key("rows_may_shrink_percent")
    ] = 0.2
    read_again_after: Annotated[timedelta, number(1, 1440, minutes), key("read_again_after_minutes")] = (
        timedelta(minutes=5)
    )
    doubts_per_run: Count = 3
    applicants_per_mailbox: Count = 3
    acknowledgements_per_domain: Count = 100
    acknowledgements_per_day: Count = 250
    attachments_kb: Count = 1000


@dataclass(frozen=True, slots=True)
class Retention(Keys):
    """How long Convene holds what it knows of people; None: until somebody erases it.

    `letters` counts from the end of a message, `everything` from that of the event; so does `answers_for`, how long the
    copies of `answers` are held (keys of columns). `warning` is how long before that runs say so.
    """

    letters: Annotated[timedelta | None, number(1, 3650, days), key("letters_after_days")] = None
    everything: Annotated[timedelta | None, number(1, 3650, days), key("everything_after_days")] = None
    answers: tuple[Line, ...] = ()
    answers_for: Annotated[timedelta | None, number(1, 3650, days), key("answers_after_days")] = None
    warning: Annotated[timedelta, number(1, 365, days), key("warning_days")] = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Schedule(Keys):
    """When Convene runs by itself, on the clock of the call's zone, and how often it looks for a wish in the sheet.

    `look_every` of nothing: never.
    """

    at: tuple[ClockTime, ...] = ()
    look_every: Annotated[timedelta, number(0, 1440, minutes), key("look_every_minutes")] = timedelta(
        minutes=5
    )


@dataclass(frozen=True, slots=True)
class WitnessSettings(Keys):
    """Where it is written down, outside the workspace, how far its ledger has come (None: the user's state directory).

    `unwitnessed` says whether mail may leave where that cannot be written.
    """

    path: InWorkspace | None = None
    unwitnessed: Annotated[Line, among("refused", "accepted")] = "refused"


@dataclass(frozen=True, slots=True)
class LedgerSettings(Keys):
    """How the ledger waits for the disk: `group` letters share a wait, and are in doubt after a power cut."""

    group: Annotated[int, number(1, 100)] = 20


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a machine needs; `run_at` are the daily times (`HH:MM`) in the call's zone.

    `look_every` is how long `convene schedule` lets pass between two looks at the organisers' cells (none: it never
    looks).
    """

    sheet: WorkbookSettings | GoogleSettings
    mail: MailSettings
    limits: Limits = Limits()
    run_at: tuple[str, ...] = ()
    retention: Retention = Retention()
    witness: WitnessSettings = WitnessSettings()
    notify: Notify = NOBODY
    look_every: timedelta = timedelta(minutes=5)
    ledger: LedgerSettings = LedgerSettings()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be shown, logged or mailed."""
        login = self.mail.transport.login if isinstance(self.mail.transport, SmtpSettings) else None
        known = (
            login.secret if isinstance(login, Password) else "",
            login.client_secret if isinstance(login, MicrosoftToken) else "",
            self.notify.heartbeat,
        )
        return tuple(filter(None, known))
