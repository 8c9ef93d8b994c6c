"""A letter as people look at it before or after it leaves: its bytes, who gets it, why, and how far it is."""

from dataclasses import field
from enum import StrEnum

from pipeline.model.frozen import dataclass


class Stand(StrEnum):
    """How far a letter of a plan is."""

    LEAVES = "leaves"
    GOES_ON = "goes on"  # an earlier run wrote it
    WAITS = "waits"  # for approval
    PROPOSED = "proposed"  # for selection day
    KEPT = "kept"  # for another reason, which the row's Reason tells


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """One letter. `stand` is a `Stand` in a plan, a message's `State` afterwards; `language` is its template's.

    `code` is what releases it where it waits; `file` where it lies beside the page, `at` when it left, both as shown.
    """

    reference: str
    name: str
    to: str
    kind: str
    language: str
    why: str
    stand: str
    data: bytes = field(repr=False)
    code: str = ""
    at: str = ""
    file: str = ""
