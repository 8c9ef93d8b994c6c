"""Who is who: rows to applicants, by reference and fingerprint, never by position.

A row whose reference and fingerprint disagree was taken apart by a partial sort or a paste: it becomes
`Check row`, with every other row of that address, and nothing is decided for it until a person has looked.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.intake.erased import part_erased
from pipeline.model.applicant import Applicant, Entry
from pipeline.model.history import History
from pipeline.model.problem import Problem
from pipeline.model.text import one_line

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that nobody takes for another

KEEP_ADDRESS = (
    "Undo the sort or the paste; if you corrected the address, put the old one back "
    "and write to the new one yourself"
)
"""For people who were told something: with a new reference they would be told again, and otherwise."""

REPAIR = "Undo the sort or the paste, or empty the Reference cell of this row; the next run reads it again"


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody found in the sheet: `references` names the applicant of every usable row's key.

    `checks` are rows that a person must look at (all their problems are told), `superseded` the older
    responses; `absent` are applicants whom the ledger knows and who have no row any more; `erased` are rows of
    people of whom everything else is gone.
    """

    applicants: tuple[Applicant, ...]
    references: Mapping[str, str]
    superseded: tuple[Entry, ...] = ()
    checks: tuple[Entry, ...] = ()
    absent: tuple[str, ...] = ()
    erased: tuple[Entry, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all rows that need a person; one that many rows share is told once."""
        return tuple(dict.fromkeys(entry.problem for entry in (*self.checks, *self.erased) if entry.problem))


def mint(secret: str, address: str, taken: Container[str]) -> str:
    """Make the reference of a new applicant: opaque without the ledger's secret, the same if asked again."""
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{secret}|{address}|{attempt}".encode()).digest()
        reference = "P-" + "".join(ALPHABET[byte % 32] for byte in digest[:6])
        if reference not in taken:
            return reference
        attempt += 1


def identify(entries: tuple[Entry, ...], history: History) -> Roll:
    """Find the applicant of every row; the newest response of a person counts."""
    entries, erased = part_erased(entries, history)
    named, checks = _split(entries, history)
    references = _references(named, history)
    people: dict[str, list[Entry]] = defaultdict(list)
    for entry in named:
        people[references[entry.key]].append(entry)
    newest = {reference: max(rows, key=_age) for reference, rows in people.items()}
    return Roll(
        applicants=tuple(_applicant(ref, newest[ref], rows) for ref, rows in people.items()),
        references=references,
        superseded=tuple(entry for entry in named if entry is not newest[references[entry.key]]),
        checks=checks,
        absent=_absent(entries, references, history),
        erased=erased,
    )


def _split(entries: tuple[Entry, ...], history: History) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Part the rows that name their person beyond doubt from those that a person must look at."""
    copies = Counter(entry.key for entry in entries if entry.response)
    lost = _times(history.responses.keys() - copies.keys())
    doubts = {
        entry.row: _doubt(entry, copies[entry.key] > 1, history) or _taken_time(entry, lost, history)
        for entry in entries
        if entry.response
    }
    spoilt = _spoilt(entries, doubts, history)
    named, checks = [], []
    for entry in entries:
        doubt = doubts.get(entry.row)
        if entry.response and not doubt and entry.address in spoilt:
            doubt = ("another row of the same address has to be checked first", "Repair that row")
        if entry.response and not doubt:
            named.append(entry)
        else:
            checks.append(_checked(entry, doubt))
    return tuple(named), tuple(checks)


def _spoilt(
    entries: tuple[Entry, ...], doubts: Mapping[int, tuple[str, str] | None], history: History
) -> set[str]:
    """Return the addresses that a row to check speaks of: by itself, or by the reference that stands in it."""
    spoilt = set()
    for entry in entries:
        if entry.problem:
            spoilt |= {entry.address, history.addresses.get(one_line(entry.own.reference), "")}
        elif doubts[entry.row]:
            spoilt.add(entry.address)
    return spoilt


def _doubt(entry: Entry, copied: bool, history: History) -> tuple[str, str] | None:
    """Say what is wrong between an entry's reference and its fingerprint, and what to do; None if nothing."""
    claimed, known = one_line(entry.own.reference), history.responses.get(entry.key)
    if copied:
        return "the same response stands in the sheet more than once", "Delete the copy"
    if not claimed or claimed == known:
        return None
    if known is not None:
        return "the reference belongs to another response", REPAIR
    if claimed not in history.addresses:
        return "the reference is not one that this ledger gave", REPAIR
    if history.addresses[claimed] != entry.address:
        advice = KEEP_ADDRESS if claimed in history.standings else REPAIR
        return "the address is not the one that this reference belongs to", advice
    return None


def _times(keys: Iterable[str]) -> Mapping[str, set[str]]:
    """Return whose responses (by address) were submitted at each time."""
    times: dict[str, set[str]] = defaultdict(set)
    for address, _, moment in (key.rpartition("|") for key in keys):
        times[moment].add(address)
    return times


def _taken_time(entry: Entry, lost: Mapping[str, set[str]], history: History) -> tuple[str, str] | None:
    """Say that a response bears the time of another person's that is gone: their rows were taken apart.

    A response that was edited in the form bears a time that nobody else's had.
    """
    if not one_line(entry.own.reference) or entry.key in history.responses:
        return None
    if lost.get(entry.key.rpartition("|")[2], set()) - {entry.address}:
        return "the time stamp is that of another person's response", REPAIR
    return None


def _checked(entry: Entry, doubt: tuple[str, str] | None) -> Entry:
    if doubt is None:
        return entry
    what, next_step = doubt
    problem = Problem(f"row {entry.row}", what, next_step, entry.row, one_line(entry.own.reference))
    return replace(entry, response=None, problem=problem)


def _references(named: tuple[Entry, ...], history: History) -> dict[str, str]:
    """Name the applicant of each row: as the ledger knows the response or the address, or newly minted."""
    known = {address: reference for reference, address in history.addresses.items()}
    taken = {*history.addresses, *history.erased.references}
    references = {}
    for entry in sorted(named, key=lambda entry: entry.key):  # the order of rows must not matter
        if entry.address not in known:
            known[entry.address] = mint(history.secret, entry.address, taken)
            taken.add(known[entry.address])
        references[entry.key] = history.responses.get(entry.key, known[entry.address])
    return references


def _age(entry: Entry) -> tuple[object, ...]:
    return (entry.response.submitted, entry.key) if entry.response else ()


def _applicant(reference: str, newest: Entry, rows: list[Entry]) -> Applicant:
    said = [entry for entry in sorted(rows, key=_age) if entry.decision]
    followed = newest if newest.decision or not said else said[-1]
    older = "" if followed is newest else followed.decision
    response = newest.response
    assert response is not None  # noqa: S101 - only rows with a response are named
    return Applicant(reference, response, newest.decision, older, newest.row, followed.note)


def _absent(entries: tuple[Entry, ...], references: Mapping[str, str], history: History) -> tuple[str, ...]:
    there = {*references.values(), *(one_line(entry.own.reference) for entry in entries)}
    there |= {history.responses[entry.key] for entry in entries if entry.key in history.responses}
    return tuple(sorted(reference for reference in history.addresses if reference not in there))
