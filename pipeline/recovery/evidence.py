"""Who left which evidence: the row and the letters of each applicant, as far as they do not contradict each other.

Rows are told apart as the next run would (see `people`): what it could not follow is not believed here either.
"""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.intake.own_cells import ShownMessage, kind_shown, read_message, read_moment, read_status
from pipeline.intake.people import identify
from pipeline.intake.staleness import REFERENCE, shows_trace
from pipeline.model.adoption import Refused
from pipeline.model.applicant import Applicant, Entry, Status
from pipeline.model.history import History
from pipeline.model.problem import Problem
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line
from pipeline.recovery.found_letters import FoundLetter


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is found of one applicant; `letters` stand by age.

    `own`, `told` and `seen` are what Convene wrote in the row that counts: its cells, the last message in them,
    and up to when they tell what happened. `keys` are the responses of all believed rows.
    """

    reference: str
    address: str
    applicant: Applicant | None
    letters: tuple[FoundLetter, ...]
    keys: tuple[str, ...] = ()
    own: OwnCells = field(default_factory=OwnCells)
    told: ShownMessage | None = None
    seen: datetime | None = None


def gather_evidence(
    entries: tuple[Entry, ...], history: History, letters: tuple[FoundLetter, ...], zone: ZoneInfo
) -> tuple[tuple[Evidence, ...], tuple[Refused, ...]]:
    """Gather the evidence of every applicant, and tell of what contradicts itself. `letters` stand by age."""
    named = ((_reference(entry), entry.address) for entry in entries if entry.response)
    claims = {(reference, address) for reference, address in named if reference}
    letters = _readdressed(letters, claims, history)
    pairs = {*claims, *history.addresses.items(), *((one.reference, one.to) for one in letters)}
    times = Counter(end for pair in pairs for end in pair)
    torn = frozenset(end for end in times if times[end] > 1)
    currents = Counter(entry.address for entry in entries if _is_current(entry))
    checked = tuple(_check(entry, torn, currents) for entry in entries)
    sound = {reference: address for reference, address in pairs if not torn & {reference, address}}
    addresses = {**history.addresses, **sound}
    roll = identify(checked, replace(history, addresses=addresses))
    refused = [
        Refused(_reference(entry), entry.row, entry.problem.what)
        for entry in roll.checks
        if entry.problem and shows_trace(entry)
    ]
    lost = {one.reference for one in letters if one.reference not in sound}
    lost -= {refusal.reference for refusal in refused}
    refused += [Refused(one, 0, "its letters went to more than one person") for one in sorted(lost)]
    found = {one.reference: Evidence(one.reference, one.response.address, one, ()) for one in roll.applicants}
    for entry in filter(shows_trace, checked):
        if reference := roll.references.get(entry.key):
            found[reference] = _add(found[reference], entry, zone)
    for one in letters:
        if one.reference in sound:
            before = found.get(one.reference) or Evidence(one.reference, one.to, None, ())
            found[one.reference] = replace(before, letters=(*before.letters, one))
    return tuple(found[name] for name in sorted(found) if found[name].keys or found[name].letters), tuple(
        refused
    )


def _add(one: Evidence, entry: Entry, zone: ZoneInfo) -> Evidence:
    """Add a believed row: the one that counts says by which answers, and what was told."""
    one = replace(one, keys=(*one.keys, entry.key))
    if entry.response is None or not _is_current(entry):
        return one
    applicant = Applicant(one.reference, entry.response, entry.decision, row=entry.row)
    told = read_message(entry.own.last_message, zone)
    times = [at for at in (told and told.at, read_moment(entry.own.updated, zone)) if at]
    seen = max(times, default=entry.response.submitted)
    return replace(one, applicant=applicant, own=entry.own, told=told, seen=seen)


def _readdressed(
    letters: tuple[FoundLetter, ...], claims: set[tuple[str, str]], history: History
) -> tuple[FoundLetter, ...]:
    """Return each letter once, as its addressee's, whatever reference another ledger wrote it under."""
    known = {letter.to: letter.reference for letter in letters}
    known |= {address: reference for reference, address in (*sorted(claims), *history.addresses.items())}
    first: dict[tuple[object, ...], FoundLetter] = {}
    for one in letters:
        first.setdefault((one.to, one.kind, one.revision), replace(one, reference=known[one.to]))
    return tuple(first.values())


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
    return "" if currents[entry.address] == 1 else "not exactly one row of its applicant counts"
