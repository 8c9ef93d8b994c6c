"""Bad data and open questions, shown to people."""

from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.reason import Fact


class NeedKind(StrEnum):
    """Why something needs a person; JSON keeps these words."""

    TO_REVIEW = "to review"
    CHECK_ROW = "check row"
    DECISION = "decision not understood"
    IN_DOUBT = "in doubt"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    REPLY = "reply"
    APPROVAL = "waits for approval"
    DANGER = "danger"
    QUOTA = "quota missed"
    PROBABLY_ONE = "probably one"
    IDLE_RULE = "idle rule"
    AWAITED = "awaited answers"
    CAPACITY = "over capacity"
    TEAM = "torn team"
    TOLD_OTHERWISE = "told otherwise"
    NOT_PROVED = "not proved"
    OTHER = "problem"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person must see to: where, what, and what to do next; nothing private in it.

    By its `facts` it is known again from run to run; where there are none, by `what`.
    """

    where: str
    what: str
    next_step: str
    row: int | None = None
    reference: str = ""
    kind: NeedKind = NeedKind.OTHER
    facts: tuple[Fact, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.next_step}"
