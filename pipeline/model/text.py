"""Text as people write it: compared without case, accents or spacing, shown in one clean line.

Everything here takes a time that grows as the text does, whatever stands in it: anybody may send us any text.
"""

import re
import unicodedata
from collections.abc import Iterable
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
_WORD = re.compile(r"\w+")
_MIXED_SCRIPT = re.compile(r"[a-z][а-яєіїα-ω]|[а-яєіїα-ω][a-z]")
_LOOKS_LATIN = str.maketrans("асеорхуіјѕкмтвнαορνικ", "aceopxyijskmtbhaopvik")
_PIECE = re.compile(r"[^\s<>()“”\"':;,]+")
_LONGEST_WORD = 200
"""Characters of a word whose accents are still composed: ordering many accents takes the square of their number."""


class _Bare(dict[int, str]):
    """What comparison looks at of each character, worked out when it is met for the first time.

    A character at a time, as what is dropped are the accents, and only their order depends on the neighbours.
    """

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold())
        compared = "".join(filter(_is_compared, decomposed)).casefold().translate(_PLAIN_LETTERS)
        self[code] = compared
        return compared


_BARE = _Bare()


def one_line(text: str) -> str:
    """Make `text` one line: control and format characters dropped, runs of white space one space."""
    if text.isprintable() and "  " not in text:  # most texts: no other white space can be printed
        return text.strip()
    visible = (char if _is_visible(char) else " " if char.isspace() else "" for char in text)
    return _SPACES.sub(" ", "".join(visible)).strip()


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
        bare = text.translate(_BARE)
        if _MIXED_SCRIPT.search(bare):
            bare = _WORD.sub(_in_one_script, bare)
    words = _NOT_WORD.sub(" ", bare).strip()
    return words or one_line(bare)


def _in_one_script(word: re.Match[str]) -> str:
    return word[0].translate(_LOOKS_LATIN) if _MIXED_SCRIPT.search(word[0]) else word[0]


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
    return f"“{bare_quote(text, width)}”"


def bare_quote(text: str, width: int = 60) -> str:
    """Return what a quotation has between its marks."""
    return shorten(text, width).translate(_INNER)


def without_addresses(text: str) -> str:
    """Return a text in which no e-mail address can be read."""
    return _PIECE.sub(lambda piece: "(an address)" if "@" in piece[0] else piece[0], text)


def tidy_name(text: str) -> str:
    """Tidy a name without harming it: composed accents, one line, its own capitals kept."""
    line = one_line(text)
    return line if line.isascii() else " ".join(map(_composed, line.split(" ")))


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word) if len(word) <= _LONGEST_WORD else word


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


LONG_SECRET = 16
"""A shorter secret may be a part of an innocent word."""


def without(text: str, private: Iterable[str]) -> str:
    """Return a text without what nobody may see of it; a short secret is only known where it stands alone."""
    for secret in filter(None, private):
        pattern = re.escape(secret)
        if len(secret) < LONG_SECRET:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        text = re.sub(pattern, "…", text, flags=re.IGNORECASE)
    return text
