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
class OutboxSettings:
    """The embedded mailbox: a Maildir that needs no server."""

    path: PurePath


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail relay. `security` is `starttls`, `tls` or `none` (loopback only); times are in seconds.

    `timeout` bounds every wait but one: the reply to the final dot, `dot_timeout` (RFC 5321, 4.5.3.2.6).
    """

    host: str
    port: int
    security: str = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60.0
    dot_timeout: float = 600.0
    ca_file: str = ""


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
    retry_after: timedelta = timedelta(minutes=30)
    give_up_after: timedelta = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may do before it asks a person.

    `rows_may_shrink` is the share of rows (0 to 1) that may vanish between two runs; `read_again_after`
    is how old the snapshot may grow while mail is being sent.
    """

    messages_per_run: int = 250
    rows_may_shrink: float = 0.2
    read_again_after: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a machine needs; `run_at` are the daily times (`HH:MM`) in the call's zone."""

    sheet: WorkbookSettings
    mail: MailSettings
    limits: Limits = Limits()
    run_at: tuple[str, ...] = ()


def is_loopback(host: str) -> bool:
    """Whether a host name or address is surely this machine itself (RFC 6761, 6.3; RFC 5735)."""
    return host in {"localhost", "::1", "[::1]"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None
