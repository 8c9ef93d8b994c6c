"""What happened last, and what happens next and when."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from pipeline.model.call import Call
from pipeline.model.history import Posted
from pipeline.model.history_events import LoggedRun
from pipeline.model.message import DECISIONS, State
from pipeline.model.said import Said
from pipeline.model.tab import Look, TabCell
from pipeline.planning.tab.facts import Facts, Line, date_of, heading, moment_of, say_kinds

LAST = 5
"""So many runs are told of."""

_BECAME = (State.DEFERRED, State.REFUSED, State.IN_DOUBT, State.HELD, State.CANCELLED)


def last_rows(facts: Facts) -> tuple[Line, ...]:
    """Tell of the last runs that did something, the newest first; runs with nothing to do are not told of."""
    told = [run for run in facts.runs if run.number][-LAST:]
    rows = tuple(_line(moment_of(facts.call, run.started), _say_run(facts, run)) for run in reversed(told))
    return (heading(Said("happened last")), *(rows or (_line("", Said("nothing yet")),)))


def _line(when: str, what: str) -> Line:
    return (TabCell(when, Look.LABEL) if when else None, None, TabCell(what))


def _say_run(facts: Facts, run: LoggedRun) -> str:
    letters = [message for message in facts.history.posted if message.run == run.number]
    rows = run.counts.get("changed", 0)
    parts = (
        *_say_letters(letters),
        *((Said("rows updated", number=rows),) if rows else ()),
        *((Said("run not finished", said=run.said),) if run.said else ()),
    )
    return Said("run did", parts=Said("parts", parts=parts or (Said("run looked"),)))


def _say_letters(letters: list[Posted]) -> Iterator[str]:
    if sent := say_kinds(message.kind for message in letters if message.state is State.ACCEPTED):
        yield Said("sent letters", letters=sent)
    others = Counter(message.state for message in letters)
    yield from (Said(f"became {state}", number=others[state]) for state in _BECAME if others[state])


def next_rows(facts: Facts) -> tuple[Line, ...]:
    """Say what happens next and when: what waits, when Convene runs, and the dates of the call that are to come."""
    return (heading(Said("happens next")), *_waiting(facts), *_runs(facts), *_dates(facts))


def _waiting(facts: Facts) -> Iterator[Line]:
    if facts.waits.count:
        when = moment_of(facts.call, facts.waits.again) if facts.waits.again else Said("waiting now")
        yield _line(when, facts.waits.why)


def _runs(facts: Facts) -> Iterator[Line]:
    if times := facts.service.run_at:
        yield _line(Said("every day at", times=times), Said("reads and does"))


def _dates(facts: Facts) -> Iterator[Line]:
    dates, kept = facts.call.dates, facts.service.retention.everything
    told: tuple[tuple[datetime | None, str], ...] = (
        (dates.opens, Said("call opens")),
        (dates.deadline, Said("last moment")),
        (dates.selection, _from_selection_on(facts.call)),
        (dates.reply_by, Said("reply asked")),
        (dates.starts, Said("meeting begins")),
        (dates.ends, Said("meeting ends")),
        (dates.ends + kept if kept else None, Said("people erased")),
    )
    for moment, what in sorted((each for each in told if each[0]), key=lambda each: str(each[0])):
        if moment and moment > facts.now:
            yield _line(_when(facts, moment), what)


def _from_selection_on(call: Call) -> str:
    if call.approve >= DECISIONS & call.messages.keys():
        return Said("decisions wait")
    return Said("decisions sent, some wait" if DECISIONS & call.approve else "decisions sent")


def _when(facts: Facts, moment: datetime) -> str:
    """Write a moment; a day that counts to its end, or from its beginning, without a time."""
    there = moment.astimezone(facts.call.zone)
    is_day = (there.hour, there.minute) in {(0, 0), (23, 59)} and there.second in {0, 59}
    return date_of(facts.call, moment) if is_day else moment_of(facts.call, moment)
