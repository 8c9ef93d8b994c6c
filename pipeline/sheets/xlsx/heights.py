"""How high a row is to be so that wrapped texts are seen whole: not every program works that out on opening a file.

No height is fixed (`customHeight`): a program in which somebody types or sorts works it out anew.
"""

from math import ceil

LINE = 15.75
"""Points that a line takes, in the size of letters that workbooks begin with; no program's own step."""

MOST_LINES = 12
"""What is longer is seen in the cell itself."""


def height_of(text: str, width: float) -> float:
    """Return the height in points of a text in a column so many characters wide."""
    lines = sum(max(1, ceil(len(part) / max(width, 1.0))) for part in text.split("\n"))
    return min(lines, MOST_LINES) * LINE


def is_own(height: float) -> bool:
    """Whether a row's height can only be one that Convene gave it."""
    return height in {lines * LINE for lines in range(1, MOST_LINES + 1)}
