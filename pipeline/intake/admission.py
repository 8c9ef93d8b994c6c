"""Who came by the form since the last run, and who of them must wait for a person's word: a form is open to anybody.

Whoever is recorded once is an applicant like all others. Before that, a flood of responses is nobody: it takes no
place, stops nobody, and nothing is sent to the addresses that somebody typed there.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from pipeline.intake.people import Roll
from pipeline.model.applicant import Applicant, Entry
from pipeline.model.history import History
from pipeline.model.mailbox import mailbox
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.said import Said
from pipeline.model.settings import Limits

_NEXT = Said("crowd: do")


def is_newcomer(applicant: Applicant, history: History) -> bool:
    """Whether no run has recorded an applicant yet, nor has an organiser said a word."""
    said = applicant.decision or applicant.older_decision or applicant.is_vouched
    return applicant.reference not in history.addresses and not said


def admit(roll: Roll, entries: tuple[Entry, ...], history: History, limits: Limits) -> Roll:
    """Set apart the rows of newcomers who are too many, in a mailbox or at once; they are to be checked."""
    new = [each for each in roll.applicants if is_newcomer(each, history)]
    crowd = _crowd(roll, new, history, limits.applicants_per_mailbox)
    others = {each.reference for each in new} - crowd
    flood = others if len(others) > limits.messages_per_run else set()
    waiting = crowd | flood
    if not waiting:
        return roll
    problems = {
        **dict.fromkeys(flood, _flood(len(flood), limits)),
        **dict.fromkeys(crowd, _crowded(len(crowd), limits)),
    }
    rows = (entry for entry in entries if roll.references.get(entry.key) in waiting)
    apart = tuple(replace(row, response=None, problem=problems[roll.references[row.key]]) for row in rows)
    return _without(roll, waiting, apart)


def _crowd(roll: Roll, new: list[Applicant], history: History, most: int) -> set[str]:
    """Name the newcomers whose mailbox has enough applicants; whoever applied first comes first."""
    there = {**history.addresses, **{each.reference: each.response.address for each in roll.applicants}}
    newcomers = {each.reference for each in new}
    counts = Counter(mailbox(address) for reference, address in there.items() if reference not in newcomers)
    crowd = set()
    for each in sorted(new, key=lambda each: (each.response.submitted, each.reference)):
        box = mailbox(each.response.address)
        counts[box] += 1
        if counts[box] > most:
            crowd.add(each.reference)
    return crowd


def _without(roll: Roll, waiting: Collection[str], apart: tuple[Entry, ...]) -> Roll:
    return replace(
        roll,
        applicants=tuple(each for each in roll.applicants if each.reference not in waiting),
        references={key: ref for key, ref in roll.references.items() if ref not in waiting},
        superseded=tuple(each for each in roll.superseded if roll.references[each.key] not in waiting),
        checks=(*roll.checks, *apart),
    )


def _flood(number: int, limits: Limits) -> Problem:
    what = Said("flood", most=limits.messages_per_run)
    return Problem(Said("rows", number=number), what, _NEXT, kind=NeedKind.CHECK_ROW)


def _crowded(number: int, limits: Limits) -> Problem:
    what = Said("crowd", most=limits.applicants_per_mailbox)
    return Problem(Said("rows", number=number), what, _NEXT, kind=NeedKind.CHECK_ROW)
