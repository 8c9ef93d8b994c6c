"""The organisers' cells of the tab `Convene`, understood; what cannot be is kept as it stands, never guessed."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256

from pipeline.intake.own_rows import REFERENCE
from pipeline.model.controls import LABELS, Controls
from pipeline.model.problem import Problem
from pipeline.model.said import Said, words_of
from pipeline.model.sheet import Cell
from pipeline.model.short_code import read_code
from pipeline.model.text import fold, one_line

_NO = frozenset({"", "n", "off", "false", "0", *map(fold, words_of("switch", "no"))})
_YES = frozenset({"y", "on", "true", "1", "x", *map(fold, words_of("switch", "yes"))})
"""What a switch can say, whatever the language of the sheet."""
_ADVICE = {
    "pause": Said("pause: do"),
    "freeze": Said("freeze: do"),
    "approve": Said("code: do"),
    "accept": Said("code: do"),
    "seen": Said("seen: do"),
}
"""What to do about a control that is not understood."""

_BETWEEN = re.compile(r"[\s,;]+")


def read_controls(lines: Iterable[tuple[Cell, Cell]]) -> Controls:
    """Understand the controls of a tab, given columns A and B of its first rows; labels may stand in any order.

    Of a label that stands there twice the first counts. A switch that says neither yes nor no is taken as on: a run
    that does not send can be made up for, and a letter cannot be taken back.
    """
    found: dict[str, str] = {}
    names = {fold(label): name for name in LABELS for label in words_of("control", name)}
    for label, value in lines:
        if name := names.get(fold(label.text)):
            found.setdefault(name, one_line(value.fault or value.text))
    odd: dict[str, str] = {}
    return Controls(
        pause=_is_on(found, "pause", odd),
        freeze=_is_on(found, "freeze", odd),
        approve=_code(found, "approve", odd),
        accept=_code(found, "accept", odd),
        run_now=found.get("run_now", ""),
        seen=_seen(found.get("seen", ""), odd),
        odd=tuple(odd.items()),
    )


def control_problems(controls: Controls) -> tuple[Problem, ...]:
    """Ask about what organisers typed and nobody can understand."""
    return tuple(
        Problem(Said("cell of tab", control=name), Said("not understood", text=text), _ADVICE[name])
        for name, text in controls.odd
    )


def asks(controls: Controls, words: Iterable[str] = ()) -> str:
    """Return a mark of all that organisers set: another one as soon as any of it is another, in whatever order of rows.

    `words` are those of the column Decision, where a call wants them acted upon between its daily runs.
    """
    typed = sorted(filter(None, map(one_line, words)))
    return sha256(json.dumps([repr(controls), typed]).encode()).hexdigest()


def _is_on(found: dict[str, str], name: str, odd: dict[str, str]) -> bool:
    text = found.get(name, "")
    said = fold(text)
    if said not in _YES | _NO:
        odd[name] = text
    return said not in _NO


def _code(found: dict[str, str], name: str, odd: dict[str, str]) -> str:
    text = found.get(name, "")
    code = read_code(text)
    if text and not code:
        odd[name] = text
    return code


def _seen(text: str, odd: dict[str, str]) -> tuple[str, ...]:
    """Read codes of needs, and references of people, in whatever way they are separated."""
    words = tuple(filter(None, _BETWEEN.split(text.upper())))
    known = tuple(word if REFERENCE.fullmatch(word) else read_code(word) for word in words)
    if wrong := [word for word, code in zip(words, known, strict=True) if not code]:
        odd["seen"] = " ".join(wrong)
    return tuple(dict.fromkeys(filter(None, known)))
