"""How high a row is to be so that wrapped texts are seen whole: not every program works that out on opening a file."""

from textwrap import wrap

LINE = 15.0
"""Points that a line takes, in the size of letters that workbooks begin with."""

LETTERS = 1.1
"""So many letters go where one digit does, by which columns are measured."""

MOST_LINES = 12
"""What is longer is seen in the cell itself."""


def height_of(text: str, width: float, line: float = LINE) -> float:
    """Return the height in points of a text in a column so many characters wide."""
    lines = sum(max(1, len(wrap(part, max(1, int(width * LETTERS))))) for part in text.split("\n"))
    return min(lines, MOST_LINES) * line
