"""What is due to be erased, and what is said before: personal data has an end (`retention` in config/service.yaml)."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.model.call import Call
from pipeline.model.history import History, is_open
from pipeline.model.settings import Retention
from pipeline.model.text import counted, day


@dataclass(frozen=True, slots=True)
class Due:
    """Messages whose bytes are to go, people of whom everything is, and what to say where that comes soon."""

    letters: frozenset[int] = frozenset()
    people: tuple[str, ...] = ()
    warning: str = ""


def find_due(retention: Retention, call: Call, history: History, now: datetime) -> Due:
    """Say what is due at `now`. A message that may still leave keeps its bytes."""
    letters = frozenset(
        message.id
        for message in history.posted
        if retention.letters and message.at + retention.letters <= now and not is_open(message)
    )
    people = tuple(sorted(history.addresses))
    if retention.everything is None or not people:
        return Due(letters)
    end = call.dates.ends + retention.everything
    if now >= end:
        return Due(letters, people)
    if now < end - retention.warning:
        return Due(letters)
    who = counted(len(people), "applicant")
    return Due(
        letters,
        (),
        f"On {day(end.astimezone(call.zone))}, all that Convene holds of {who} is erased. {TAKE_OUT}",
    )


TAKE_OUT = "What you still need, such as who came, copy it out before (docs/privacy.md)."


def say_erased(people: int, letters: int) -> tuple[str, ...]:
    """Say what a run erased because it was due."""
    said = []
    if people:
        said.append(
            f"Erased all that Convene held of {counted(people, 'applicant')} (retention.everything_after_days)."
        )
    if letters:
        said.append(f"Erased the text of {counted(letters, 'letter')} (retention.letters_after_days).")
    return tuple(said)
