"""What is due to be erased, and what is said before: personal data has an end (`retention` in config/service.yaml)."""

from datetime import datetime

from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, is_open
from pipeline.model.settings import Retention
from pipeline.model.text import counted, day, listed
from pipeline.planning.unkept import find_unkept


@dataclass(frozen=True, slots=True)
class Due:
    """Messages whose bytes are to go, people of whom everything is, answers of which no copy may be held.

    `warnings` say what comes soon.
    """

    letters: frozenset[int] = frozenset()
    people: tuple[str, ...] = ()
    answers: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def find_due(retention: Retention, call: Call, history: History, now: datetime) -> Due:
    """Say what is due at `now`. A message that may still leave keeps its bytes; others may quote any answer."""
    answers, people = find_unkept(retention, call, now), tuple(sorted(history.addresses))
    letters = frozenset(
        message.id
        for message in history.posted
        if not is_open(message) and (answers or (retention.letters and message.at + retention.letters <= now))
    )
    if not people:
        return Due(letters)
    ends = call.dates.ends
    is_over = retention.everything is not None and now >= ends + retention.everything
    who = counted(len(people), "applicant")
    titles = listed(tuple(f"“{call.columns.headers[key]}”" for key in retention.answers))
    copies = f"Convene's copies of the answers to {titles} are erased, and the text of its letters."
    soon = (
        (retention.everything, f"all that Convene holds of {who} is erased. {TAKE_OUT}"),
        (retention.answers_for, copies),
    )
    warnings = (
        f"On {day((ends + period).astimezone(call.zone))}, {what}"
        for period, what in soon
        if period and ends + period - retention.warning <= now < ends + period and not is_over
    )
    return Due(letters, people if is_over else (), answers, tuple(warnings))


TAKE_OUT = "What you still need, such as who came, copy it out before (docs/privacy.md)."


def say_erased(people: int, letters: int, answers: int = 0) -> tuple[str, ...]:
    """Say what a run erased because it was due: of how many people, how many letters, and in how many reasons."""
    said = []
    if people:
        said.append(
            f"Erased all that Convene held of {counted(people, 'applicant')} (retention.everything_after_days)."
        )
    if answers:
        said.append(
            f"Erased what {counted(answers, 'decision')} said of answers (retention.answers_after_days)."
        )
    if letters:
        period = "answers_after_days" if answers else "letters_after_days"
        said.append(f"Erased the text of {counted(letters, 'letter')} (retention.{period}).")
    return tuple(said)
