"""Convene's own cells: the words of Last message, written and read by one table, and other cells read back."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.model.applicant import Status
from pipeline.model.history import Posted
from pipeline.model.message import DOUBTFUL_STATES, KIND_TITLES, Kind, State
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line

_OUTCOMES = {
    State.ACCEPTED: ", {time}",
    State.REFUSED: ": refused by the mail server: {reply}",
    State.IN_DOUBT: ": in doubt since {time}, it may have been delivered",
    State.DEFERRED: ": put off by the mail server, it will be tried again",
    State.PREPARED: ": not sent yet",
}
"""What became of a message, as it stands behind the title of its kind."""

_TIME = r"(?P<time>20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})"
_SURE = {
    state: re.compile(
        re.escape(_OUTCOMES[state]).replace(r"\{time\}", _TIME).replace(r"\ \{reply\}", "(?P<reply>.*)")
    )
    for state in (State.ACCEPTED, State.REFUSED, State.IN_DOUBT)
}


def say_message(kind: Kind, state: State, time: str, reply: str) -> str:
    """Say which message went out when, or what became of it."""
    said = State.IN_DOUBT if state in DOUBTFUL_STATES else state
    outcome = _OUTCOMES.get(said, _OUTCOMES[State.PREPARED])
    return one_line(f"{KIND_TITLES[kind]}{outcome.format(time=time, reply=reply)}")


def read_message(text: str, zone: ZoneInfo, otherwise: datetime) -> Posted | None:
    """Read a `Last message` cell; None where it tells of no message. Where it names no time, it is `otherwise`.

    Whatever does not say for sure that a message went out, or that it was refused, leaves it in doubt: it is
    known to have been written, and whether it has left since is not.
    """
    kind = kind_shown(text)
    if kind is None:
        return None
    said = one_line(text).removeprefix(KIND_TITLES[kind])
    for state, pattern in _SURE.items():
        if found := pattern.fullmatch(said):
            parts = found.groupdict(default="")
            at, reply = read_moment(parts.get("time", ""), zone), parts.get("reply", "").strip()
            if at or state is not State.ACCEPTED:
                return Posted(0, "", kind, 0, state, at or otherwise, reply=reply)
    return Posted(0, "", kind, 0, State.IN_DOUBT, otherwise, reply=said[1:].strip())


def kind_shown(last_message: str) -> Kind | None:
    """Return the kind of message that a `Last message` cell tells of."""
    line = one_line(last_message)
    return next(
        (kind for kind, title in KIND_TITLES.items() if line.startswith((f"{title},", f"{title}:"))), None
    )


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Read a time as `call.when` writes it; None for anything else, and outside 2000 to 2099."""
    line = one_line(text)
    try:
        return datetime.fromisoformat(line).replace(tzinfo=zone) if re.fullmatch(_TIME, line) else None
    except ValueError:
        return None


def read_status(own: OwnCells) -> Status | None:
    """Read a `Status` cell."""
    text = one_line(own.status)
    return Status(text) if text in frozenset(Status) else None


def read_position(own: OwnCells) -> int | None:
    """Read a place on the waiting list, from 1."""
    text = one_line(own.waiting_list)
    return (int(text) or None) if re.fullmatch("[0-9]{1,6}", text) else None
