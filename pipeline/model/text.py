"""Text as people write it: compared without case, accents or spacing, shown in one clean line."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

JOINERS = "\u200c\u200d"  # legitimate inside Persian and Indic names
_SPACES = re.compile(r"\s+")
_INNER = str.maketrans("“”", "‘’")
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe",
        "þ": "th", "ĸ": "k", "ς": "σ", "ʼ": "'", "ʹ": "'", "ʻ": "'",
    }
)  # fmt: skip
_MIXED_SCRIPT = re.compile(r"\w*(?:[a-z][а-яєіїα-ω]|[а-яєіїα-ω][a-z])\w*")
_LOOKS_LATIN = str.maketrans("асеорхуіјѕкмтвнαορνικ", "aceopxyijskmtbhaopvik")


def one_line(text: str) -> str:
    """Make `text` one line: control and format characters dropped, runs of white space one space."""
    if not text.isprintable():
        text = "".join(char if _is_visible(char) else " " if char.isspace() else "" for char in text)
    return _SPACES.sub(" ", text).strip()


def _is_visible(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Reduce `text` to what comparison looks at: no case, accents, punctuation or extra spaces.

    Letters that do not decompose (ł, ø, ı) become their plain form, and in a word of two scripts (a Cyrillic о
    in “Nо”) what looks Latin is. A text of signs alone (“???”, “+”) keeps them, so that two different ones
    stay different.
    """
    if text.isascii():
        bare = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        bare = "".join(filter(_is_compared, decomposed)).casefold().translate(_PLAIN_LETTERS)
        bare = _MIXED_SCRIPT.sub(lambda word: word[0].translate(_LOOKS_LATIN), bare)
    words = _NOT_WORD.sub(" ", bare).strip()
    return words or one_line(bare)


def _is_compared(char: str) -> bool:
    return not unicodedata.combining(char) and unicodedata.category(char) != "Cf"


def shorten(text: str, width: int = 60) -> str:
    """Make `text` one line, cut at a word when longer than `width` characters."""
    line = one_line(text)
    return line if len(line) <= width else line[: width - 1].rsplit(" ", 1)[0].rstrip() + "…"


def quote(text: str, width: int = 60) -> str:
    """Quote an answer in a sentence: “one line”, cut at a word when longer than `width` characters.

    Quotation marks in it become single ones, so that nobody's words can end the quotation.
    """
    return f"“{shorten(text, width).translate(_INNER)}”"


def tidy_name(text: str) -> str:
    """Tidy a name without harming it: composed accents, one line, its own capitals kept."""
    return unicodedata.normalize("NFC", one_line(text))


def listed(items: tuple[str, ...], last: str = "and") -> str:
    """Join `items` as a sentence does: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def counted(number: int, noun: str) -> str:
    """Say `number` of `noun`: `1 message`, `2 messages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def ordinal(number: int) -> str:
    """Say a number as 1st, 2nd, 3rd, 4th, ..."""
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def day(moment: date) -> str:
    """Write a date in full: `2 August 2023`."""
    return f"{moment.day} {moment:%B %Y}"
