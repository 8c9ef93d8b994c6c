"""Enters in the ledger what another one did, once a person said so (see `pipeline.recovery`)."""

from dataclasses import replace
from datetime import datetime
from sqlite3 import Connection

from pipeline.ledger.diary import Diary
from pipeline.ledger.rows import insert, insert_response, insert_standing
from pipeline.model.adoption import Adopted, Adoption
from pipeline.model.history import Posted
from pipeline.model.message import OPEN_STATES
from pipeline.model.sheet import Stamp

ADOPTED = "adopted"
"""The cause of what another ledger did."""


def take_over(
    db: Connection, call: str, stamp: Stamp, adoption: Adoption, now: datetime, diary: Diary
) -> Stamp:
    """Write an adoption into the tables, inside the caller's transaction; return how the ledger goes on.

    `stamp` is what this ledger would leave in the sheet by itself. It goes on under the id in the sheet, with
    a run later than all that either of them knows: what was written last is then known to be its own.
    """
    found = adoption.stamp or stamp
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM runs").fetchone()
    run = insert(db, "runs", id=max(last, found.run) + 1, call=call, started_at=now.isoformat())
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"ledger of {call}", found.ledger))
    diary.tell("adopt", now)
    for message in adoption.settled:
        _settle(db, call, message, diary)
    for person in adoption.adopted:
        _enter(db, call, person, run, diary)
    return Stamp(found.ledger, run)


def _settle(db: Connection, call: str, message: Posted, diary: Diary) -> None:
    marks = ", ".join("?" * len(OPEN_STATES))
    settled = db.execute(
        f"""
        UPDATE messages SET state = ?, changed_at = ?, reply = ?, next_attempt = NULL
        WHERE id = ? AND call = ? AND state IN ({marks})
        """,  # noqa: S608 - question marks only
        (message.state, message.at.isoformat(), message.reply, message.id, call, *OPEN_STATES),
    )
    if settled.rowcount:
        diary.note_letter(message.id, message.state, message.at, ADOPTED, message.reply)


def _enter(db: Connection, call: str, person: Adopted, run: int, diary: Diary) -> None:
    if person.is_new:
        insert(db, "applicants", call=call, reference=person.reference, address=person.address, run=run)
    for key in person.keys:
        insert_response(db, call, key, person.reference, run)
    for message in person.messages:
        number = _enter_message(db, call, message, run)
        diary.note_letter(number, message.state, message.at, ADOPTED, message.reply)
    if person.standing:
        insert_standing(db, call, replace(person.standing, cause=ADOPTED), run, None)


def _enter_message(db: Connection, call: str, message: Posted, run: int) -> int:
    """Enter a message without bytes, in no state from which it could be sent; return its number."""
    named = f"<{run}.{message.reference}.{message.kind}.{message.revision}@adopted.invalid>"
    return insert(
        db,
        "messages",
        call=call,
        reference=message.reference,
        kind=message.kind,
        revision=message.revision,
        run=run,
        state=message.state,
        sender="",
        recipient=message.to,
        subject="",
        message_id=named,
        data=b"",
        prepared_at=message.at.isoformat(),
        changed_at=message.at.isoformat(),
        reply=message.reply,
    )
