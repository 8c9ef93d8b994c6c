"""Who left which evidence: the row and the letters of each applicant, as far as they do not contradict each other.

Rows are told apart as the next run does (see `people`): what it could not follow is not believed here either.
"""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.intake.own_cells import kind_shown, read_message, read_moment, read_status
from pipeline.intake.people import identify
from pipeline.intake.staleness import REFERENCE, shows_trace
from pipeline.model.adoption import Refused
from pipeline.model.applicant import Applicant, Entry, Status
from pipeline.model.history import History, Posted
from pipeline.model.problem import Problem
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is found of one applicant; `letters` stand by age, `keys` are the responses of believed rows.

    The row that counts gives the applicant, Convene's `own` cells, the message `told` last in them, and up to
    when they have `seen` what happened.
    """

    reference: str
    address: str
    applicant: Applicant | None = None
    letters: tuple[Posted, ...] = ()
    keys: tuple[str, ...] = ()
    own: OwnCells = field(default_factory=OwnCells)
    told: Posted | None = None
    seen: datetime | None = None


def gather_evidence(
    entries: tuple[Entry, ...], history: History, letters: tuple[Posted, ...], zone: ZoneInfo
) -> tuple[tuple[Evidence, ...], tuple[Refused, ...]]:
    """Gather the evidence of every applicant, and tell what contradicts itself. `letters` stand by age."""
    named = ((_reference(entry), entry.address) for entry in entries if entry.response)
    claims = [(name, address) for name, address in named if name] + list(history.addresses.items())
    known = {one.to: one.reference for one in letters} | {address: name for name, address in claims}
    # A letter is its addressee's, whatever reference another ledger wrote it under; a copy of it counts once.
    once = {(one.to, one.kind, one.revision): replace(one, reference=known[one.to]) for one in letters[::-1]}
    letters = tuple(once.values())[::-1]
    pairs = {*claims, *((one.reference, one.to) for one in letters)}
    ends = Counter(end for pair in pairs for end in pair)
    torn = frozenset(end for end in ends if ends[end] > 1)
    currents = Counter(entry.address for entry in entries if _is_current(entry))
    checked = tuple(_check(entry, torn, currents) for entry in entries)
    sound = {name: address for name, address in pairs if not torn & {name, address}}
    roll = identify(checked, replace(history, addresses={**history.addresses, **sound}))
    problems = ((entry, entry.problem) for entry in roll.checks if shows_trace(entry))
    refused = [Refused(_reference(entry), entry.row, problem.what) for entry, problem in problems if problem]
    lost = {one.reference for one in letters} - sound.keys() - {refusal.reference for refusal in refused}
    refused += [Refused(name, 0, "its letters went to more than one person") for name in sorted(lost)]
    found = {name: Evidence(name, address) for name, address in sound.items()}
    found |= {one.reference: Evidence(one.reference, one.response.address, one) for one in roll.applicants}
    for entry in filter(shows_trace, checked):
        if name := roll.references.get(entry.key):
            found[name] = _add(found[name], entry, zone)
    for one in letters:
        if one.reference in sound:
            found[one.reference] = replace(found[one.reference], letters=(*found[one.reference].letters, one))
    people = (found[name] for name in sorted(found))
    return tuple(one for one in people if one.keys or one.letters), tuple(refused)


def _add(one: Evidence, entry: Entry, zone: ZoneInfo) -> Evidence:
    """Add a believed row; of several, the one that is not superseded counts."""
    one = replace(one, keys=(*one.keys, entry.key))
    if one.applicant is None or entry.response is None or not _is_current(entry):
        return one
    # By the answers that Convene last looked at, with the organisers' words of today, in whichever row they stand.
    applicant = replace(one.applicant, response=entry.response, row=entry.row)
    seen = read_moment(entry.own.updated, zone) or entry.response.submitted
    if told := read_message(entry.own.last_message, zone, seen):
        told, seen = replace(told, reference=one.reference, to=one.address), max(seen, told.at)
    return replace(one, applicant=applicant, own=entry.own, told=told, seen=seen)


def _reference(entry: Entry) -> str:
    """Return a row's reference if it is one of ours: anything else may be private."""
    reference = one_line(entry.own.reference)
    return reference if REFERENCE.fullmatch(reference) else ""


def _is_current(entry: Entry) -> bool:
    return shows_trace(entry) and read_status(entry.own) is not Status.SUPERSEDED


def _check(entry: Entry, torn: Container[str], currents: Mapping[str, int]) -> Entry:
    """Return a row as one that a person must look at, if it contradicts itself or others."""
    why = _doubt(entry, torn, currents) if entry.response and shows_trace(entry) else ""
    return replace(entry, response=None, problem=Problem(f"row {entry.row}", why, "")) if why else entry


def _doubt(entry: Entry, torn: Container[str], currents: Mapping[str, int]) -> str:
    reference, status = _reference(entry), read_status(entry.own)
    if one_line(entry.own.reference) and not reference:
        return "what stands under Reference is not one that Convene gives"
    if status is Status.CHECK_ROW:
        return "it says “Check row”"
    if not status and not kind_shown(entry.own.last_message):
        return "it shows neither a status nor a message of Convene's"
    if reference in torn or entry.address in torn:
        return "its Reference and its address do not belong together everywhere"
    if currents[entry.address] > 1:
        return "the sheet has its applicant more than once"
    return "" if currents[entry.address] else "the row that took its place is gone"
