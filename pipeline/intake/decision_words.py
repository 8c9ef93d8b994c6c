"""What organisers can type in the Decision column, and what it means. Anything else is asked about."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.reason import ReasonKind, because
from pipeline.model.rules import Audience
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


_ALSO = {
    Word.INVITE: ("invited", "offer", "offered"),
    Word.WAITING: ("waitlist", "waiting", "wait"),
    Word.DECLINE: ("declined", "not selected", "reject", "rejected"),
    Word.HOLD: ("on hold",),
    Word.CONFIRMED: ("confirm", "confirms"),
    Word.WITHDRAWN: ("withdraw", "withdrew", "cancelled", "canceled"),
}
_SIGNS = re.compile(r"[^\w\s.-]")
_MEANING = {fold(form): word for word in _ALSO for form in (word, *_ALSO[word])}


@dataclass(frozen=True, slots=True)
class Override:
    """A word understood; `category` comes with `ELIGIBLE` only, which leaves the rest to the ranking."""

    word: Word
    category: str = ""


class Misunderstood(ValueError):
    """The Decision cell holds a word that Convene does not know; `reason` says what can be typed."""

    def __init__(self, word: str, known: tuple[str, ...]) -> None:
        self.reason = because(ReasonKind.UNKNOWN_WORD, word=shorten(word, 30), words=known)
        super().__init__(words((self.reason,)))


def drop_down(audience: Audience) -> tuple[str, ...]:
    """Return the words that the Decision column offers."""
    plain = tuple(word.value for word in Word if word is not Word.ELIGIBLE)
    return (*plain, *(f"{Word.ELIGIBLE}: {category.id}" for category in audience.categories))


def read_override(text: str, audience: Audience) -> Override | None:
    """Read a Decision cell; blank is None. Raises Misunderstood, which says what can be typed.

    A word with other signs around it is not obeyed: “Invite?” is a question among colleagues.
    """
    said = fold(text)
    if not one_line(text):
        return None
    if said in _MEANING and not _SIGNS.search(text):
        return Override(_MEANING[said])
    word, _, group = text.partition(":")
    for category in audience.categories:
        names = {one_line(name).casefold() for name in (category.id, category.title)}
        if fold(word) == fold(Word.ELIGIBLE) and one_line(group).casefold() in names:
            return Override(Word.ELIGIBLE, category.id)
    raise Misunderstood(text, drop_down(audience))
