"""Answers as people write them, read against what a question offers.

An answer is understood where it can only mean one thing: an option in any spelling, an alias of one, several
options of a checkbox, a slip of the pen near one option and no other. All else is the applicant's own words,
which rules may search but never take for an option.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.slips import one_letter_apart
from pipeline.model.text import fold, shorten

_PARTS = re.compile(r"[,;/\n|]+")
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST = 4
"""Letters that a word needs before another letter in it counts as a slip: “No” and “B1” have none to spare."""
_SENTENCE = 4
"""Words of an answer that make a slip in a short one of them plain, where all the others are right."""
_ALONE = 8
"""Letters that an option of one word needs before it can be misspelt: “naive” is not “Native”."""
_TURNED = 5
"""Letters that are enough where two of them changed places: “Spian” is “Spain”."""
_LONG = 10
"""Letters from which a word may have two slips."""


class Closeness(StrEnum):
    """How an answer was understood."""

    EMPTY = "empty"
    EXACT = "exact"
    ALIAS = "alias"
    TYPO = "typo"
    OWN = "own words"


@dataclass(frozen=True, slots=True)
class Understood:
    """What an answer says: the `options` chosen, in the question's order, and the `rest` in own words."""

    how: Closeness
    options: tuple[str, ...] = ()
    rest: str = ""

    @property
    def option(self) -> str:
        """The one option that was chosen; empty where there is none, more than one, or something beside it."""
        return self.options[0] if len(self.options) == 1 and not self.rest else ""


@lru_cache(maxsize=4096)  # forms repeat themselves, and one answer is asked for by many conditions
def understand(question: Question, answer: str) -> Understood:
    """Say what `answer` means to `question`; the same answer always means the same."""
    said = fold(answer)
    if not said:
        return Understood(Closeness.EMPTY)
    if said in question.known:
        option = question.known[said]
        return Understood(Closeness.EXACT if said == fold(option) else Closeness.ALIAS, (option,))
    if question.offered:
        if chosen := _several(question, answer):
            return chosen
        if option := _meant(question, said):
            return Understood(Closeness.TYPO, (option,))
    return Understood(Closeness.OWN, rest=answer)


def canonical(question: Question, answer: str) -> str:
    """Return the answer in the question's words where it is understood, else as it was written."""
    found = understand(question, answer)
    return ", ".join(found.options) if found.options and not found.rest else answer


def group(question: Question, answer: str) -> str:
    """Return the folded text by which quotas count: the same for every spelling of an answer; empty for none."""
    return fold(canonical(question, answer))


def given(question: Question, answer: str) -> tuple[str, ...]:
    """Return what was answered: all that was ticked where several may be, nothing for mere signs."""
    if question.takes_several and (found := understand(question, answer)).options:
        return found.options
    return (answer,) if any(map(str.isalnum, answer)) else ()


def find_slips(questions: Mapping[str, Question], answers: Mapping[str, str]) -> tuple[Reason, ...]:
    """Return one reason that names every answer taken for an option although it is spelt differently, if any."""
    read = ((said := answers.get(key, ""), understand(question, said)) for key, question in questions.items())
    slips = (
        (shorten(said), shorten(found.options[0])) for said, found in read if found.how is Closeness.TYPO
    )
    once = tuple(dict.fromkeys(slips))
    return (because(ReasonKind.SLIPS, slips=once),) if once else ()


# --- several options -------------------------------------------------------------------------------------


def _several(question: Question, answer: str) -> Understood | None:
    """Read the options of a checkbox, which stand behind each other with commas; None where there is none.

    An option may have commas of its own: the longest run of parts that is one wins.
    """
    parts = [part for part in _PARTS.split(answer) if fold(part)]
    chosen, rest, at = [], [], 0
    while at < len(parts):
        end, option = _longest(question, parts, at)
        if option:
            chosen.append(option)
        else:
            rest.append(parts[at].strip())
        at = end
    if not chosen:
        return None
    ordered = sorted(dict.fromkeys(chosen), key=[*question.offered, *chosen].index)
    return Understood(Closeness.OWN if rest else Closeness.EXACT, tuple(ordered), ", ".join(rest))


def _longest(question: Question, parts: list[str], start: int) -> tuple[int, str]:
    for end in range(min(len(parts), start + 8), start, -1):
        if option := question.known.get(fold(" ".join(parts[start:end]))):
            return end, option
    return start + 1, ""


# --- slips of the pen ------------------------------------------------------------------------------------


def _meant(question: Question, said: str) -> str:
    """Return the one answer that `said` is a slip of; empty where none is near, or more than one."""
    near = {answer for spelling, answer in question.known.items() if _is_slip(said, spelling)}
    return near.pop() if len(near) == 1 else ""


def _is_slip(said: str, meant: str) -> bool:
    """Whether only slips lie between two folded texts: other spaces, or few letters in its longer words."""
    if said.replace(" ", "") == meant.replace(" ", ""):
        return True
    if " " not in meant and len(meant) < _ALONE:
        return (
            len(said) == len(meant) >= _TURNED
            and sorted(said) == sorted(meant)
            and one_letter_apart(said, meant)
        )
    pairs = tuple(zip(said.split(), meant.split(), strict=False))
    if len(said.split()) != len(meant.split()):
        return False
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    shortest = 2 if len(wrong) == 1 and len(pairs) >= _SENTENCE else _SHORTEST
    return len(wrong) <= 2 and all(_is_slip_of_word(*pair, shortest) for pair in wrong)


def _is_slip_of_word(said: str, meant: str, shortest: int) -> bool:
    """Whether a word is another with a letter wrong. Its first letter stands: “indirectly” is not “directly”."""
    if _DOUBLED.sub(r"\1", said) == _DOUBLED.sub(r"\1", meant) and said.isalpha():
        return True
    shorter, longer = sorted((said, meant), key=len)
    if len(shorter) < shortest or said[0] != meant[0] or any(map(str.isdigit, said + meant)):
        return False
    return _is_near(said, meant, 2 if len(longer) >= _LONG else 1)


def _is_near(said: str, meant: str, allowed: int) -> bool:
    from rapidfuzz.distance import OSA  # takes longer to import than a short list to judge

    return OSA.distance(said, meant, score_cutoff=allowed) <= allowed
