"""Mail that is on no applicant's record: notices to organisers, and letters that they send to themselves.

It counts in the relay's day, is claimed before it leaves, and is never tried again: it may be lost, and never comes
twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from pipeline.mail.base import Handover, Mailer
from pipeline.model.message import Letter
from pipeline.model.settings import MailSettings
from pipeline.running.notice_record import NoticeRecord, NoticesTold


def has_room(mail: MailSettings, letters: int, told: NoticesTold, number: int, now: datetime) -> bool:
    """Whether the day's limit has room for so many more; `letters` went to applicants in the last 24 hours."""
    per_day = mail.rate.per_day
    return per_day is None or letters + len(told.left(now, mail.via)) + number <= per_day


def claim(record: NoticeRecord, told: NoticesTold, mail: MailSettings, number: int, now: datetime) -> None:
    """Put on record that so many leave now. Raises StateError: then none may leave."""
    record.write(replace(told, sent=(*told.sent, *((now, mail.via) for _ in range(number)))))


def hand_over(mailer: Mailer, letters: Iterable[Letter]) -> Iterator[str]:
    """Send each letter; yield what the relay said where it did not take one."""
    with closing(mailer):
        for letter in letters:
            reply = mailer.send(letter, lambda: None)
            if reply.outcome not in {Handover.ACCEPTED, Handover.IN_DOUBT}:
                yield reply.words
