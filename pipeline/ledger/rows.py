"""Rows of the ledger's tables as the values of `model`."""

from datetime import datetime

from pipeline.model import Eligibility, Kind, Posted, Standing, State, Status


def read_standing(row: tuple[str, ...]) -> Standing:
    """Read a row of `standings`."""
    reference, status, eligibility, category, reason, decision, at, queue = row[:8]
    return Standing(
        reference=reference,
        status=Status(status),
        eligibility=Eligibility(eligibility),
        category=category,
        reason=reason,
        decision=decision,
        at=datetime.fromisoformat(at),
        order=int(queue),
    )


def read_posted(row: tuple[int, str, str, int, str, str, str, str, str | None, str]) -> Posted:
    """Read a row of `messages`, its bytes left aside."""
    number, reference, kind, revision, state, at, to, subject, again, reply = row
    return Posted(
        id=number,
        reference=reference,
        kind=Kind(kind),
        revision=revision,
        state=State(state),
        at=datetime.fromisoformat(at),
        to=to,
        subject=subject,
        next_attempt=datetime.fromisoformat(again) if again else None,
        reply=reply,
    )
