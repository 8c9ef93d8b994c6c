"""Whether what Convene wrote in a row is that row's: by the form's answers and the ledger, never by position.

Who answered in a row says the form's fingerprint. Where the ledger knows it, a Reference of somebody else beside it is
merely misplaced: people sorted in the instant of a write, or sorted Convene's columns alone. It is written anew, and
nobody has to do anything, unless a word of the organisers stands beside it that may have moved with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import TypeAlias

from pipeline.intake.decision_words import Same, read_whose
from pipeline.intake.memory import Memory
from pipeline.model.applicant import Entry
from pipeline.model.history import History
from pipeline.model.said import Said
from pipeline.model.text import one_line

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs that nobody takes for another

REFERENCE = re.compile(rf"P-[{ALPHABET}]{{6}}")
"""What a reference looks like."""

Doubt: TypeAlias = tuple[str, str]
"""What is wrong with a row, and what to do."""

COPY: Doubt = Said("copy"), Said("copy: do")
NOT_GIVEN: Doubt = Said("not given"), Said("not given: do")
TAKEN: Doubt = Said("stamp taken"), Said("stamp taken: do")
OTHER_ADDRESS: Doubt = Said("other address"), Said("other address: do")
MOVED_WORD: Doubt = Said("moved word"), Said("moved word: do")
BARE_WORD: Doubt = Said("bare word"), Said("bare word: do")


class OwnRows:
    """What the ledger knows of the rows of one sheet."""

    def __init__(self, entries: tuple[Entry, ...], history: History) -> None:
        self._entries, self._history, self._memory = entries, history, Memory(history)
        self.copies = Counter(entry.key for entry in entries if entry.response)
        self._keys: dict[str, list[str]] = defaultdict(list)
        for key, reference in history.responses.items():
            self._keys[reference].append(key)
        self._lost: dict[str, set[str]] = defaultdict(set)
        self._times: dict[str, set[str]] = defaultdict(set)
        for key in history.responses.keys() - self.copies.keys():
            address, _, moment = key.rpartition("|")
            self._lost[history.responses[key]].add(address)
            self._times[moment].add(address)
        self._gone = frozenset(address for addresses in self._lost.values() for address in addresses)

    def is_given(self, reference: str) -> bool:
        """Whether this ledger gave a reference."""
        return reference in self._history.addresses

    def addresses(self, reference: str) -> Collection[str]:
        """Return the addresses of those responses of somebody that are gone."""
        return self._lost.get(reference, ())

    def known(self, entry: Entry) -> str:
        """Return the reference of a row: by what the form wrote, else by what Convene did; or nothing."""
        return self._history.responses.get(entry.key) or self.claim(entry)

    def claim(self, entry: Entry) -> str:
        """Return the reference in a row whose fingerprint is not known, if one of its own responses is gone.

        That response was edited, in the form or in the sheet. If it is still there, the reference is misplaced.
        """
        said = one_line(entry.own.reference)
        if said not in self._lost or entry.key in self._history.responses:
            return ""
        is_theirs = not entry.response or address_of(entry.key) in self._lost[said]
        return said if is_theirs or isinstance(read_whose(entry.decision), Same) else ""

    def has_another(self, reference: str) -> bool:
        """Whether somebody whose response is gone has another one: they edited it while Convene wrote."""
        is_here = any(key in self.copies for key in self._keys[reference])
        return is_here or any(self._is_newer(entry, reference) for entry in self._entries)

    def _is_newer(self, entry: Entry, reference: str) -> bool:
        """Whether a response that no run has recorded yet has the address and the name of this person.

        Where it came during a run, that run has shown whose it is already.
        """
        return (
            entry.response is not None
            and entry.key not in self._history.responses
            and any(
                address_of(key) == address_of(entry.key) and self._memory.is_name(key, entry.response)
                for key in self._keys[reference]
            )
        )

    def doubts(self) -> dict[int, Doubt]:
        """Return what is wrong in rows whose answers can be read, by the row's number."""
        found = {entry.row: doubt for entry in self._entries if (doubt := self._doubt(entry))}
        return self._moved_words() | found

    def _doubt(self, entry: Entry) -> Doubt | None:
        said = one_line(entry.own.reference)
        if entry.response and self.copies[entry.key] > 1:
            return COPY
        if not entry.response or entry.key in self._history.responses or not REFERENCE.fullmatch(said):
            return None
        if said not in self._history.addresses:
            return NOT_GIVEN
        if said not in self._lost:
            return None
        address, _, moment = entry.key.rpartition("|")
        if address in self._gone and self._times.get(moment, set()) - {address}:
            return TAKEN
        return None if address in self._lost[said] or read_whose(entry.decision) else OTHER_ADDRESS

    # --- misplaced cells -----------------------------------------------------------------------------

    def _misplaced(self) -> Iterator[tuple[Entry, str]]:
        """Yield the rows that show the reference of somebody else, with it."""
        for entry in self._entries:
            said = one_line(entry.own.reference)
            is_elsewhere = entry.key in self._history.responses or said not in self._lost
            if not entry.response or not self.is_given(said) or said == self.known(entry):
                continue
            if is_elsewhere and not self._is_newer(entry, said):
                yield entry, said

    def _moved_words(self) -> dict[int, Doubt]:
        """Return the rows whose Decision may be somebody else's, and those that it may have moved from."""
        misplaced = tuple(self._misplaced())
        shown = {said for _, said in misplaced}
        bare = [entry for entry in self._entries if self._is_bare(entry) and self.known(entry) in shown]
        left = {self.known(entry) for entry in bare if not self._is_own_word(entry)}
        owners = left | {said for entry, said in misplaced if not self._is_own_word(entry)}
        asked = [entry for entry, said in misplaced if said in owners or self.known(entry) in owners]
        return {entry.row: MOVED_WORD for entry in asked} | {
            entry.row: BARE_WORD for entry in bare if self.known(entry) in owners
        }

    def _is_bare(self, entry: Entry) -> bool:
        return entry.response is not None and not one_line(entry.own.reference)

    def _is_own_word(self, entry: Entry) -> bool:
        """Whether a word surely did not move with the cells beside it: it stood in this very row at the last run."""
        return not entry.decision or self._memory.is_word(entry.key, entry.decision)


def address_of(key: str) -> str:
    """Return the address in a row's fingerprint."""
    return key.rpartition("|")[0]
