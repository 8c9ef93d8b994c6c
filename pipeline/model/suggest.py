"""What somebody may have meant: the nearest of the words that would be right."""

from collections.abc import Iterable

from pipeline.model.text import fold, listed, quote

LISTED = 14
_CLOSE = 68.0
"""How alike two words must be, of 100, to be taken for each other: one slip in a word of four letters."""


def unknown_key(word: str, known: Iterable[str]) -> str:
    """Name a key that is not known; only one that is nearly known is repeated: another may be a password."""
    return f"unknown key {quote(word)}" if nearest(word, tuple(known)) else "unknown key"


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the word of `known` that somebody may have meant; nothing where none is near."""
    from rapidfuzz.fuzz import ratio  # only where something was misspelt
    from rapidfuzz.process import extractOne

    near = extractOne(word, known, scorer=ratio, processor=fold, score_cutoff=_CLOSE)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "Remove it.") -> str:
    """Say which of `known` is nearest to `word`; if none is near, list them all, or say `otherwise`."""
    words = tuple(known)
    if near := nearest(word, words):
        return f"Did you mean “{near}”?"
    if not words or len(words) > LISTED:
        return otherwise
    return f"Write {listed(tuple(f'“{each}”' for each in words), 'or')}."
