"""What organisers can type in the Decision column, and what it means. Anything else is asked about."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.call import Audience
from pipeline.text import fold, quote


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
_MEANING = {fold(form): word for word in _ALSO for form in (word, *_ALSO[word])}


@dataclass(frozen=True, slots=True)
class Override:
    """A word understood; `category` comes with `ELIGIBLE` only, which leaves the rest to the ranking."""

    word: Word
    category: str = ""


class Misunderstood(ValueError):
    """The Decision cell holds a word that Convene does not know."""


def drop_down(audience: Audience) -> tuple[str, ...]:
    """Return the words that the Decision column offers."""
    plain = tuple(word.value for word in Word if word is not Word.ELIGIBLE)
    return (*plain, *(f"{Word.ELIGIBLE}: {category.id}" for category in audience.categories))


def read_override(text: str, audience: Audience) -> Override | None:
    """Read a Decision cell; blank is None. Raises Misunderstood, which says what can be typed."""
    said = fold(text)
    if not said:
        return None
    if said in _MEANING:
        return Override(_MEANING[said])
    for category in audience.categories:
        if said in {f"eligible {fold(category.id)}", f"eligible {fold(category.title)}"}:
            return Override(Word.ELIGIBLE, category.id)
    raise Misunderstood(f"The Decision {quote(text, 30)} is not one of: {', '.join(drop_down(audience))}.")
