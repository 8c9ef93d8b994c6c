"""What a machine needs to run a call: the validated content of `config/service.yaml`, as plain values."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class WorkbookSettings:
    """A local .xlsx: where it is, and the tab with the responses (empty: the first)."""

    path: PurePath
    tab: str = ""


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """A tab of a Google spreadsheet, and the key of the service account that it is shared with.

    `timeout` bounds each wait for an answer, in seconds; `retry_for` all attempts at one thing together; `lease`
    is how long a run holds the sheet before another machine may take it. `emulator` is the address of a
    stand-in for Google Sheets on this machine (tests, the demonstration); no key is used then.
    """

    spreadsheet: str
    tab: str
    key_file: PurePath
    timeout: float = 60.0
    retry_for: timedelta = timedelta(minutes=5)
    lease: timedelta = timedelta(minutes=30)
    emulator: str = ""


@dataclass(frozen=True, slots=True)
class OutboxSettings:
    """The embedded mailbox: a Maildir that needs no server."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class Password:
    """Login with user name and password."""

    username: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoogleToken:
    """XOAUTH2 at Google: a service account with domain-wide delegation speaks for the mailbox `user`."""

    key_file: PurePath
    user: str


@dataclass(frozen=True, slots=True)
class MicrosoftToken:
    """XOAUTH2 at Microsoft 365: a registered application with SMTP.SendAsApp speaks for the mailbox `user`."""

    tenant: str
    client_id: str
    client_secret: str = field(repr=False)
    user: str = ""


Login = Password | GoogleToken | MicrosoftToken | None


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail relay. `security` is `starttls`, `tls` or `none` (loopback only); times are in seconds.

    `timeout` bounds every wait but one: the reply to the final dot, `dot_timeout` (RFC 5321, 4.5.3.2.6).
    """

    host: str
    port: int
    security: str = "starttls"
    login: Login = None
    timeout: float = 60.0
    dot_timeout: float = 600.0
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """What the relay allows; None: no bound. `per_day` is counted over the last 24 hours, in the ledger.

    `connections` is how many messages may be under way at once, each on a connection of its own.
    """

    per_minute: int | None = None
    per_connection: int | None = None
    per_day: int | None = None
    connections: int = 1


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose mail it is: the address and name of `From`."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail leaves, from whom, and when a message that was put off is tried again or given up."""

    sender: Sender
    transport: SmtpSettings | OutboxSettings
    rate: Rate = Rate()
    retry_after: timedelta = timedelta(minutes=30)
    give_up_after: timedelta = timedelta(days=5)

    @property
    def via(self) -> str:
        """The way of sending, by the name that the ledger remembers."""
        return "outbox" if isinstance(self.transport, OutboxSettings) else "smtp"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may do before it asks a person.

    `rows_may_shrink` is the share of rows (0 to 1) that may vanish between two runs; `read_again_after`
    is how old the snapshot may grow while mail is being sent. `doubts_per_run` is how many messages a run may
    leave in doubt: so many at most are between their final dot and the answer while there are doubts.
    """

    messages_per_run: int = 250
    rows_may_shrink: float = 0.2
    read_again_after: timedelta = timedelta(minutes=5)
    doubts_per_run: int = 3


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a machine needs; `run_at` are the daily times (`HH:MM`) in the call's zone."""

    sheet: WorkbookSettings | GoogleSettings
    mail: MailSettings
    limits: Limits = Limits()
    run_at: tuple[str, ...] = ()


def is_loopback(host: str) -> bool:
    """Whether a host name or address is surely this machine itself (RFC 6761, 6.3; RFC 5735)."""
    return host in {"localhost", "::1", "[::1]"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
