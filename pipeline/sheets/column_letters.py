"""The letters by which people and programs call a column."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 1: AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
