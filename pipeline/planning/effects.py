"""What a plan would do to people, in a form that can be compared and released (see `model.effect`)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC

from pipeline.messages.calendar import lasting
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.effect import Effect, Target, hash_of, words_of
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted
from pipeline.model.kinds import title_of, turn_of
from pipeline.model.message import DECISIONS, Message, Rendered, State
from pipeline.model.settings import GoogleSettings, Sender, Service, SmtpSettings
from pipeline.model.short_code import short_code
from pipeline.model.text import counted, listed
from pipeline.planning.plan import Plan

STORED = "stored message "
"""Before the number by which a letter of an earlier version is known: what it says was not kept."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where all letters of a plan come from: the sender as they show it, and the hash of the target."""

    sender: str = ""
    target: str = ""


def origin_of(call: Call, service: Service, history: History) -> Origin:
    """Say where letters come from: a copy of the sheet or of the ledger, or another relay, is another target."""
    sheet, transport = service.sheet, service.mail.transport
    place = sheet.spreadsheet if isinstance(sheet, GoogleSettings) else str(sheet.path)
    relay = f"{transport.host}:{transport.port}" if isinstance(transport, SmtpSettings) else "outbox"
    target = Target("\0".join((place, sheet.tab)), f"{history.ledger} {call.id}", relay)
    return Origin(say_sender(service.mail.sender, call.reply_to), target.digest)


def say_sender(sender: Sender, reply_to: str) -> str:
    """Say who a letter comes from, and where answers go."""
    return f"{sender.name} <{sender.address}>, {reply_to}"


def effect_of(
    message: Message | Posted, conclusion: str, posted: tuple[Posted, ...], origin: Origin
) -> Effect:
    """Return what a message tells; `posted` is what its applicant was sent before.

    A letter that was held is written anew in another revision, and what it tells is the same. What tells no decision
    concludes that the application was received, whatever is proposed by then.
    """
    if isinstance(message, Posted) and message.effect:
        return replace(message.effect, target=origin.target)
    alike = (each for each in posted if each.kind == message.kind and each.id != _id(message))
    return Effect(
        message.reference,
        message.to,
        str(message.kind),
        1 + sum(each.state is not State.HELD for each in alike),
        conclusion if message.kind in DECISIONS else Status.RECEIVED.value,
        f"{STORED}{message.id}" if isinstance(message, Posted) else words_of_content(message.content),
        message.until.astimezone(UTC).isoformat() if message.until else "",
        origin.sender,
        origin.target,
    )


def _id(message: Message | Posted) -> int:
    return message.id if isinstance(message, Posted) else 0


def words_of_content(content: Rendered) -> str:
    """Return the hash of what a letter says."""
    attached = ((each.name, lasting(each)) for each in content.attachments)
    return words_of(content.subject, content.text, content.html, attached)


def by_person(effect: Effect) -> tuple[str, str, int]:
    """Order effects by person."""
    return effect.reference, effect.kind, effect.revision


def effects_hash(plan: Plan) -> str:
    """Return the one hash of all that a plan tells, or would tell if a person released it."""
    return hash_of((*plan.effects, *plan.unreleased))


def code_of_set(effects: tuple[Effect, ...]) -> str:
    """Return the short code of a set of effects; empty for none."""
    return short_code(hash_of(effects)) if effects else ""


def count_kinds(effects: Collection[Effect]) -> str:
    """Say how many messages there are of each kind: `3 messages (2 × Invitation and 1 × Waiting list)`."""
    counts = Counter(effect.kind for effect in effects)
    named = listed(tuple(f"{counts[kind]} × {title_of(kind)}" for kind in sorted(counts, key=turn_of)))
    return f"{counted(len(effects), 'message')} ({named})"


def find_cause(released: Effect, effect: Effect) -> str:
    """Name what is no longer as it was released: the first thing that differs, the greatest before the small."""
    first = ("conclusion", "kind", "to", "sender", "target", "until", "revision")
    return next((name for name in first if getattr(released, name) != getattr(effect, name)), "words")
