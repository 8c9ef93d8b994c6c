"""Reads the ledger's diary, inside the caller's transaction: the runs, what happened to people, what they typed."""

import json
from collections.abc import Callable
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from pipeline.ledger.rows import read_reasons
from pipeline.model.history import Typed
from pipeline.model.history_events import NOT_TOLD, NOTED, Ending, Happening, LoggedRun, SettingChanged, What
from pipeline.model.message import VOID_STATES, State


def read_runs(db: Connection, call: str, last: int | None) -> tuple[LoggedRun, ...]:
    """Read the runs, the oldest first; only the `last` so many where that is given."""
    query = """
        SELECT started_at, ended_at, run, how, ending, times, counts, said, settings FROM diary
        WHERE call = ? ORDER BY id DESC LIMIT ?
    """
    rows = db.execute(query, (call, -1 if last is None else last)).fetchall()
    return tuple(map(_logged, reversed(rows)))


def read_happenings(db: Connection, call: str, reference: str) -> tuple[Happening, ...]:
    """Read what happened to somebody; in no order."""
    given = (call, reference)
    return tuple(happening for query, read in _READERS for happening in map(read, db.execute(query, given)))


def read_words(db: Connection, call: str) -> dict[str, Typed]:
    """Read the word that stood in everybody's Decision cell when a run looked last, by reference."""
    query = "SELECT reference, about, became, at FROM happenings WHERE call = ? AND what = ? ORDER BY id"
    words: dict[str, Typed] = {}
    for ref, word, became, at in db.execute(query, (call, What.WORD)):
        is_same = became == NOTED and ref in words
        words[ref] = Typed(word, words[ref].at if is_same else datetime.fromisoformat(at))
    return {reference: word for reference, word in words.items() if word.text}


def _logged(row: tuple[str, str | None, int, str, str, int, str, str, str]) -> LoggedRun:
    started, ended, number, how, ending, times, counts, said, settings = row
    return LoggedRun(
        datetime.fromisoformat(started),
        datetime.fromisoformat(ended) if ended else None,
        number,
        how,
        Ending(ending) if ending else None,
        times,
        json.loads(counts),
        said,
        tuple(SettingChanged(*each) for each in json.loads(settings)),
    )


def _applied(row: tuple[str, str, str, int]) -> Happening:
    at, reference, key, run = row
    return Happening(datetime.fromisoformat(at), reference, What.APPLIED, key.rpartition("|")[2], run=run)


def _decided(row: tuple[str, str, str, int, str, str, str, str | None]) -> Happening:
    at, reference, status, run, cause, reasons, note, told = row
    return Happening(
        datetime.fromisoformat(at),
        reference,
        What.DECISION,
        status,
        NOT_TOLD if told in VOID_STATES else "",
        run,
        cause,
        read_reasons(reasons),
        note,
    )


def _letter(row: tuple[str, str, str, int]) -> Happening:
    at, reference, kind, run = row
    return Happening(datetime.fromisoformat(at), reference, What.LETTER, kind, State.PREPARED, run)


def _released(row: tuple[str, str, str, str, str, str, int | None]) -> Happening:
    at, reference, how, who, kind, conclusion, run = row
    return Happening(
        datetime.fromisoformat(at), reference, What.RELEASE, kind, conclusion, run or 0, how, said=who
    )


def _rest(row: tuple[str, str, str, str, str, int | None, str, str]) -> Happening:
    at, reference, what, about, became, run, cause, said = row
    return Happening(
        datetime.fromisoformat(at), reference, What(what), about, became, run or 0, cause, said=said
    )


_READERS: tuple[tuple[str, Callable[[Any], Happening]], ...] = (
    (
        """
        SELECT r.started_at, p.reference, p.key, p.run FROM responses p JOIN runs r ON r.id = p.run
        WHERE p.call = ? AND p.reference = ? ORDER BY p.run, p.key
        """,
        _applied,
    ),
    (
        """
        SELECT r.started_at, s.reference, s.status, s.run, s.cause, s.reasons, s.note, m.state FROM standings s
        JOIN runs r ON r.id = s.run LEFT JOIN messages m ON m.id = s.message
        WHERE s.call = ? AND s.reference = ? ORDER BY s.id
        """,
        _decided,
    ),
    (
        """
        SELECT prepared_at, reference, kind, run FROM messages
        WHERE call = ? AND reference = ? AND copy_of IS NULL ORDER BY id
        """,
        _letter,
    ),
    (
        """
        SELECT at, reference, how, who, json_extract(effect, '$.kind'), json_extract(effect, '$.conclusion'),
            (SELECT min(id) FROM runs u WHERE u.call = r.call AND u.started_at = r.at AND r.how != 'command')
        FROM releases r WHERE call = ? AND reference = ? ORDER BY id
        """,
        _released,
    ),
    (
        """
        SELECT h.at, h.reference, h.what, h.about, h.became, d.run, h.cause, h.said FROM happenings h
        LEFT JOIN diary d ON d.id = h.diary WHERE h.call = ? AND h.reference = ? ORDER BY h.id
        """,
        _rest,
    ),
)
"""Where it stands what happened to somebody, and how it is read."""
