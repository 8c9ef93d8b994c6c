"""Rows of people of whom everything was erased: shown as such until organisers delete them, and nothing is decided."""

from collections import Counter
from dataclasses import replace

from pipeline.intake.own_cells import read_status
from pipeline.model.applicant import Entry, Status
from pipeline.model.erased import token
from pipeline.model.history import History
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.text import one_line

DELETE = Said("nothing held"), Said("nothing held: do")
AGAIN = Said("erased before"), Said("erased before: do")


def part_erased(entries: tuple[Entry, ...], history: History) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Part the rows of erased people, each with what is to be done about it, from all others.

    A new response from an erased address is a new application once organisers say a word about it.
    """
    found = tuple((entry, _what_to_do(entry, history)) for entry in entries)
    counts = Counter(told for _, told in found)
    erased = (_shown(entry, told, counts[told]) for entry, told in found if told)
    return tuple(entry for entry, told in found if not told), tuple(erased)


def _what_to_do(entry: Entry, history: History) -> tuple[str, str] | None:
    """Say what is to be done about the row of an erased person; None for any other."""
    if entry.key in history.responses:
        return None
    if _is_erased(entry.key, history):
        return DELETE
    # The ledger that erased somebody may be lost; what was erased before is still not to be sent to.
    says_so = read_status(entry.own) is Status.ERASED and not one_line(entry.own.reference)
    return AGAIN if (says_so or _is_erased(entry.address, history)) and not entry.decision else None


def without_erased(text: str, history: History) -> str:
    """Return what organisers typed; where it named somebody who was erased since, without that."""
    cells = history.erased.cells
    return cells.get(token(history.secret, text), text) if cells else text


def _is_erased(text: str, history: History) -> bool:
    tokens = history.erased.tokens
    return bool(tokens) and token(history.secret, text) in tokens


def _shown(entry: Entry, told: tuple[str, str], number: int) -> Entry:
    """Return the row with its problem; rows of which the same is to be said share one."""
    alone = number == 1
    where = Said("row", row=entry.row) if alone else Said("rows", number=number)
    return replace(entry, response=None, problem=Problem(where, *told, entry.row if alone else None))
