"""Rows of the ledger's tables as the values of `model`, and the other way round."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from sqlite3 import Connection
from typing import Any, TypeAlias

from pipeline.ledger.outgoing import checksum
from pipeline.ledger.releases import read_effect, write_effect
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.effect import Effect
from pipeline.model.history import Posted, Standing
from pipeline.model.message import MOST_COPIES, Kind, Letter, Message, State
from pipeline.model.reason import Fact, Reason, ReasonKind, because
from pipeline.model.said import Said

Columns: TypeAlias = Mapping[str, tuple[str, Callable[[Any], Any]]]
"""Of each column: the field that it fills, and how it is read."""


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _read(columns: Columns, row: Iterable[Any]) -> dict[str, Any]:
    """Return the fields of a row that was asked for by these columns."""
    return {field: read(value) for (field, read), value in zip(columns.values(), row, strict=True)}


def read_standing(row: Iterable[Any]) -> Standing:
    """Read a row of `standings` (see `STANDING`)."""
    return Standing(**_read(_OF_STANDING, row))


def read_posted(row: Iterable[Any]) -> Posted:
    """Read a row of `messages` (see `POSTED`), its bytes left aside."""
    return Posted(**_read(_OF_POSTED, row))


def write_reasons(reasons: tuple[Reason, ...]) -> str:
    """Write reasons as JSON: a list of pairs of a kind and its facts."""
    kept = [(reason.kind, {name: _kept(fact) for name, fact in reason.facts}) for reason in reasons]
    return json.dumps(kept, ensure_ascii=False)


def _kept(fact: object) -> object:
    """Return a fact for JSON: what is said by a phrase as that phrase, to be told in any language."""
    if isinstance(fact, Said):
        return {"said": fact.key, "facts": {name: _kept(each) for name, each in fact.facts.items()}}
    return [_kept(each) for each in fact] if isinstance(fact, tuple) else fact


def read_reasons(text: str) -> tuple[Reason, ...]:
    """Read reasons as `write_reasons` wrote them."""
    return tuple(
        because(ReasonKind(kind), **{name: _fact(value) for name, value in facts.items()})
        for kind, facts in json.loads(text)
    )


def _fact(value: object) -> Fact:
    """Return what JSON gave for a fact: a list was a tuple, a group what is said by a phrase."""
    if isinstance(value, dict):
        return Said(value["said"], **{name: _fact(each) for name, each in value["facts"].items()})
    if isinstance(value, list):
        return tuple(map(_fact, value))
    assert isinstance(value, str | int)  # noqa: S101 - facts hold nothing else
    return value


_OF_STANDING: Columns = {
    "s.reference": ("reference", str),
    "s.status": ("status", Status),
    "s.eligibility": ("eligibility", Eligibility),
    "s.category": ("category", str),
    "s.reasons": ("reasons", read_reasons),
    "s.decision": ("decision", str),
    "s.at": ("at", datetime.fromisoformat),
    "s.queue": ("order", int),
    "s.found": ("found", str),
    "s.vacated": ("vacated", bool),
    "s.note": ("note", str),
    "s.reply_by": ("reply_by", _time),
    "s.owed": ("owed", lambda text: tuple(map(Kind, text.split()))),
    "s.heard_until": ("heard_until", _time),
}

STANDING = ", ".join(_OF_STANDING)
"""The columns that `read_standing` reads."""

_OF_POSTED: Columns = {
    "id": ("id", int),
    "reference": ("reference", str),
    "kind": ("kind", Kind),
    "revision": ("revision", int),
    "state": ("state", State),
    "changed_at": ("at", datetime.fromisoformat),
    "recipient": ("to", str),
    "subject": ("subject", str),
    "next_attempt": ("next_attempt", _time),
    "reply": ("reply", str),
    "via": ("via", str),
    "run": ("run", int),
    "until": ("until", _time),
    "data != x''": ("is_stored", bool),
    "effect": ("effect", read_effect),
    "printed": ("printed", lambda text: tuple(json.loads(text).items())),
    "occasion": ("occasion", str),
    "copy_of": ("copy_of", lambda number: number or 0),
}

POSTED = ", ".join(_OF_POSTED)
"""The columns that `read_posted` reads."""


def insert(db: Connection, table: str, **values: object) -> int:
    """Add a row to a table; return its number."""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names are ours
    return int(db.execute(statement, tuple(values.values())).lastrowid or 0)


def insert_response(db: Connection, call: str, key: str, reference: str, run: int) -> None:
    """Say whose a response is; a person may have said that it is somebody else's than it was taken for."""
    db.execute(
        "INSERT INTO responses (call, key, reference, run) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (call, key) DO UPDATE SET reference = excluded.reference",
        (call, key, reference, run),
    )


def insert_standing(db: Connection, call: str, standing: Standing, run: int, message: int | None) -> None:
    """Add a decision, tied to the message that tells it: with that message held, it is as if never made."""
    insert(
        db,
        "standings",
        call=call,
        reference=standing.reference,
        status=standing.status,
        eligibility=standing.eligibility,
        category=standing.category,
        reasons=write_reasons(standing.reasons),
        decision=standing.decision,
        queue=standing.order,
        found=standing.found,
        vacated=standing.vacated,
        note=standing.note,
        cause=standing.cause,
        heard_until=standing.heard_until.isoformat() if standing.heard_until else "",
        reply_by=standing.reply_by.isoformat() if standing.reply_by else None,
        owed=" ".join(standing.owed),
        at=standing.at.isoformat(),
        run=run,
        message=message,
    )


def insert_message(
    db: Connection,
    call: str,
    message: Message,
    letter: Letter,
    effect: Effect | None,
    run: int,
    now: datetime,
) -> int:
    """Add a message that is ready to leave, with its bytes; return its number."""
    return _insert_letter(
        db,
        call,
        message,
        letter,
        run,
        now,
        revision=message.revision,
        subject=message.content.subject,
        until=message.until.isoformat() if message.until else None,
        effect=write_effect(effect),
        printed=json.dumps(dict(message.content.printed), ensure_ascii=False),
        occasion=message.occasion,
    )


def insert_copies(
    db: Connection, call: str, message: Message, copies: tuple[Letter, ...], run: int, now: datetime, of: int
) -> None:
    """Add copies of a message, each once: under revisions below zero, which no letter to an applicant has."""
    for nth, letter in enumerate(copies, 1):
        below = -(message.revision * MOST_COPIES + nth)
        _insert_letter(db, call, message, letter, run, now, revision=below, subject="", copy_of=of)


def _insert_letter(
    db: Connection,
    call: str,
    message: Message,
    letter: Letter,
    run: int,
    now: datetime,
    **more: object,
) -> int:
    return insert(
        db,
        "messages",
        call=call,
        reference=message.reference,
        kind=message.kind,
        run=run,
        state=State.PREPARED,
        sender=letter.sender,
        recipient=letter.to,
        message_id=letter.message_id,
        data=letter.data,
        checksum=checksum(letter),
        prepared_at=now.isoformat(),
        changed_at=now.isoformat(),
        **more,
    )
