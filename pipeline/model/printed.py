"""What letters print of the call, by name: what it means whatever the language, so that a later change is found."""

from collections.abc import Mapping

from pipeline.model.appointment import say_sessions
from pipeline.model.call import SESSIONS, Call
from pipeline.model.frozen import dataclass
from pipeline.model.text import one_line

Printed = tuple[tuple[str, str], ...]
"""Names with what they mean: a fact its text, a date its day (`2023-09-12`), with `_time` its time (`09:00`)."""

CANCELLED, YES = "cancelled", "yes"
"""What a letter prints that calls the meeting off; nothing under this name says that it takes place."""

FACT = "facts."
TIME = "_time"
DATES = ("opens", "deadline", "selection", "reply_by", "starts", "ends")


def meanings(call: Call) -> Mapping[str, str]:
    """Return all that a letter can print of a call as it is now."""
    moments = {name: at.astimezone(call.zone) for name in DATES if (at := getattr(call.dates, name))}
    return {
        "title": one_line(call.title),
        "reply_to": call.reply_to,
        **{f"{FACT}{key}": one_line(text) for key, text in call.facts.items()},
        **{name: f"{at:%Y-%m-%d}" for name, at in moments.items()},
        **{f"{name}{TIME}": f"{at:%H:%M}" for name, at in moments.items()},
        SESSIONS: "" if call.cancelled else say_sessions(call.dates.sessions),
        CANCELLED: YES if call.cancelled else "",
    }


def is_as_printed(call: Call, printed: Printed) -> bool:
    """Whether all that a letter prints of the call holds now."""
    now = meanings(call)
    return all(now.get(name, "") == meaning for name, meaning in printed)


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of the call, by its name: what somebody was told, and what holds now (empty: nothing any more)."""

    name: str
    was: str
    now: str


Differences = tuple[Difference, ...]
