"""Who left which evidence: the rows and letters of each applicant, as far as they do not contradict each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.intake.own_cells import kind_shown, read_status
from pipeline.intake.people import mint
from pipeline.intake.staleness import REFERENCE, shows_trace
from pipeline.model.adoption import Refused
from pipeline.model.applicant import Applicant, Entry, Response, Status
from pipeline.model.history import History
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line
from pipeline.recovery.found_letters import FoundLetter


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is found of one applicant.

    `rows` are the believed ones that Convene wrote in; `usable` are all rows of the address whose answers can be
    used, by age; `letters` stand in their order.
    """

    reference: str
    address: str
    rows: tuple[Entry, ...] = ()
    usable: tuple[Entry, ...] = ()
    letters: tuple[FoundLetter, ...] = ()

    @property
    def current(self) -> Entry | None:
        """The believed row that is not superseded."""
        return next(filter(_is_current, self.rows), None)

    @property
    def own(self) -> OwnCells:
        """What Convene wrote in that row."""
        return self.current.own if self.current else OwnCells()

    @property
    def applicant(self) -> Applicant | None:
        """The person by the answers that Convene last looked at, with the organisers' words of today."""
        basis = self.current or next(reversed(self.usable), None)
        if basis is None or basis.response is None:
            return None
        newest = self.usable[-1].decision
        said = [entry.decision for entry in self.usable if entry.decision]
        older = said[-1] if said and not newest else ""
        return Applicant(self.reference, basis.response, newest, older, basis.row)


def gather_evidence(
    entries: tuple[Entry, ...], history: History, letters: tuple[FoundLetter, ...]
) -> tuple[tuple[Evidence, ...], tuple[Refused, ...]]:
    """Gather the evidence of every applicant; rows and letters that contradict each other are told, not used.

    `letters` stand by age. A letter is its addressee's, whatever reference another ledger wrote it under.
    """
    shown, pairs = tuple(filter(shows_trace, entries)), _responses(entries)
    known = _known(shown, history, letters)
    first = {(letter.to, letter.kind, letter.revision): letter for letter in reversed(letters)}
    letters = tuple(
        replace(letter, reference=known[letter.to])
        for letter in letters
        if first[letter.to, letter.kind, letter.revision] is letter
    )
    names = _names(shown, history, known)
    torn = _torn(shown, names, history, letters)
    copied = Counter(entry.key for entry, _ in pairs)
    why = _doubts(shown, names, torn, history, frozenset(key for key in copied if copied[key] > 1))
    refused = tuple(
        Refused(_reference(entry), entry.row, why[entry.row]) for entry in shown if why[entry.row]
    )
    torn_letters = {letter.reference for letter in letters if torn & {letter.reference, letter.to}}
    lost = sorted(torn_letters - {refusal.reference for refusal in refused})
    refused += tuple(Refused(reference, 0, "its letters went to more than one person") for reference in lost)
    sound = tuple(letter for letter in letters if letter.reference not in torn_letters)
    believed = {entry.row: names[entry.row] for entry in shown if not why[entry.row]}
    return _by_applicant(pairs, believed, sound), refused


def _by_applicant(
    pairs: tuple[tuple[Entry, Response], ...], believed: Mapping[int, str], letters: tuple[FoundLetter, ...]
) -> tuple[Evidence, ...]:
    rows: dict[str, list[Entry]] = defaultdict(list)
    usable: dict[str, list[Entry]] = defaultdict(list)
    addresses = {letter.reference: letter.to for letter in letters}
    for entry, response in pairs:
        usable[response.address].append(entry)
        if reference := believed.get(entry.row):
            rows[reference].append(entry)
            addresses[reference] = response.address
    return tuple(
        Evidence(
            reference,
            address,
            tuple(rows[reference]),
            tuple(usable[address]),
            tuple(letter for letter in letters if letter.reference == reference),
        )
        for reference, address in sorted(addresses.items())
    )


