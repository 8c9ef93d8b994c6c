"""A cell of the Decision column taken apart: what decides, `, silent`, `, ok`, and a comment.

What it means is not asked. Takes a time that grows as the text does, whatever stands in it.
"""

import re
from collections.abc import Iterator

from pipeline.intake.decision_forms import SILENT, Word, forms
from pipeline.model.frozen import dataclass
from pipeline.model.short_code import read_code
from pipeline.model.text import fold, one_line

LONGEST = 300
"""Characters of a word with what it takes: the title of a category is the longest."""

SIGNS = re.compile(r"[^\w\s.'’-]|(?<!\w)['’]|['’](?!\w)")
"""Signs that stand around no word: “Invite?” is a question among colleagues."""

_QUESTION = re.compile(r"[?？؟¿]")
_SILENT = frozenset(map(fold, SILENT))
_LONGEST_SILENT = max(map(len, SILENT)) + 9
_OK = frozenset(map(fold, forms(Word.OK)))


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a cell: what decides (`main`), and what stands beside it.

    `ok` is None where nothing is released, else the short code of what is (empty: what the row shows).
    """

    main: str
    silent: bool = False
    ok: str | None = None
    comment: str = ""


def readings(text: str) -> Iterator[Reading]:
    """Go through the ways to read a cell, the one with the shortest comment first.

    A comment that asks something makes the whole cell a question among colleagues: it is no reading.
    """
    line = one_line(text)
    whole = _without_tail(line)
    yield whole
    if whole.main.endswith(")"):
        for bracket in _from_the_end(r"\(", whole.main):
            yield from _commented(whole.main[: bracket.start()], whole.main[bracket.end() : -1], whole)
    # Behind a dash, an ok is a part of the sentence; who writes “silent” wants nothing sent.
    said, behind = (whole.main, Reading("", silent=True)) if whole.silent else (line, Reading(""))
    for dash in _from_the_end(r" [-–—] ", said):
        yield from _commented(said[: dash.start()], said[dash.end() :], behind)


def _from_the_end(pattern: str, line: str) -> Iterator[re.Match[str]]:
    return reversed(list(re.finditer(pattern, line[:LONGEST])))


def _commented(main: str, comment: str, behind: Reading) -> Iterator[Reading]:
    """Yield a word with a comment, and with what stood `behind` the comment."""
    if main.strip() and not _QUESTION.search(comment):
        before, ok = _without_tail(main.strip()), behind.ok
        is_silent = before.silent or behind.silent or _is_silent(comment)
        yield Reading(before.main, is_silent, ok if before.ok is None else before.ok, comment.strip())


def _without_tail(line: str) -> Reading:
    """Take `, silent` and `, ok` off the end of a line."""
    main, is_silent, ok = line, False, None
    while main:
        before, _, last = main.rpartition(",")
        if not is_silent and _is_silent(last):
            is_silent = True
        elif ok is None and (code := _read_ok(last)) is not None:
            ok = code
        else:
            break
        main = before.strip()
    return Reading(main, is_silent, ok)


def _is_silent(text: str) -> bool:
    return len(text) <= _LONGEST_SILENT and fold(text) in _SILENT


def _read_ok(text: str) -> str | None:
    """Read an `ok`, alone or with a code; None for anything else."""
    first, _, code = text.strip().partition(" ")
    if fold(first) == fold(Word.OK) and (found := read_code(code)):
        return found
    return "" if fold(text) in _OK and not SIGNS.search(text) else None


def says_ok(text: str) -> bool:
    """Whether a cell may release something, however the rest of it is read."""
    return any(reading.ok is not None for reading in readings(text))
