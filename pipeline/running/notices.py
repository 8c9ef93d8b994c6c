"""Sends digest and alerts to the organisers, after the applicants' mail and outside of its ledger.

A notice is claimed in the record before it leaves, and is not tried again: it may be lost, and never comes twice. What
fails here is told and logged, and changes nothing of the run.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import field, replace
from datetime import datetime
from email.utils import make_msgid
from hashlib import sha256
from pathlib import Path

from pipeline.mail.base import Mailer
from pipeline.messages.compose import compose_notice
from pipeline.messages.notices import render_notice
from pipeline.model.address import AddressError, ascii_address
from pipeline.model.errors import ConveneError, MailRejectsUs, MailUnavailable, TooManyDoubts
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH
from pipeline.model.message import Letter
from pipeline.model.notice import Notice
from pipeline.model.notify import Notify
from pipeline.model.settings import GoogleSettings, MailSettings
from pipeline.model.text import counted, without
from pipeline.planning.digest import Digest, cause_of, say_failed, say_failure, write_alert, write_digest
from pipeline.planning.result import Result
from pipeline.running.extra_mail import claim, hand_over, has_room
from pipeline.running.notice_record import DAY, NoticeRecord, NoticesTold
from pipeline.running.workspace import Workspace

log = logging.getLogger("convene")

MAIL_FAILED = (MailUnavailable, MailRejectsUs, TooManyDoubts)
"""Failures of which no mail can tell."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way by which mail leaves."""

    mail: MailSettings
    open_mailer: Callable[[], Mailer]


@dataclass(frozen=True, slots=True)
class Post:
    """How notices leave, and what they say of where they come from. `way` is None where the settings are not right.

    `sent` says when applicants' letters left between two times; `tell` hears what went wrong.
    """

    state: Path
    notify: Notify
    way: Way | None
    title: str
    tell: Callable[[str], None]
    link: str = ""
    language: str = ENGLISH
    secrets: tuple[str, ...] = field(default=(), repr=False)
    sent: Callable[[datetime, datetime], tuple[datetime, ...]] = lambda _start, _end: ()


def post_of(workspace: Workspace, tell: Callable[[str], None]) -> Post:
    """Return how the notices of a workspace leave."""
    service, sheet = workspace.service, workspace.service.sheet
    link = (
        f"https://docs.google.com/spreadsheets/d/{sheet.spreadsheet}"
        if isinstance(sheet, GoogleSettings)
        else sheet.path.name
    )

    def sent(start: datetime, end: datetime) -> tuple[datetime, ...]:
        with closing(workspace.ledger()) as ledger:
            return ledger.sent_between(start, end, service.mail.via)

    return Post(
        workspace.state,
        service.notify,
        Way(service.mail, workspace.mailer),
        workspace.call.title,
        tell,
        link,
        sheet.language,
        service.secrets,
        sent,
    )


def tell_digest(post: Post, workspace: Workspace, result: Result, now: datetime) -> None:
    """Send the digest of a run, if it has anything to say."""
    record = NoticeRecord(post.state)
    told = record.read()
    digest = _digest(post, workspace, result, told)
    if digest and post.notify.digest:
        _send(post, digest.notice, post.notify.digest, replace(told, keys=digest.keys), record, now)


def has_news(post: Post, workspace: Workspace, result: Result) -> bool:
    """Whether the digest of a run has anything to say to anybody."""
    told = NoticeRecord(post.state).read()
    return bool(post.notify.digest) and _digest(post, workspace, result, told) is not None


def _digest(post: Post, workspace: Workspace, result: Result, told: NoticesTold) -> Digest | None:
    failure = _why(result.failure, str(result.failure), post) if result.failure else ""
    return write_digest(
        workspace.call, result.news, result.needs, result.waits, failure, told.keys, post.link, post.language
    )


def tell_failure(post: Post, error: BaseException, failure: str, now: datetime, *, has_run: bool) -> None:
    """Send an alert of a failure, once a day for one cause; not where mail is what failed."""
    if not post.notify.alerted or isinstance(error, MAIL_FAILED):
        return
    record = NoticeRecord(post.state)
    told, said = record.read(), without(failure, post.secrets)
    cause = sha256(cause_of(type(error).__name__, said).encode()).hexdigest()[:16]
    if told.alerts.get(cause) == now.date():
        return
    why = _why(error, failure, post)
    notice = write_alert(post.title or "Convene", why, post.link, has_run=has_run, language=post.language)
    alerts = {**{known: day for known, day in told.alerts.items() if day == now.date()}, cause: now.date()}
    _send(post, notice, post.notify.alerted, replace(told, alerts=alerts), record, now)


def _why(error: BaseException, failure: str, post: Post) -> str:
    return say_failed(type(error).__name__, say_failure(without(failure, post.secrets)))


def _send(
    post: Post, notice: Notice, to: tuple[str, ...], told: NoticesTold, record: NoticeRecord, now: datetime
) -> None:
    """Claim a notice, then send it to each address by itself, so that one refusal costs nobody else theirs."""
    what = f"The {notice.kind} to {counted(len(to), 'address')}".replace("addresss", "addresses")
    if post.way is None:
        return _say(post, f"{what} was not sent: the mail settings are not right.")
    mail = post.way.mail
    try:
        if not _has_room(post, mail, told, len(to), now):
            return _say(post, f"{what} was not sent: the day's limit (messages_per_day) is reached.")
        claim(record, told, mail, len(to), now)
        refused = tuple(hand_over(post.way.open_mailer(), _letters(mail, notice, to, now)))
    except (ConveneError, AddressError) as error:
        return _say(post, f"{what} was not sent: {error}")
    if refused:
        _say(post, f"{what} did not reach {len(refused)}: {refused[0]}")
    return None


def _has_room(post: Post, mail: MailSettings, told: NoticesTold, number: int, now: datetime) -> bool:
    if mail.rate.per_day is None:
        return True
    try:
        letters = len(post.sent(now - DAY, now))
    except ConveneError:  # the ledger may be what failed: notices alone are counted then
        letters = 0
    return has_room(mail, letters, told, number, now)


def _letters(mail: MailSettings, notice: Notice, to: Iterable[str], now: datetime) -> Iterable[Letter]:
    content, sender = render_notice(notice), mail.sender
    domain = ascii_address(sender.address, "sender").rpartition("@")[2]
    for address in to:
        message_id = make_msgid(domain=domain)
        data = compose_notice(notice.kind, address, content, sender, message_id, now)
        yield Letter(sender.address, address, message_id, data)


def _say(post: Post, said: str) -> None:
    clean = without(said, post.secrets)
    log.warning("%s", clean)
    post.tell(clean)
