"""Who is who: rows to applicants, by reference and fingerprint, never by position.

A row is known by what the form wrote in it: the ledger says whose response it is. A response that is new is by whoever
has the same address and the same name; everybody else is an applicant of their own, who may have to wait until a
person said who they are (see `alike`). Rows that contradict themselves become `Check row`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from pipeline.intake.alike import Compared, Likeness, find_alike
from pipeline.intake.decision_words import Other, Same, read_whose
from pipeline.intake.erased import part_erased, without_erased
from pipeline.intake.joining import join
from pipeline.intake.memory import Memory, is_name, name_key
from pipeline.intake.own_rows import ALPHABET, TAKEN, Doubt, OwnRows, address_of
from pipeline.model.applicant import Applicant, Entry
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.said import Said
from pipeline.model.text import one_line

SPOILT: Doubt = Said("spoilt"), Said("spoilt: do")


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody found in the sheet: `references` names the applicant of every usable row's key.

    `checks` are rows that a person must look at (all their problems are told), `superseded` the older
    responses, `strays` rows in which nothing stands but what Convene wrote there by mistake; `absent` are applicants
    whom the ledger knows and who have no row any more. `taken` counts the rows with the time or the address of another
    response that is gone; `erased` are rows of people of whom everything else is gone.
    """

    applicants: tuple[Applicant, ...]
    references: Mapping[str, str]
    superseded: tuple[Entry, ...] = ()
    checks: tuple[Entry, ...] = ()
    absent: tuple[str, ...] = ()
    erased: tuple[Entry, ...] = ()
    strays: tuple[Entry, ...] = ()
    taken: int = 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all rows that need a person; one that many rows share is told once."""
        return tuple(dict.fromkeys(entry.problem for entry in (*self.checks, *self.erased) if entry.problem))


def mint(secret: str, seed: str, taken: Container[str]) -> str:
    """Make the reference of a new applicant: opaque without the ledger's secret, the same if asked again."""
    attempt = 0
    while True:
        digest = hashlib.sha256(f"{secret}|{seed}|{attempt}".encode()).digest()
        reference = "P-" + "".join(ALPHABET[byte % 32] for byte in digest[:6])
        if reference not in taken:
            return reference
        attempt += 1


def identify(entries: tuple[Entry, ...], history: History) -> Roll:
    """Find the applicant of every row; the newest response of a person counts."""
    entries, erased = part_erased(entries, history)
    own = OwnRows(entries, history)
    named, checks = _split(entries, own)
    doubted = _doubted(entries, named, own)
    references = _references(named, own, history)
    people = _people(named, doubted, references, history)
    joined, unclear = join(people, references, history)
    if joined != references:
        references, people = joined, _people(named, doubted, joined, history)
    alike = find_alike(people)
    waiting: dict[str, list[str]] = defaultdict(list)
    for reference, like in ((name, each) for name in sorted(alike) for each in alike[name]):
        waiting[like.reference].append(reference)
    here = tuple(person for person in people if person.is_here)
    found = {person.reference for person in here}
    strays = tuple(entry for entry in checks if entry.is_blank and own.claim(entry) in {"", *found})
    return Roll(
        applicants=tuple(_applicant(person, alike, waiting, unclear, history) for person in here),
        references=references,
        superseded=tuple(entry for person in here for entry in person.rows[:-1]),
        checks=tuple(entry for entry in checks if entry not in strays),
        absent=_absent(checks, found, own, history),
        strays=strays,
        taken=sum(entry.problem is not None and entry.problem.what == TAKEN[0] for entry in checks),
        erased=erased,
    )


def _split(entries: tuple[Entry, ...], own: OwnRows) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Part the rows that name their person beyond doubt from those that a person must look at."""
    doubts = own.doubts()
    spoilt = _spoilt(entries, doubts, own)
    named, checks = [], []
    for entry in entries:
        doubt = doubts.get(entry.row) or (SPOILT if {entry.address, own.known(entry)} & spoilt else None)
        if entry.response and not doubt:
            named.append(entry)
        else:
            checks.append(_checked(entry, doubt if entry.response else None, own))
    return tuple(named), tuple(checks)


def _spoilt(entries: tuple[Entry, ...], doubts: Mapping[int, Doubt], own: OwnRows) -> set[str]:
    """Return the addresses and references of which nothing is believed while a row that speaks of them is in doubt."""
    spoilt = set()
    for entry in entries:
        if entry.is_blank and own.has_another(own.claim(entry)):
            continue
        if entry.response is None:
            spoilt |= {entry.address, own.claim(entry), *own.addresses(own.claim(entry))}
        elif entry.row in doubts:
            spoilt |= {entry.address, own.known(entry)}
    return spoilt - {""}


def _checked(entry: Entry, doubt: Doubt | None, own: OwnRows) -> Entry:
    """Return a row to check; the problem's reference is the one to leave in it, as evidence."""
    shown = one_line(entry.own.reference)
    if doubt:
        problem = Problem(Said("row", row=entry.row), *doubt, entry.row, shown, NeedKind.CHECK_ROW)
        return replace(entry, response=None, problem=problem)
    assert entry.problem is not None  # noqa: S101 - a row without a response has one
    is_stray = own.is_given(shown) and not own.claim(entry)
    return replace(entry, problem=replace(entry.problem, reference="" if is_stray else shown))


