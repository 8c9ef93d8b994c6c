"""The columns that a set-up makes: how wide they are, in which order, in which colours."""

from pipeline.model.frozen import dataclass

WIDTHS = {
    "Decision": 14.0,
    "Organiser note": 28.0,
    "Reference": 12.0,
    "Category": 20.0,
    "Status": 14.0,
    "Reason": 48.0,
    "Waiting list": 10.0,
    "Last message": 28.0,
    "Updated": 18.0,
}
"""Column widths, in characters."""

READ_FIRST = (
    "Decision", "Status", "Reason", "Waiting list", "Organiser note", "Category", "Reference", "Last message", "Updated"
)  # fmt: skip
"""The order of the columns in a tab that is Convene's own making: name, decision and reason are on one screen."""

NAME_WIDTH, DATE_WIDTH, ANSWER_WIDTH = 16.0, 19.0, 22.0
WIDEST_FROZEN = 80.0
"""So many characters at most are frozen: half of what a laptop shows."""

FILLS = {True: "FFF2CC", False: "DDEBF7"}
ANSWERS_FILL = "F2F2F2"


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to be made: where, and what it is of."""

    column: int
    header: str

    @property
    def is_ours(self) -> bool:
        """Whether it is the organisers' or Convene's, and not an answer's."""
        return self.header in WIDTHS
