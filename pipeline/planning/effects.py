"""What a plan would do to people, in a form that can be compared: who is told what, in which words, until when."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC
from hashlib import sha256

from pipeline.model.message import Message
from pipeline.planning.plan import Plan

VERSION = 1
"""Of the canonical form: another one would change every hash."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one person is told. `words` is the SHA-256 of subject and both parts, or how a stored letter is known.

    `conclusion` is the status that it tells, `until` when that stops being true (UTC, ISO 8601; empty: never).
    What differs between two runs of the same plan (Date, Message-ID, boundaries) is no part of it.
    """

    reference: str
    to: str
    kind: str
    revision: int
    conclusion: str
    words: str
    until: str = ""


def effects_of(plan: Plan) -> tuple[Effect, ...]:
    """Return what a plan would tell, sorted by person: new messages, and those of earlier runs that go on."""
    status = {verdict.reference: verdict.status.value for verdict in plan.assessment.verdicts}
    new = (
        Effect(
            message.reference,
            message.to,
            message.kind.value,
            message.revision,
            status[message.reference],
            _words(message),
            message.until.astimezone(UTC).isoformat() if message.until else "",
        )
        for message in plan.messages
    )
    stored = (
        Effect(
            message.reference,
            message.to,
            message.kind.value,
            message.revision,
            status[message.reference],
            f"stored message {message.id}",
        )
        for message in plan.resumed
    )
    return tuple(sorted((*new, *stored), key=lambda effect: (effect.reference, effect.kind, effect.revision)))


def effects_hash(plan: Plan) -> str:
    """Return the one hash of all that a plan would tell: equal for equal effects, in whatever order they leave."""
    form = [VERSION, [asdict(effect) for effect in effects_of(plan)]]
    canonical = json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(canonical.encode()).hexdigest()


def _words(message: Message) -> str:
    content = message.content
    return sha256("\0".join((content.subject, content.text, content.html)).encode()).hexdigest()