# --- whose a response is ---------------------------------------------------------------------------------


def _references(named: tuple[Entry, ...], own: OwnRows, history: History) -> dict[str, str]:
    """Name the applicant of each row: whom the ledger knows, or the same name at the same address, or a new one."""
    references = {entry.key: reference for entry in named if (reference := own.known(entry))}
    new = sorted((entry for entry in named if entry.key not in references), key=_age)
    at_address = _at_address({address_of(entry.key) for entry in new}, named, references, history)
    taken, memory = {*history.addresses, *history.erased.references}, Memory(history)
    for entry in new:
        address = address_of(entry.key)
        there = at_address[address]
        reference = next((name for name in there if _has_name(there[name], entry, memory)), "")
        if not reference:
            reference = mint(history.secret, entry.key if there else address, taken)
            taken.add(reference)
        references[entry.key] = reference
        there.setdefault(reference, []).append(entry)
    return references


def _at_address(
    addresses: Container[str], named: Iterable[Entry], references: Mapping[str, str], history: History
) -> dict[str, dict[str, list[Entry | str]]]:
    """Return, by address, who is known there: by their rows, and by the keys of those that are gone."""
    found: dict[str, dict[str, list[Entry | str]]] = defaultdict(dict)
    for reference, address in history.addresses.items():
        if address in addresses:
            found[address].setdefault(reference, [])
    here = {entry.key: entry for entry in named if entry.key in references}
    for key, reference in {**history.responses, **references}.items():
        if address_of(key) in addresses:
            found[address_of(key)].setdefault(reference, []).append(here.get(key, key))
    return found


def _has_name(known: Iterable[Entry | str], entry: Entry, memory: Memory) -> bool:
    """Whether a person bears the name of a response: in any row, or as the ledger remembers a row that is gone."""
    response = entry.response
    assert response is not None  # noqa: S101 - only rows with a response are named
    return any(
        memory.is_name(each, response)
        if isinstance(each, str)
        else each.response is not None and is_name(name_key(each.response), name_key(response))
        for each in known
    )


def _doubted(
    entries: tuple[Entry, ...], named: tuple[Entry, ...], own: OwnRows
) -> dict[str, tuple[Entry, ...]]:
    """Return the rows of people of whom none names them beyond doubt: what they are compared with others by."""
    sure = {entry.row for entry in named}
    known = {own.known(entry): (entry,) for entry in entries if entry.response and entry.row not in sure}
    return {reference: rows for reference, rows in known.items() if reference}


def _people(
    named: Iterable[Entry],
    doubted: Mapping[str, tuple[Entry, ...]],
    references: Mapping[str, str],
    history: History,
) -> tuple[Compared, ...]:
    """Return everybody who has a row, and those without a sure one of whom something is known."""
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in named:
        rows[references[entry.key]].append(entry)
    addresses: dict[str, set[str]] = defaultdict(set)
    for key, reference in {**history.responses, **references}.items():
        addresses[reference].add(address_of(key))
    gone = dict.fromkeys(reference for reference in (*history.standings, *doubted) if reference not in rows)
    return tuple(
        Compared(
            reference,
            tuple(sorted(rows.get(reference) or doubted.get(reference, ()), key=_age)),
            frozenset(addresses[reference]),
            reference in history.standings,
            any(isinstance(read_whose(entry.decision), Other) for entry in rows.get(reference, ())),
            reference in rows,
        )
        for reference in (*rows, *gone)
    )


# --- the roll --------------------------------------------------------------------------------------------


def _age(entry: Entry) -> tuple[object, ...]:
    return (entry.response.submitted, entry.key) if entry.response else ()


def _applicant(
    person: Compared,
    alike: Mapping[str, tuple[Likeness, ...]],
    waiting: Mapping[str, list[str]],
    unclear: Container[str],
    history: History,
) -> Applicant:
    newest = person.rows[-1]
    said = [entry for entry in person.rows if _word(entry)]
    followed = newest if _word(newest) or not said else said[-1]
    responses = [entry.response for entry in person.rows if entry.response]
    return Applicant(
        reference=person.reference,
        response=responses[-1],
        decision=without_erased(_word(newest), history),
        older_decision="" if followed is newest else without_erased(_word(followed), history),
        row=newest.row,
        note=without_erased(followed.note, history),
        older=tuple(responses[:-1]),
        alike=tuple(map(_why_alike, alike.get(person.reference, ()))),
        beside=tuple(waiting.get(person.reference, ())),
        unclear=person.reference in unclear,
        is_vouched=any(read_whose(entry.decision) for entry in person.rows),
    )


def _word(entry: Entry) -> str:
    """Return the organisers' word in a row, unless it only says who somebody is."""
    whose = read_whose(entry.decision)
    is_more = whose is None or (isinstance(whose, Same) and whose.is_corrected)
    return entry.decision if is_more else ""


def _why_alike(like: Likeness) -> Reason:
    kind = ReasonKind.SAME_ADDRESS if like.by_address else ReasonKind.SAME_NAME
    return because(kind, other=like.reference)


def _absent(
    checks: tuple[Entry, ...], found: Container[str], own: OwnRows, history: History
) -> tuple[str, ...]:
    there = {own.known(entry) for entry in checks}
    return tuple(sorted(each for each in history.addresses if each not in found and each not in there))
