"""Finds one person in ledger and sheet, by reference or address, and where they are named beside others."""

from collections import defaultdict
from collections.abc import Collection

from pipeline.intake.memory import Memory
from pipeline.intake.naming import Naming, naming_of, possible_names
from pipeline.intake.own_rows import address_of
from pipeline.intake.people import mint
from pipeline.model.applicant import Entry
from pipeline.model.call import Call
from pipeline.model.errors import UsageError
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.sheet import Snapshot


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an erasure is about: what is known of them, and the rows in which they answered."""

    references: frozenset[str]
    texts: frozenset[str]
    rows: tuple[int, ...]
    messages: int


def find_person(entries: tuple[Entry, ...], history: History, who: str) -> Person:
    """Find a person by reference or address. Raises UsageError where nobody is, or more than one."""
    person = _find(entries, history, who)
    if not person.references and not person.rows:
        raise UsageError(f"Nobody here is known as {who}. `convene status` lists everybody.")
    return person


def find_named(entries: tuple[Entry, ...], history: History, who: str) -> Person:
    """Find a person, also one who never applied and whose address organisers typed. Raises UsageError."""
    is_typed = "@" in who and any(who.lower() in text.lower() for text in _typed(entries, history))
    return _find(entries, history, who) if is_typed else find_person(entries, history, who)


def _typed(entries: tuple[Entry, ...], history: History) -> set[str]:
    """Return what organisers typed, as it stands in the sheet and as the ledger knows it."""
    typed = {text for entry in entries for text in (entry.decision, entry.note)}
    typed |= {text for standing in history.standings.values() for text in (standing.decision, standing.note)}
    return typed | {word.text for word in history.words.values()}


def _find(entries: tuple[Entry, ...], history: History, who: str) -> Person:
    known, reference, address = _addresses(history), who.upper(), who.lower()
    joined = _joined(history)
    found = {joined.get(name, name) for name, of in known.items() if name == reference or address in of}
    found |= {reference} & history.erased.references
    if len(found) > 1:
        raise UsageError(f"{who} is the address of {', '.join(sorted(found))}. Name one of them.")
    found |= {name for name, today in joined.items() if today in found}
    others = set().union(*(theirs for name, theirs in known.items() if name not in found))
    asked = {address} if "@" in address else set()
    addresses = set().union(asked, *(known.get(name, ()) for name in found)) - others
    keys = {key for key, name in history.responses.items() if name in found}
    rows = tuple(entry for entry in entries if _is_theirs(entry, found, addresses, history))
    return Person(
        frozenset(found),
        frozenset(keys | addresses | {entry.key for entry in rows}),
        tuple(entry.row for entry in rows),
        sum(message.reference in found for message in history.posted),
    )


def _addresses(history: History) -> dict[str, set[str]]:
    """Return the addresses of everybody; one may be of several people, and a person may have several."""
    found = {reference: {address} for reference, address in history.addresses.items()}
    for key, reference in history.responses.items():
        found.setdefault(reference, set()).add(address_of(key))
    return found


def _joined(history: History) -> dict[str, str]:
    """Return references under which somebody was known until organisers said who it is, with the one of today."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, reference in history.responses.items():
        owners[address_of(key)].add(reference)
    living = frozenset().union(*owners.values())
    former = (
        (ref, owners.get(address, ())) for ref, address in history.addresses.items() if ref not in living
    )
    return {ref: whose for ref, those in former if len(those) == 1 for whose in those}


def _is_theirs(entry: Entry, found: Collection[str], addresses: Collection[str], history: History) -> bool:
    known = history.responses.get(entry.key)
    return known in found if known else entry.address in addresses or entry.own.reference in found


# --- beside others -----------------------------------------------------------------------------------------


def name(call: Call, entries: tuple[Entry, ...], history: History, person: Person) -> Naming:
    """Say by what a person is named; who never got a reference gets one that stands for nobody.

    A name whose row is gone is still known by its hash, as long as that is kept.
    """
    texts = sorted(person.texts)
    taken = {*history.addresses, *history.erased.references}
    reference = min(person.references, default="") or mint(history.secret, texts[0], taken)
    theirs = [entry for entry in entries if entry.row in person.rows]
    others = [entry for entry in entries if entry.row not in person.rows]
    keys = [key for key, whose in history.responses.items() if whose in person.references]
    words = {words for text in _typed(entries, history) for words in possible_names(text)}
    memory = Memory(history)
    known = {name for name in words if any(memory.is_named(key, name) for key in keys)}
    addresses = (text for text in texts if "|" not in text)
    return naming_of(theirs, others, addresses, reference, call.audience, known)


def named_in(
    call: Call, snapshot: Snapshot, entries: tuple[Entry, ...], person: Person, naming: Naming
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Say where the sheet names a person beside others: columns of organisers, the tab with replies; rows of each."""
    beside = [entry for entry in entries if entry.row not in person.rows]
    tab = snapshot.replies.rows if snapshot.replies else ()
    known = frozenset(reference.lower() for reference in person.references)
    found = {
        "Decision": [entry.row for entry in beside if naming.is_in(entry.decision)],
        "Organiser note": [entry.row for entry in beside if naming.is_in(entry.note)],
        f"the tab “{call.replies.tab}”" if call.replies else "": [
            row.number
            for row in tab
            if any(cell.text.strip().lower() in known | naming.addresses for cell in row.cells)
        ],
    }
    return tuple((where, tuple(rows)) for where, rows in found.items() if rows)
