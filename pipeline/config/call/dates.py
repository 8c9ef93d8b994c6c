"""The dates of a call: wall-clock times as organisers write them, to moments in the call's zone, in order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pipeline.config.call.schema import AT_ONCE, DatesSection
from pipeline.config.call.sessions import build_sessions
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.call import Dates
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import fold, quote
from pipeline.model.written_time import WrittenTime, exists

REVIEWS = timedelta(days=2)
"""So long after the selection date open reviews may put off what they could change."""

AFTER_SELECTION = ("reply_by", "reviews_by", "last_offers")
"""Dates between the selection and the meeting, in any order."""

IN_ORDER = ("opens", "deadline", "selection", "starts", "ends")


def read_zone(file: ConfigFile, name: str, path: Path = ("call", "timezone")) -> ZoneInfo:
    """Return the time zone `name`; where there is none, note it and return UTC, so that checks can go on."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        file.add(path, f"there is no time zone {quote(name)}", _nearest_zone(name))
        return ZoneInfo("UTC")


def _nearest_zone(name: str) -> str:
    zones = sorted(available_timezones())
    of_city = [zone for zone in zones if fold(zone.rpartition("/")[2]) == fold(name)]
    return did_you_mean(of_city[0] if of_city else name, zones, "Write one such as Europe/Madrid.")


def build_dates(file: ConfigFile, zone: ZoneInfo) -> Dates | None:
    """Make a call's dates of what is written, noting times that do not exist or are out of order.

    Dates that something must happen by (`deadline`, `reply_by`, `reviews_by`, `last_offers`) include their last second;
    `selection` is one second after the deadline where it is not written, and `reviews_by` two days after it.
    """
    section = file.read("dates", DatesSection)
    if section is None:
        return None
    deadline = section.deadline.last(zone)
    dates = Dates(
        deadline=deadline,
        selection=section.selection.first(zone) if section.selection else _next_second(deadline, zone),
        starts=section.starts.first(zone),
        ends=section.ends.end(zone),
        opens=section.opens.first(zone) if section.opens else None,
        reply_by=section.reply_by.last(zone) if section.reply_by else None,
        last_offers=section.last_offers.last(zone) if section.last_offers else None,
    )
    dates = replace(
        dates,
        reviews_by=_reviews_by(section, dates, zone),
        sessions=build_sessions(file, section, dates, zone),
    )
    written = [name for name in (*IN_ORDER, *AFTER_SELECTION) if getattr(section, name)]
    moments = {name: moment for name in written if (moment := getattr(dates, name))}
    _note_skipped_hours(file, moments)
    _note_disorder(file, moments, IN_ORDER)
    for name in AFTER_SELECTION:
        if name in moments:
            _note_disorder(file, moments, ("selection" if section.selection else "deadline", name, "starts"))
    return dates


def _reviews_by(section: DatesSection, dates: Dates, zone: ZoneInfo) -> datetime | None:
    """Return until when open reviews put something off; None where they put nothing off."""
    if isinstance(section.reviews_by, WrittenTime):
        return section.reviews_by.last(zone)
    return None if section.reviews_by == AT_ONCE else min(dates.selection + REVIEWS, dates.starts)


def _next_second(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment.astimezone(UTC) + timedelta(seconds=1)).astimezone(zone)


def _note_skipped_hours(file: ConfigFile, moments: dict[str, datetime]) -> None:
    for name, moment in moments.items():
        if not exists(moment):
            what = f"“{name}” is in the hour that clocks in {moment.tzinfo} skip on that day"
            file.add(("dates", name), what, "Write an hour earlier or later.")


def _note_disorder(file: ConfigFile, moments: dict[str, datetime], names: tuple[str, ...]) -> None:
    for before, after in pairwise(name for name in names if name in moments):
        earlier, later = moments[before], moments[after]
        # In UTC: Python compares two times of one zone by what the clock shows.
        if later.astimezone(UTC) < earlier.astimezone(UTC):
            what = f"“{after}” ({later:%Y-%m-%d %H:%M}) is before “{before}” ({earlier:%Y-%m-%d %H:%M})"
            file.add(("dates", after), what, f"Put the dates in the order {', '.join(names)}.")
