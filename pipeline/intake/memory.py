"""What the ledger keeps of a response: keyed hashes, which tell that something changed and are no copy of it.

The key is the ledger's secret: without it nobody can try out which answer a hash stands for. Answers are compared
without case, accents and punctuation: whoever tidies the spelling of a column changes no answer.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b

from pipeline.model.applicant import Entry, Response
from pipeline.model.history import History
from pipeline.model.text import fold

_VERSION = "1"
"""Of these hashes: what another version (or another `fold`) wrote is not compared."""

_NAME, _WORD = "*name", "*word"
_SAID_OTHERWISE = frozenset({"timestamp", "email"})
"""The time is kept as it was read, however it is shown; the address is part of the key."""

FEW = 2
"""So many rows in which an answer was corrected are a day's work."""

SHARE = 0.05
"""Of all rows: in so many may an answer be corrected between two runs, beyond the few."""


def name_key(response: Response) -> str:
    """Return a name as it is compared: without accents, case and order."""
    return " ".join(sorted(fold(f"{response.first_name} {response.family_name}").split()))


def is_name(one: str, other: str) -> bool:
    """Whether two compared names are one: equal, or one of two words at least that the other goes on with."""
    words, more = sorted((set(one.split()), set(other.split())), key=len)
    return one == other or (len(words) > 1 and words <= more)


class Memory:
    """Reads and makes the memory of responses; `history` holds the one of the last run.

    Nothing is noted of answers that are `unkept`.
    """

    def __init__(self, history: History, unkept: frozenset[str] = frozenset()) -> None:
        self._kept, self._unkept = history.answers, unkept
        self._secret = history.secret.encode()
        self._parts = cache(self._read_parts)

    def note(self, entry: Entry) -> str:
        """Return what to keep of a row with a response; the very text that is kept already if nothing changed."""
        assert entry.response is not None  # noqa: S101 - only such rows are noted
        answers = {key: said for key, said in entry.response.answers.items() if key not in self._unkept}
        whole = self._hash("\x1f".join((*answers, *answers.values(), entry.decision)))
        kept = self._kept.get(entry.key, "")
        begin = f"{_VERSION} {whole} "
        return (
            kept
            if kept.startswith(begin)
            else begin + json.dumps(self._make_parts(entry, entry.response, answers))
        )

    def is_name(self, key: str, response: Response) -> bool:
        """Whether the name of an earlier response, by its key, was that of this one."""
        return self._parts(key).get(_NAME) == self._hash(_NAME + name_key(response))

    def is_named(self, key: str, words: Iterable[str]) -> bool:
        """Whether compared words, in whatever order, are the name of an earlier response, by its key."""
        return self._parts(key).get(_NAME) == self._hash(_NAME + " ".join(sorted(words)))

    def is_word(self, key: str, decision: str) -> bool:
        """Whether this stood in the Decision of an earlier response, by its key, at the last run."""
        return self._parts(key).get(_WORD) == self._hash(_WORD + fold(decision))

    def altered(self, notes: Mapping[str, str]) -> Mapping[str, int]:
        """Count, by question, the rows with another answer than at the last run, where people cannot have meant it.

        Either there are many, or the answers are those of others: only one other row had them.
        """
        pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        known = notes.keys() & self._kept.keys()
        times = {self._parts(key).get("timestamp") for key in self._kept} if known else set()
        for key in known:
            before, after = self._parts(key), _parts_of(notes[key])
            if after["timestamp"] not in times:
                continue  # edited in the form, which gives such responses a number of their own
            for question in before.keys() & after.keys() - {_NAME, _WORD}:
                # What is filled in where nothing stood is somebody's work: a jury's marks, a form that came back.
                if before[question] not in (after[question], self._hash(question)):
                    pairs[question].append((before[question], after[question]))
        return {
            question: len(changed)
            for question, changed in sorted(pairs.items())
            if len(changed) > max(FEW, SHARE * len(self._kept)) or self._are_others(question, changed)
        }

    def _are_others(self, question: str, changed: Iterable[tuple[str, str]]) -> bool:
        had = Counter(self._parts(key).get(question) for key in self._kept)
        return sum(had[after] == 1 for _, after in changed) >= FEW

    def _make_parts(self, entry: Entry, response: Response, answers: Mapping[str, str]) -> Mapping[str, str]:
        said = {key: answer for key, answer in answers.items() if key not in _SAID_OTHERWISE}
        parts = {key: self._hash(key + fold(answer)) for key, answer in said.items()}
        return parts | {
            "timestamp": self._hash(response.submitted.isoformat()),
            _NAME: self._hash(_NAME + name_key(response)),
            _WORD: self._hash(_WORD + fold(entry.decision)),
        }

    def _read_parts(self, key: str) -> Mapping[str, str]:
        return _parts_of(self._kept.get(key, ""))

    def _hash(self, text: str) -> str:
        data = text.encode("utf-8", "surrogatepass")
        return blake2b(data, digest_size=8, key=self._secret[:64]).hexdigest()


def _parts_of(kept: str) -> Mapping[str, str]:
    version, _, rest = kept.partition(" ")
    parts: Mapping[str, str] = json.loads(rest.partition(" ")[2]) if version == _VERSION else {}
    return parts
