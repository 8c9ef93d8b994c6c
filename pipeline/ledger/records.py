"""What a run hands to the ledger: people, decisions, and messages with their bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from pipeline.model.effect import Effect
from pipeline.model.frozen import dataclass
from pipeline.model.history import Heard, Release, Settlement, Standing
from pipeline.model.history_events import Happening
from pipeline.model.message import Letter, Message


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that is ready to leave: what it is, its bytes, what it tells, and its copies for organisers."""

    message: Message
    letter: Letter
    effect: Effect | None = None
    copies: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """What one run adds to the ledger, all in one transaction; the messages are taken one by one.

    `responses` are keys with their references, also where a person joined two of them; `answers` are keys with
    what is kept of them (see `intake.memory`); `words` are what organisers typed, or took away, since the last run.
    """

    people: Mapping[str, str]
    responses: Mapping[str, str]
    standings: tuple[Standing, ...]
    messages: Iterable[Prepared]
    cancelled: tuple[int, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    settlements: tuple[Settlement, ...] = ()
    heard: Mapping[str, Heard | None] = field(default_factory=dict)
    words: tuple[Happening, ...] = ()
    releases: tuple[Release, ...] = ()
