"""A wall-clock time as organisers write it: a date, or a date with a time, to the minute or the second."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.model.frozen import dataclass

_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(:\d\d)?))?")
_YEARS = range(1970, 2200)
_DAY, _MINUTE, _SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A time on the clock of some zone; `length` says how exactly: to the day, minute or second."""

    start: datetime
    length: timedelta

    @property
    def is_day(self) -> bool:
        """Whether no time of day is written."""
        return self.length == _DAY

    def first(self, zone: ZoneInfo) -> datetime:
        """Return the first second that is meant; the earlier one where the clock shows it twice."""
        return self.start.replace(tzinfo=zone)

    def last(self, zone: ZoneInfo) -> datetime:
        """Return the last second that is meant; the later one where the clock shows it twice."""
        moment = (self.start + self.length - _SECOND).replace(tzinfo=zone)
        later = moment.replace(fold=1)
        return later if later.utcoffset() != moment.utcoffset() else moment

    def end(self, zone: ZoneInfo) -> datetime:
        """Return the last second of a date; a time stands for itself."""
        return self.last(zone) if self.is_day else self.first(zone)


def read_time(text: str) -> WrittenTime | None:
    """Read `2023-08-01`, `2023-08-01 23:59` or `2023-08-01T23:59:30`; None for everything else."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, seconds = match.groups()
    try:
        start = datetime.fromisoformat(f"{day} {clock or '00:00'}")
    except ValueError:
        return None
    if start.year not in _YEARS:
        return None
    return WrittenTime(start, _SECOND if seconds else _MINUTE if clock else _DAY)


def exists(moment: datetime) -> bool:
    """Whether the clock of its zone ever shows `moment`: not in the hour that summer time skips."""
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)
