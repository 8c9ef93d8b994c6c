"""Convene's own cells: the words of Last message, written and read by one table, and other cells read back."""

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from pipeline.model.applicant import Status
from pipeline.model.history import Posted
from pipeline.model.kinds import KINDS, Kind, kind_titled, title_of
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.model.said import PHRASES, Said, tell, words_of
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line

_STATUSES = {said: status for status in Status for said in words_of("status", status)}

_TITLES = tuple((kind, title) for kind in KINDS for title in words_of("kind", kind))
"""What each kind that is shipped is called, in every language."""

_TIME = r"(?P<time>20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})"


def say_message(kind: Kind, state: State, time: str, reply: str) -> Said:
    """Say which message went out when, or what became of it."""
    said = State.IN_DOUBT if state in DOUBTFUL_STATES else state
    known = said if said in {*_SURE, State.DEFERRED} else State.PREPARED
    return Said(f"message {known}", kind=title_of(kind), time=time, reply=reply)


_SURE = (State.ACCEPTED, State.REFUSED, State.IN_DOUBT)
"""What a cell can say for sure."""


@cache
def _patterns(kind: Kind) -> tuple[tuple[State, re.Pattern[str]], ...]:
    """Return how each language says what became of a kind of message."""
    return tuple(
        (state, _pattern(str(table[f"message {state}"]), tell(title_of(kind), language)))
        for language, table in PHRASES.items()
        for state in (*_SURE, State.DEFERRED, State.PREPARED)
    )


def _pattern(phrase: str, kind: str) -> re.Pattern[str]:
    said = re.escape(one_line(phrase.format(kind=kind, time="@time", reply="@reply")))
    return re.compile(said.replace("@time", _TIME).replace(r"\ @reply", "(?P<reply>.*)"))


def read_message(text: str, zone: ZoneInfo, otherwise: datetime) -> Posted | None:
    """Read a `Last message` cell; None where it tells of no message. Where it names no time, it is `otherwise`.

    Whatever does not say for sure that a message went out, or that it was refused, leaves it in doubt: it is
    known to have been written, and whether it has left since is not.
    """
    kind, rest = _read_title(text)
    if kind is None:
        return None
    for state, pattern in _patterns(kind):
        if state in _SURE and (found := pattern.fullmatch(one_line(text))):
            parts = found.groupdict(default="")
            at, reply = read_moment(parts.get("time", ""), zone), parts.get("reply", "").strip()
            if at or state is not State.ACCEPTED:
                return Posted(0, "", kind, 0, state, at or otherwise, reply=reply)
    return Posted(0, "", kind, 0, State.IN_DOUBT, otherwise, reply=rest)


def kind_shown(last_message: str) -> Kind | None:
    """Return the kind of message that a `Last message` cell tells of, in whatever language."""
    return _read_title(last_message)[0]


def _read_title(last_message: str) -> tuple[Kind | None, str]:
    """Return the kind that a cell names first, and what follows."""
    line = one_line(last_message)
    if not line:
        return None, ""
    shipped = (
        (kind, line.removeprefix(title).lstrip(" ,:"))
        for kind, title in _TITLES
        if line.startswith(tuple(f"{title}{mark}" for mark in (",", ":", " :")))
    )
    return next(shipped, None) or _read_own_title(line)


def _read_own_title(line: str) -> tuple[Kind | None, str]:
    """Return a kind that organisers added. It can be called anything: only an outcome behind it says that it is one."""
    title = re.split(" ?[,:]", line, maxsplit=1)[0]
    kind = kind_titled(title)
    is_said = kind and any(pattern.fullmatch(line) for _, pattern in _patterns(kind))
    return (kind, line.removeprefix(title).lstrip(" ,:")) if is_said else (None, "")


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Read a time as `call.when` writes it; None for anything else, and outside 2000 to 2099."""
    line = one_line(text)
    try:
        return datetime.fromisoformat(line).replace(tzinfo=zone) if re.fullmatch(_TIME, line) else None
    except ValueError:
        return None


def read_status(own: OwnCells) -> Status | None:
    """Read a `Status` cell, in whatever language it was written."""
    return _STATUSES.get(one_line(own.status))


def read_position(own: OwnCells) -> int | None:
    """Read a place on the waiting list, from 1."""
    text = one_line(own.waiting_list)
    return (int(text) or None) if re.fullmatch("[0-9]{1,6}", text) else None
