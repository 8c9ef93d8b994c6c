"""What a call says of its offers: how long an answer may take, and what becomes of silence."""

from datetime import timedelta
from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.rules import Condition


class Silence(StrEnum):
    """What becomes of an offer that nobody answers: it lapses, or a person is asked."""

    EXPIRE = "expire"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Offers:
    """How offers are answered.

    An answer may take so many days `within` which it is due, where the call names no later one (None: only the call's
    day counts), and is due `before_start` at the latest. It is asked for once more `remind_before` that. What is
    required of the answers before a yes makes somebody Confirmed is in `requires`.
    """

    within: timedelta | None = None
    before_start: timedelta = timedelta(days=1)
    remind_before: timedelta = timedelta(days=3)
    on_silence: Silence = Silence.EXPIRE
    requires: Condition | None = None


USUAL = Offers()
