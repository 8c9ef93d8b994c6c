"""The grammar of the Decision column: what a cell says, and what is asked about.

A word, what it takes, `, silent` or `, ok`, and a comment: `Replace by P-7K3F9Q, silent - ill`.
Whatever is none of this decides nothing. No text raises anything but Misunderstood, or takes long.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace

from pipeline.intake.decision_cells import LONGEST, SIGNS, Reading, readings
from pipeline.intake.decision_forms import (
    ABOUT_WHO,
    BEFORE_MORE,
    WITH_COLON,
    Word,
    forms,
)
from pipeline.model.address import Misread, read_address
from pipeline.model.frozen import dataclass
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.rules import Audience
from pipeline.model.suggest import nearest
from pipeline.model.text import fold, one_line, shorten
from pipeline.model.wordings import words
from pipeline.model.written_time import WrittenTime, read_time

LONGEST_DROP_DOWN = 255
"""What Excel takes, in characters; a longer list damages the file."""

_REFERENCE = re.compile(r"P-[0-9A-Z]{6}")
_PLAIN = {fold(form): word for word in Word for form in forms(word)}
_BEFORE_MORE = {
    fold(f"{form} {between}"): word
    for word, betweens in BEFORE_MORE.items()
    for form in forms(word)
    for between in betweens
}
_BEFORE_COLON = _BEFORE_MORE | {fold(form): word for word in WITH_COLON for form in forms(word)}
_LONGEST_FORM = max(len(form.split()) for form in _PLAIN)
_LONGEST_HEAD = max(len(head.split()) for head in _BEFORE_MORE)


@dataclass(frozen=True, slots=True)
class Override:
    """A word understood, with what it takes.

    `category` comes with `ELIGIBLE`, which leaves the rest to the ranking, and may come with `INVITE`; `whom` (a
    reference or an address) with `REPLACE`, and may come with `SAME_PERSON`; `until` with `EXTEND`. Nothing is sent
    where it is `silent`. `code` may come with `OK`: the short code of what is released, as the Reason shows it; `also`
    is an `OK` beside a word that leaves the rest to the ranking. `said` is the word as it was typed, `comment` what
    organisers noted behind it.
    """

    word: Word
    category: str = ""
    code: str = ""
    also: "Override | None" = None
    whom: str = ""
    until: WrittenTime | None = None
    silent: bool = False
    comment: str = ""
    said: str = field(default="", compare=False)

    @property
    def meaning(self) -> "Override":
        """The same without what decides nothing about the person."""
        return replace(self, also=None, comment="")


class Misunderstood(ValueError):
    """A cell says what Convene does not know; `reason` asks what is meant, by the `near` word that is known."""

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        self.near = _nearest(one_line(text), known)
        self.reason = _ask_what(text, self.near, known)
        super().__init__(words((self.reason,)))


def _ask_what(text: str, near: str, known: tuple[str, ...]) -> Reason:
    word = shorten(text, 30)
    if any(head is Word.EXTEND for reading in readings(text) for head, more in _heads(reading.main) if more):
        return because(ReasonKind.MISFIT, word=word, why="unread day")  # “Extend to tomorrow”
    facts = {"near": near} if near else {"words": known}
    return because(ReasonKind.UNKNOWN_WORD, word=word, **facts)


def _heads(main: str) -> Iterator[tuple[Word, str]]:
    """Yield each word that a text can begin with, and what it then takes.

    A word with other signs around it is not obeyed: “Invite?” is a question among colleagues.
    """
    if not SIGNS.search(main) and (word := _PLAIN.get(fold(main))):
        yield word, ""
    head, colon, more = main.partition(":")
    if colon and more.strip() and not SIGNS.search(head) and (word := _BEFORE_COLON.get(fold(head))):
        yield word, more.strip()
    parts = main.split(" ", _LONGEST_HEAD)
    for size in range(2, len(parts)):
        head = " ".join(parts[:size])
        if not SIGNS.search(head) and (word := _BEFORE_MORE.get(fold(head))):
            yield word, " ".join(parts[size:])


# --- what a word takes -------------------------------------------------------------------------------------


def _read_category(word: Word, text: str, audience: Audience | None) -> Override | None:
    if not text:
        return Override(word) if word is Word.INVITE else None
    for category in audience.categories if audience else ():
        if text.casefold() in {one_line(name).casefold() for name in (category.id, category.title)}:
            return Override(word, category.id)
    return None


def _read_whom(word: Word, text: str, _: Audience | None) -> Override | None:
    if _REFERENCE.fullmatch(text.upper()):
        return Override(word, whom=text.upper())
    try:
        return Override(word, whom=read_address(text).key)
    except Misread:
        return None


def _read_until(word: Word, text: str, _: Audience | None) -> Override | None:
    until = read_time(text)
    return Override(word, until=until) if until else None


def _read_same(word: Word, text: str, _: Audience | None) -> Override | None:
    return None if SIGNS.search(text) or " " in text else Override(word, whom=text.upper())


_TAKES: Mapping[Word, Callable[[Word, str, Audience | None], Override | None]] = {
    Word.INVITE: _read_category,
    Word.ELIGIBLE: _read_category,
    Word.REPLACE: _read_whom,
    Word.EXTEND: _read_until,
    Word.SAME_PERSON: _read_same,
}
"""What stands behind a word; whatever is not here takes nothing."""

_OK_BESIDE = ABOUT_WHO | {Word.ELIGIBLE}
"""Words beside which an `ok` may stand: they leave the rest to the ranking. A deciding word needs none."""

_NEVER_SILENT = ABOUT_WHO | {Word.SEND_AGAIN, Word.OK}
"""Words that are about no letter, or send one."""


def _understand(reading: Reading, audience: Audience | None) -> Override | None:
    ok = None if reading.ok is None else Override(Word.OK, code=reading.ok)
    if not reading.main:
        return None if reading.silent or ok is None else replace(ok, comment=reading.comment)
    for word, more in _heads(reading.main):
        found = _TAKES[word](word, more, audience) if word in _TAKES else None if more else Override(word)
        is_fitting = word not in _NEVER_SILENT if reading.silent else ok is None or word in _OK_BESIDE
        if found and is_fitting and not (reading.silent and ok):
            return replace(found, also=ok, silent=reading.silent, comment=reading.comment, said=reading.main)
    return None


def find_word(text: str, audience: Audience | None) -> Override | None:
    """Return what a cell says, in the first way to read it that makes sense."""
    return next((found for reading in readings(text) if (found := _understand(reading, audience))), None)


def read_override(text: str, audience: Audience, *, approves: bool = False) -> Override | None:
    """Read a Decision cell; None for a blank one, and for a word about who somebody is. Raises Misunderstood."""
    if not one_line(text):
        return None
    found = find_word(text, audience)
    if found is None:
        raise Misunderstood(text, all_words(audience, approves=approves))
    return found.also if found.word in ABOUT_WHO else found


def is_same_word(before: str, after: str, audience: Audience) -> bool:
    """Whether two cells say the same, but for a comment or an `ok`."""
    found = tuple(find_word(text, audience) for text in (before, after))
    return found[0] is not None and found[1] is not None and found[0].meaning == found[1].meaning


# --- who somebody is ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Same:
    """A row is by the person with this reference; where none is named, the one that the Reason names.

    Where the address in it `is_corrected`, the cell says that, and no more about who it is.
    """

    reference: str = ""
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """A row is by another person than the one that the Reason names."""


def read_whose(text: str) -> Same | Other | None:
    """Read a word in a Decision cell that says who answered in the row; None for any other."""
    found = find_word(text, None)
    if found and found.word in {Word.SAME_PERSON, Word.ADDRESS_CORRECTED}:
        return Same(found.whom, is_corrected=found.word is Word.ADDRESS_CORRECTED)
    return Other() if found and found.word is Word.OTHER_PERSON else None


# --- what can be typed -------------------------------------------------------------------------------------

WITH_MORE = {Word.REPLACE: "Replace by …", Word.EXTEND: "Extend to …"}
"""How words that say nothing alone are named to people."""

_WHERE_ROOM = (
    (Word.CANCEL.value, Word.NO_SHOW.value),
    (Word.SAME_PERSON.value, Word.OTHER_PERSON.value),
    (Word.SEND_AGAIN.value, Word.DELIVERED.value),
    (Word.ADDRESS_CORRECTED.value,),
)


def drop_down(audience: Audience, *, approves: bool = False) -> tuple[str, ...]:
    """Return the words that the Decision column offers; some only where there is room.

    `ok` is one of them where a call `approves` what leaves.
    """
    offered = _deciding(audience, approves=approves)
    for more in _WHERE_ROOM:
        offered = (*offered, *more) if len(",".join((*offered, *more))) <= LONGEST_DROP_DOWN else offered
    return offered


def all_words(audience: Audience, *, approves: bool = False) -> tuple[str, ...]:
    """Return all words that can be typed, for sentences that list them: also those for which a cell has no room."""
    more = (f"{Word.INVITE} as …", *WITH_MORE.values())
    return (*_deciding(audience, approves=approves), *more, *(word for some in _WHERE_ROOM for word in some))


def _deciding(audience: Audience, *, approves: bool) -> tuple[str, ...]:
    apart = {*(word for some in _WHERE_ROOM for word in some), *WITH_MORE, Word.ELIGIBLE, Word.OK}
    plain = tuple(word.value for word in Word if word not in apart)
    plain = (Word.OK.value, *plain) if approves else plain
    return (*plain, *(f"{Word.ELIGIBLE}: {category.id}" for category in audience.categories))


def _nearest(line: str, known: tuple[str, ...]) -> str:
    """Return the known word that somebody may have meant: one that the cell begins with, else the likest one."""
    begins = _begins(line)
    if begins is None:
        return nearest(line[:LONGEST], (*known, *(form for word in Word for form in forms(word))))
    alike = () if begins in known else tuple(each for each in known if each.startswith(begins))
    return nearest(line[:LONGEST], alike) or next(iter(alike), begins.value)


def _begins(line: str) -> Word | None:
    parts = line[:LONGEST].split(" ", _LONGEST_FORM)
    heads = (" ".join(parts[:size]) for size in range(min(_LONGEST_FORM, len(parts)), 0, -1))
    return next((word for head in heads if (word := _PLAIN.get(fold(head)))), None)
