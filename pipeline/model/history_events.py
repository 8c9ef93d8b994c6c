"""What happened, as the ledger's diary tells it: to one person, and run by run."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.reason import Reason
from pipeline.model.text import shorten

LONGEST_WORD = 60
"""Characters that are kept of what stands in a Decision cell."""


class What(StrEnum):
    """What can happen to a person, in the order in which a run does it."""

    APPLIED = "applied"
    WORD = "word"
    DECISION = "decision"
    RELEASE = "release"
    LETTER = "letter"
    SEEN = "seen"


TYPED, CHANGED, NOTED, REMOVED = "typed", "changed", "noted", "removed"
"""What organisers did with the word in a Decision cell; `NOTED`: it means the same, with another comment."""

NOT_TOLD = "not told"
"""What became of a decision whose letter was called off: it is as if it had never been made."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a person; `run` is 0 where no run saw it.

    `about` is the time stamp of a response, the word, the status, the kind of letter or of what was seen; `became` is
    what was done with the word (above), how far the letter got (a `State`), that a decision was not told, or which
    conclusion was released. `cause` is what moved the person on, by whose word a letter did, or how it was released;
    `said` is the word before, the organisers' note on a decision, the mail server's answer, or who it was.
    """

    at: datetime
    reference: str
    what: What
    about: str
    became: str = ""
    run: int = 0
    cause: str = ""
    reasons: tuple[Reason, ...] = ()
    said: str = ""


def heard_word(
    at: datetime, reference: str, before: str, text: str, *, is_same: bool = False
) -> Happening | None:
    """Say what became of the word in somebody's Decision cell since the last run; None where nothing did.

    `is_same` says that it means what it meant before.
    """
    word = shorten(text, LONGEST_WORD)
    if word == before:
        return None
    became = REMOVED if not word else NOTED if is_same else CHANGED if before else TYPED
    return Happening(at, reference, What.WORD, word, became, said=before)


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    NOTHING = "nothing to do"
    UNFINISHED = "unfinished"
    NOT_RUN = "not run"
    CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting that is another one than in the run before; values that may be secret are left out."""

    key: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A run as the diary tells it, or a command that changed the ledger (`how`); `number` is 0 where it counted none.

    `ended` is None while it goes on, and where it was cut off. `times` runs that ended alike, one after the other and
    with nothing to tell of, are one. `counts` are those of the run's report; `said` is what kept it from finishing.
    """

    started: datetime
    ended: datetime | None = None
    number: int = 0
    how: str = ""
    ending: Ending | None = None
    times: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    said: str = ""
    settings: tuple[SettingChanged, ...] = ()
