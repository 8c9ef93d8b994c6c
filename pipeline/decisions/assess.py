"""Where everybody stands: rows to entries, entries to applicants, applicants to verdicts, in one go."""

from datetime import datetime

from pipeline.decisions.decide import decide
from pipeline.decisions.places.give import Selection
from pipeline.decisions.verdict import Verdict
from pipeline.intake.admission import admit
from pipeline.intake.people import Roll, identify
from pipeline.intake.replies import read_replies
from pipeline.intake.rows import read_entries
from pipeline.model.applicant import Entry
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.replies import NO_REPLIES, Replies
from pipeline.model.settings import Limits
from pipeline.model.sheet import Snapshot


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that was read from one snapshot, and what is concluded from it; the selection where places are given."""

    entries: tuple[Entry, ...]
    roll: Roll
    verdicts: tuple[Verdict, ...]
    selection: Selection | None = None
    replies: Replies = NO_REPLIES

    @property
    def filled_rows(self) -> int:
        """How many rows there are, without those in which Convene wrote by mistake."""
        return len(self.entries) - len(self.roll.strays)


def assess(
    call: Call, snapshot: Snapshot, history: History, now: datetime, limits: Limits | None = None
) -> Assessment:
    """Read a snapshot and conclude for everybody in it, within `limits` on who is let in. Raises HeaderError."""
    entries = read_entries(snapshot, call)
    roll = identify(entries, history)
    if limits:
        roll = admit(roll, entries, history, limits)
    replies = read_replies(call, snapshot, roll, history, now)
    verdicts, selection = decide(call, roll, history, now, replies, is_frozen=snapshot.controls.freeze)
    return Assessment(entries, roll, verdicts, selection, replies)