def _reference(entry: Entry) -> str:
    """Return a row's reference if it is one of ours: anything else may be private."""
    reference = one_line(entry.own.reference)
    return reference if REFERENCE.fullmatch(reference) else ""


def _responses(entries: Iterable[Entry]) -> tuple[tuple[Entry, Response], ...]:
    """Pair the usable rows with their responses, by age."""
    pairs = ((entry, entry.response) for entry in entries if entry.response)
    return tuple(sorted(pairs, key=lambda pair: (pair[1].submitted, pair[1].key)))


def _is_current(entry: Entry) -> bool:
    return read_status(entry.own) is not Status.SUPERSEDED


def _known(shown: tuple[Entry, ...], history: History, letters: tuple[FoundLetter, ...]) -> Mapping[str, str]:
    """Map addresses to references: by this ledger, or else by the rows, or else by the newest letter."""
    known = {letter.to: letter.reference for letter in letters}
    known |= {response.address: name for entry, response in _responses(shown) if (name := _reference(entry))}
    return known | {address: reference for reference, address in history.addresses.items()}


def _names(shown: tuple[Entry, ...], history: History, by_address: Mapping[str, str]) -> dict[int, str]:
    """Name the applicant of every row: by its reference, or else as the next run would (see `people`)."""
    claimed = {entry.row: _reference(entry) for entry in shown}
    known = dict(by_address)
    taken = {*known.values(), *claimed.values()}
    for entry, response in sorted(_responses(shown), key=lambda pair: pair[1].key):
        if response.address not in known:
            known[response.address] = mint(history.secret, response.address, taken)
            taken.add(known[response.address])
        claimed[entry.row] = claimed[entry.row] or history.responses.get(entry.key) or known[response.address]
    return claimed


def _torn(
    shown: tuple[Entry, ...], names: Mapping[int, str], history: History, letters: tuple[FoundLetter, ...]
) -> frozenset[str]:
    """Find the references of more than one address, and the addresses of more than one reference."""
    pairs = {*history.addresses.items(), *((letter.reference, letter.to) for letter in letters)}
    pairs |= {(names[entry.row], response.address) for entry, response in _responses(shown)}
    counts = Counter(end for pair in pairs for end in pair)
    return frozenset(end for end, number in counts.items() if number > 1)


def _doubts(
    shown: tuple[Entry, ...],
    names: Mapping[int, str],
    torn: frozenset[str],
    history: History,
    copies: frozenset[str],
) -> dict[int, str]:
    """Say of every row why it is not believed; empty for one that is."""
    why = {}
    currents = Counter(names[entry.row] for entry in shown if _is_current(entry))
    for entry in shown:
        name, address = names[entry.row], entry.response.address if entry.response else ""
        why[entry.row] = _doubt(entry)
        if not why[entry.row] and torn & {name, address}:
            why[entry.row] = "its Reference and its address do not belong together everywhere"
        elif not why[entry.row] and (entry.key in copies or currents[name] > 1):
            why[entry.row] = "the sheet has it, or its applicant, more than once"
        elif not why[entry.row] and history.responses.get(entry.key, name) != name:
            why[entry.row] = "this ledger knows its response under another Reference"
    spoilt = {names[entry.row] for entry in shown if why[entry.row]}
    others = "another row of the same applicant is not believed"
    return {row: said or (others if names[row] in spoilt else "") for row, said in why.items()}


def _doubt(entry: Entry) -> str:
    """Say what is wrong with a row by itself."""
    status = read_status(entry.own)
    if entry.problem:
        return entry.problem.what
    if one_line(entry.own.reference) and not _reference(entry):
        return "what stands under Reference is not one that Convene gives"
    if status is Status.CHECK_ROW:
        return "it says “Check row”"
    told = kind_shown(entry.own.last_message)
    return "" if told or status else "it shows neither a status nor a message of Convene's"
