"""What organisers can type in the Decision column, and what it means. Anything else is asked about."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.reason import ReasonKind, because
from pipeline.model.rules import Audience
from pipeline.model.short_code import read_code
from pipeline.model.text import fold, one_line, shorten
from pipeline.model.wordings import words


class Word(StrEnum):
    """An organiser's word, as the drop-down offers it; it beats the rules and the ranking."""

    INVITE = "Invite"
    WAITING = "Waiting list"
    DECLINE = "Decline"
    HOLD = "Hold"
    CONFIRMED = "Confirmed"
    WITHDRAWN = "Withdrawn"
    ELIGIBLE = "Eligible"
    SEND_AGAIN = "Send again"
    DELIVERED = "Delivered"
    OK = "ok"


SETTLING = frozenset({Word.SEND_AGAIN, Word.DELIVERED})
"""Words about a message in doubt or refused; they decide nothing about the person."""

SAME_PERSON, OTHER_PERSON = "Same person", "Other person"
"""Words about who somebody is; they decide nothing else, and leave the rest to the rules and the ranking."""

LONGEST_DROP_DOWN = 255
"""What Excel takes, in characters; a longer list damages the file."""

_ALSO = {
    Word.INVITE: ("invited", "offer", "offered"),
    Word.WAITING: ("waitlist", "waiting", "wait"),
    Word.DECLINE: ("declined", "not selected", "reject", "rejected"),
    Word.HOLD: ("on hold",),
    Word.CONFIRMED: ("confirm", "confirms"),
    Word.WITHDRAWN: ("withdraw", "withdrew", "cancelled", "canceled"),
    Word.SEND_AGAIN: ("resend", "send it again"),
    Word.DELIVERED: ("arrived",),
    Word.OK: ("okay", "approve", "approved", "release", "released"),
}
_IN_OTHER_LANGUAGES = {
    Word.INVITE: (
        "inviter",
        "invité",
        "invitée",
        "einladen",
        "eingeladen",
        "invitar",
        "invitado",
        "invitada",
    ),
    Word.WAITING: ("liste d'attente", "en attente", "Warteliste", "warten", "lista de espera", "en espera"),
    Word.DECLINE: (
        "refuser",
        "refusé",
        "refusée",
        "ablehnen",
        "abgelehnt",
        "rechazar",
        "rechazado",
        "rechazada",
    ),
    Word.HOLD: ("suspendre", "en suspens", "zurückstellen", "zurückgestellt", "retener", "en pausa"),
    Word.CONFIRMED: ("confirmé", "confirmée", "bestätigt", "zugesagt", "confirmado", "confirmada"),
    Word.WITHDRAWN: (
        "désisté",
        "désistée",
        "retiré",
        "retirée",
        "zurückgezogen",
        "abgesagt",
        "retirado",
        "retirada",
    ),
    Word.ELIGIBLE: ("éligible", "geeignet", "elegible"),
    Word.SEND_AGAIN: ("renvoyer", "noch einmal senden", "erneut senden", "enviar de nuevo", "reenviar"),
    Word.DELIVERED: ("remis", "zugestellt", "angekommen", "entregado"),
    Word.OK: ("d'accord", "freigeben", "freigegeben", "aprobar", "aprobado"),
}
"""The same words in French, German and Spanish: they are understood whatever language the letters are in."""

_SAME = ("même personne", "dieselbe Person", "gleiche Person", "misma persona")
_OTHER = ("autre personne", "andere Person", "otra persona")
_SIGNS = re.compile(r"[^\w\s.'’-]|(?<!\w)['’]|['’](?!\w)")
_MEANING = {fold(form): word for word in _ALSO for form in (word, *_ALSO[word], *_IN_OTHER_LANGUAGES[word])}
_ELIGIBLE = frozenset(map(fold, (Word.ELIGIBLE, *_IN_OTHER_LANGUAGES[Word.ELIGIBLE])))
_SAME_FORMS = frozenset(map(fold, (SAME_PERSON, *_SAME)))
_OTHER_FORMS = frozenset(map(fold, (OTHER_PERSON, *_OTHER)))


def word_of(text: str) -> Word | None:
    """Return the word that a text is, in whatever language; None for any other text."""
    return _MEANING.get(fold(text))


