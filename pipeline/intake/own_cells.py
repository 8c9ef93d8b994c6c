"""Convene's own cells read back: what `projection` wrote there, as the values it was made of."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.model.applicant import Status
from pipeline.model.message import KIND_TITLES, Kind, State
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line

_TIME = r"(20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})"
_ACCEPTED = re.compile(f", {_TIME}")
_REFUSED = re.compile(r": refused by the mail server:(.*)")
_IN_DOUBT = re.compile(f": in doubt since {_TIME}, .*")
_POSITION = re.compile(r"[0-9]{1,6}")
_STANDS_AS = re.compile(r"Stands as “([^”]+)” since ([0-9]{1,2} \w+ 20[0-9]{2}),")
_QUOTED = re.compile("“[^”]*”")
_PUT = "Put in this category by the organisers."
_DECIDED = re.compile(r"Decided by the organisers: (.{1,60}?)\.(?: |$)")


@dataclass(frozen=True, slots=True)
class Told:
    """A message as `Last message` tells of it; `at` is None where the cell names no time."""

    kind: Kind
    state: State
    at: datetime | None = None
    reply: str = ""


def read_told(text: str, zone: ZoneInfo) -> Told | None:
    """Read a `Last message` cell; None where it tells of no message.

    Whatever does not say for sure that a message went out, or that it was refused, leaves it in doubt: it is
    known to have been written, and whether it has left since is not.
    """
    line = one_line(text)
    kind = kind_shown(line)
    if kind is None:
        return None
    said = line.removeprefix(KIND_TITLES[kind])
    if (found := _ACCEPTED.fullmatch(said)) and (at := read_moment(found[1], zone)):
        return Told(kind, State.ACCEPTED, at)
    if found := _REFUSED.fullmatch(said):
        return Told(kind, State.REFUSED, None, found[1].strip())
    if found := _IN_DOUBT.fullmatch(said):
        return Told(kind, State.IN_DOUBT, read_moment(found[1], zone))
    return Told(kind, State.IN_DOUBT, None, said[1:].strip())


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Read a time as `call.when` writes it; None for anything else, and outside 2000 to 2099."""
    line = one_line(text)
    if not re.fullmatch(_TIME, line):
        return None
    try:
        return datetime.fromisoformat(line).replace(tzinfo=zone)
    except ValueError:
        return None


def read_status(own: OwnCells) -> Status | None:
    """Read a `Status` cell."""
    text = one_line(own.status)
    return Status(text) if text in frozenset(Status) else None


def read_hidden_status(own: OwnCells) -> Status | None:
    """Read which status a row under review still has, from its reason (see `decide`)."""
    found = _STANDS_AS.match(one_line(own.reason))
    return Status(found[1]) if found and found[1] in frozenset(Status) else None


def read_hidden_since(own: OwnCells, zone: ZoneInfo) -> datetime | None:
    """Read since which day a row under review has its status: the day's beginning."""
    found = _STANDS_AS.match(one_line(own.reason))
    try:
        return datetime.strptime(found[2], "%d %B %Y").replace(tzinfo=zone) if found else None
    except ValueError:
        return None


def read_carried_out(own: OwnCells) -> str:
    """Read which word of the organisers a row was decided by, from its reason; empty where by none."""
    found = _DECIDED.match(one_line(own.reason))
    return found[1] if found else ""


def was_put_in_category(own: OwnCells) -> bool:
    """Whether organisers, and not the rules, put an applicant in the category shown, by the row's reason."""
    return _PUT in _QUOTED.sub("", one_line(own.reason))


def read_position(own: OwnCells) -> int | None:
    """Read a place on the waiting list, from 1."""
    text = one_line(own.waiting_list)
    return (int(text) or None) if _POSITION.fullmatch(text) else None


def kind_shown(last_message: str) -> Kind | None:
    """Return the kind of message that a `Last message` cell tells of."""
    text = one_line(last_message)
    return next((kind for kind, title in KIND_TITLES.items() if re.match(f"{title}[,:]", text)), None)
