"""Who left which evidence: the row and the letters of each applicant, as far as they do not contradict each other.

Rows are told apart as the next run does (see `people`): what it could not follow is not believed here either.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pipeline.intake.memory import name_key
from pipeline.intake.own_cells import kind_shown, read_message, read_moment, read_status
from pipeline.intake.own_rows import REFERENCE
from pipeline.intake.people import identify
from pipeline.intake.staleness import shows_trace
from pipeline.model.adoption import Refused
from pipeline.model.applicant import Applicant, Entry, Status
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted
from pipeline.model.message import Kind
from pipeline.model.problem import Problem
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is found of one applicant; `letters` stand by age, `keys` are the responses of believed rows.

    `untraced` are those of rows in which Convene wrote nothing. The row that counts gives the applicant, Convene's
    `own` cells, the message `told` last in them, and up to when they have `seen` what happened.
    """

    reference: str
    address: str
    applicant: Applicant | None = None
    letters: tuple[Posted, ...] = ()
    keys: tuple[str, ...] = ()
    untraced: tuple[str, ...] = ()
    own: OwnCells = field(default_factory=OwnCells)
    told: Posted | None = None
    seen: datetime | None = None


def gather_evidence(
    entries: tuple[Entry, ...], history: History, letters: tuple[Posted, ...], zone: ZoneInfo
) -> tuple[tuple[Evidence, ...], tuple[Refused, ...]]:
    """Gather the evidence of every applicant, and tell what contradicts itself. `letters` stand by age."""
    ties = _Ties(entries, history, letters)
    letters = ties.letters
    currents = Counter(ties.whose(entry) for entry in entries if _is_current(entry))
    checked = tuple(_check(entry, ties, currents) for entry in entries)
    sound = {name: address for name, address in ties.pairs if not ties.is_torn(name, address)}
    usable = ((entry.key, ties.whose(entry)) for entry in checked if entry.response)
    responses = {key: name for key, name in usable if name in sound}
    known = replace(
        history,
        addresses={**history.addresses, **sound},
        responses={**responses, **history.responses},
    )
    roll = identify(checked, known)
    problems = ((entry, entry.problem) for entry in roll.checks if shows_trace(entry))
    refused = [Refused(_reference(entry), entry.row, problem.what) for entry, problem in problems if problem]
    lost = {one.reference for one in letters} - sound.keys() - {refusal.reference for refusal in refused}
    refused += [Refused(name, 0, "its letters went to more than one person") for name in sorted(lost)]
    found = {name: Evidence(name, address) for name, address in sound.items()}
    found |= {one.reference: Evidence(one.reference, one.response.address, one) for one in roll.applicants}
    for entry in filter(shows_trace, checked):
        if name := roll.references.get(entry.key):
            found[name] = _add(found[name], entry, zone)
    for entry in (each for each in checked if each.response and not shows_trace(each)):
        if (name := responses.get(entry.key)) in sound:
            found[name] = replace(found[name], untraced=(*found[name].untraced, entry.key))
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


def _check(entry: Entry, ties: "_Ties", currents: Mapping[str, int]) -> Entry:
    """Return a row as one that a person must look at, if it contradicts itself or others."""
    why = _doubt(entry, ties, currents) if entry.response and shows_trace(entry) else ""
    return replace(entry, response=None, problem=Problem(f"row {entry.row}", why, "")) if why else entry


def _doubt(entry: Entry, ties: "_Ties", currents: Mapping[str, int]) -> str:
    reference, status = _reference(entry), read_status(entry.own)
    if one_line(entry.own.reference) and not reference:
        return "what stands under Reference is not one that Convene gives"
    if status in {Status.CHECK_ROW, Status.ERASED}:
        return f"it says “{status}”"
    if not status and not kind_shown(entry.own.last_message):
        return "it shows neither a status nor a message of Convene's"
    if reference and ties.known.get(entry.key, reference) != reference:
        return "the reference belongs to another response"
    if ties.is_torn(reference, entry.address):
        return "its Reference and its address do not belong together everywhere"
    if currents[ties.whose(entry)] > 1:
        return "the sheet has its applicant more than once"
    return "" if currents[ties.whose(entry)] else "the row that took its place is gone"


class _Ties:
    """Which references and addresses belong together: by the rows, by the letters, and by what this ledger knows.

    An address with several references is believed where each has rows there under a name of its own; a reference with
    several addresses where it has rows with all of them, under one name. `letters` are each its addressee's.
    """

    def __init__(self, entries: tuple[Entry, ...], history: History, letters: tuple[Posted, ...]) -> None:
        self.known = history.responses
        self._names: dict[tuple[str, str], set[str]] = defaultdict(set)
        rows = tuple(entry for entry in entries if entry.response)
        for entry in rows:
            self._names[_reference(entry), entry.address].add(_name(entry))
        living = set(history.responses.values())  # others were joined with somebody
        known = (
            (reference, address) for reference, address in history.addresses.items() if reference in living
        )
        claims = [*(pair for pair in self._names if pair[0]), *known]
        self._at = _group((address, name) for name, address in claims)
        # A letter is its addressee's, whatever reference another ledger wrote it under; a copy of it counts once.
        meant = (replace(one, reference=self._addressee(one)) for one in letters[::-1])
        once = {(one.reference, one.to, one.kind, one.revision): one for one in meant}
        self.letters = tuple(_numbered(tuple(once.values())[::-1]))
        self.pairs = tuple(dict.fromkeys((*claims, *((one.reference, one.to) for one in self.letters))))
        self._at = _group((address, name) for name, address in self.pairs)
        addresses = _group(self.pairs)
        self._people = {entry.address: set[str]() for entry in rows}
        for entry in rows:
            self._people[entry.address].add(_name(entry))
        self._torn = frozenset(
            (
                *filter(self._is_mixed, self._at),
                *(ref for ref, of in addresses.items() if self._is_spread(ref, of)),
            )
        )

    def is_torn(self, reference: str, address: str) -> bool:
        """Whether something contradicts that they belong together."""
        return bool(self._torn & {reference, address})

    def whose(self, entry: Entry) -> str:
        """Return the reference of a row: its own, or the only one of its address; else the address."""
        there = self._at.get(entry.address, set())
        return _reference(entry) or (next(iter(there)) if len(there) == 1 else entry.address)

    def _addressee(self, letter: Posted) -> str:
        there = self._at.get(letter.to, set())
        return letter.reference if letter.reference in there or len(there) != 1 else next(iter(there))

    def _is_mixed(self, address: str) -> bool:
        """Whether it cannot be told whose an address is: people by one name, or some of whom no row tells."""
        names = [self._names.get((reference, address), set()) for reference in self._at[address]]
        if len(names) == 1:
            return not names[0] and len(self._people.get(address, ())) > 1
        return not all(names) or sum(map(len, names)) > len(set().union(*names))

    def _is_spread(self, reference: str, addresses: set[str]) -> bool:
        names = [self._names.get((reference, address), set()) for address in addresses]
        return len(names) > 1 and (not all(names) or len(set().union(*names)) > 1)


def _numbered(letters: tuple[Posted, ...]) -> Iterator[Posted]:
    """Number letters of one kind to one person anew where they were written to two, who are one."""
    used: dict[tuple[str, Kind], set[int]] = defaultdict(set)
    for letter in letters:
        there = used[letter.reference, letter.kind]
        revision = letter.revision if letter.revision not in there else 1 + max(there)
        there.add(revision)
        yield replace(letter, revision=revision)


def _name(entry: Entry) -> str:
    return name_key(entry.response) if entry.response else ""


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return dict(found)