@dataclass(frozen=True, slots=True)
class Override:
    """A word understood; `category` comes with `ELIGIBLE` only, which leaves the rest to the ranking.

    `code` may come with `OK`: the short code of what is released, as the Reason shows it. `also` is what is said
    after a comma, beside a word that leaves the rest to the ranking: an `OK`.
    """

    word: Word
    category: str = ""
    code: str = ""
    also: "Override | None" = None


@dataclass(frozen=True, slots=True)
class Same:
    """A row is by the person with this reference; where none is named, the one that the Reason names."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A row is by another person than the one that the Reason names."""


def read_whose(text: str) -> Same | Other | None:
    """Read a word in a Decision cell that says who answered in the row; None for any other."""
    text = without_ok(text)
    if not text:
        return None
    word, _, reference = text.partition(":")
    if fold(word) in _SAME_FORMS and not _SIGNS.search(text.replace(":", "", 1)):
        return Same(one_line(reference).upper())
    return Other() if fold(text) in _OTHER_FORMS and not _SIGNS.search(text) else None


def without_ok(text: str) -> str:
    """Return what a cell says besides `ok`: `Eligible: management` of `Eligible: management, ok 3F9Q2K`."""
    word, comma, last = text.rpartition(",")
    return word.strip() if comma and _read_ok(last) else "" if _read_ok(text) else text


def read_ok(text: str) -> Override | None:
    """Read a word that releases what a row proposes, alone, with a code, or after another word and a comma."""
    return _read_ok(text.rpartition(",")[2])


def _read_ok(text: str) -> Override | None:
    first, _, code = one_line(text).partition(" ")
    if fold(first) == fold(Word.OK) and read_code(code):
        return Override(Word.OK, code=read_code(code))
    return Override(Word.OK) if _MEANING.get(fold(text)) is Word.OK and not _SIGNS.search(text) else None


class Misunderstood(ValueError):
    """The Decision cell holds a word that Convene does not know; `reason` says all that can be typed."""

    def __init__(self, word: str, known: tuple[str, ...]) -> None:
        self.reason = because(ReasonKind.UNKNOWN_WORD, word=shorten(word, 30), words=known)
        super().__init__(words((self.reason,)))


def drop_down(audience: Audience, *, approves: bool = False) -> tuple[str, ...]:
    """Return the words that the Decision column offers; those about a message or a person only where there is room.

    `ok` is one of them where a call `approves` what leaves.
    """
    words = _deciding(audience, approves=approves)
    for more in _WHERE_ROOM:
        words = (*words, *more) if len(",".join((*words, *more))) <= LONGEST_DROP_DOWN else words
    return words


def all_words(audience: Audience, *, approves: bool = False) -> tuple[str, ...]:
    """Return all words that can be typed, for sentences that list them: also those for which a cell has no room."""
    return (*_deciding(audience, approves=approves), *(word for more in _WHERE_ROOM for word in more))


_WHERE_ROOM = ((SAME_PERSON, OTHER_PERSON), (Word.SEND_AGAIN.value, Word.DELIVERED.value))


def _deciding(audience: Audience, *, approves: bool) -> tuple[str, ...]:
    plain = tuple(word.value for word in Word if word not in SETTLING | {Word.ELIGIBLE, Word.OK})
    plain = (Word.OK.value, *plain) if approves else plain
    return (*plain, *(f"{Word.ELIGIBLE}: {category.id}" for category in audience.categories))


def read_override(text: str, audience: Audience, *, approves: bool = False) -> Override | None:
    """Read a Decision cell; None for a blank one, and for a word about who somebody is. Raises Misunderstood.

    A word with other signs around it is not obeyed: “Invite?” is a question among colleagues. After a word that leaves
    the rest to the ranking, or says who somebody is, `, ok` may stand; a deciding word needs none.
    """
    said, ok = fold(text), read_ok(text)
    before = without_ok(text) if ok else text
    if not one_line(before) or read_whose(before):
        return ok
    if said in _MEANING and not _SIGNS.search(text):
        return Override(_MEANING[said])
    word, _, group = before.partition(":")
    for category in audience.categories:
        names = {one_line(name).casefold() for name in (category.id, category.title)}
        if fold(word) in _ELIGIBLE and one_line(group).casefold() in names:
            return Override(Word.ELIGIBLE, category.id, also=ok)
    raise Misunderstood(text, all_words(audience, approves=approves))
