"""What somebody may have meant: the nearest of the words that would be right."""

from collections.abc import Iterable

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from pipeline.model.text import fold, listed

LISTED = 12
_CLOSE = 68.0
"""How alike two words must be, of 100, to be taken for each other: one slip in a word of four letters."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "Remove it.") -> str:
    """Say which of `known` is nearest to `word`; if none is near, list them all, or say `otherwise`."""
    words = tuple(known)
    near = extractOne(word, words, scorer=ratio, processor=fold, score_cutoff=_CLOSE)
    if near:
        return f"Did you mean “{near[0]}”?"
    if not words or len(words) > LISTED:
        return otherwise
    return f"Write {listed(tuple(f'“{each}”' for each in words), 'or')}."
