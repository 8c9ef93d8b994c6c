"""Ninety days of a call through the sheet, the ledger and a relay, with outages, kills and changes: all promises hold.

Of full size, every day and on both kinds of sheet with `LONG=60` or more; else with fewer people, on a workbook, and
after two weeks every third day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pipeline.model.applicant import Status
from pipeline.model.kinds import NOTICES
from tests.support.google_fake import FakeGoogle
from tests.support.ninety_days import (
    ALL_ASK,
    CALL,
    DAY,
    FREEZE,
    HOUR,
    OPENS,
    PLACES,
    STARTS,
    OnGoogle,
    OnWorkbook,
    Town,
)
from tests.support.relay import Relay
from tests.support.rounds import LONG, SEED, same_secrets
from tests.support.weeks import on

IS_FULL = LONG >= 60
PEOPLE = 150 if IS_FULL else 21
SEATS = PLACES if IS_FULL else replace(PLACES, capacity=6, overbook=1, at_most=(), held=())
MORNING = timedelta(hours=7)
SELECTING = 7
"""The day of the selection; the day before is the last of the form."""

A_WEEK_WITHOUT = range(30, 37)


@contextmanager
def town(kind: str, folder: Path) -> Iterator[Town]:
    folder.mkdir()
    with Relay() as relay, FakeGoogle() as google, same_secrets(SEED):
        paper = OnWorkbook(folder) if kind == "workbook" else OnGoogle(google)
        yield Town(folder, paper, relay, Random(SEED), replace(CALL, places=SEATS))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["workbook", "google"] if IS_FULL else ["workbook"])
def test_ninety_days(tmp_path: Path, kind: str) -> None:
    with town(kind, tmp_path / kind) as here:
        for day in range(90):
            now = OPENS + day * DAY + MORNING
            before(here, day, now)
            if day not in A_WEEK_WITHOUT and (IS_FULL or day < 16 or day % 3 == 0):
                here.day(now)
            after(here, day, now)
        here.end(now)
        here.check_the_end()
        print(f"{here.kills} kills, {len(here.relay.accepted)} letters")


def before(here: Town, day: int, now: datetime) -> None:
    """Let happen what is not left to chance: people apply, and organisers change the call."""
    call, places = here.call, here.call.places
    match day:
        case _ if day < SELECTING:
            here.apply(PEOPLE * (day + 1) // SELECTING - PEOPLE * day // SELECTING, now - 3 * HOUR)
        case 13 | 40 | 80:
            here.apply(1, now - HOUR)  # too late
        case 18 | 22:
            here.control(FREEZE, "yes" if day == 18 else "")
        case 25:
            here.call = on(call, STARTS + 2 * DAY)
        case 27 | 29:
            more = -3 if day == 27 else 4
            here.call = replace(call, places=replace(places, capacity=places.capacity + more))
        case 38 | 44:
            here.call = replace(call, approve=ALL_ASK if day == 38 else NOTICES)
        case 62 | 64:
            here.call = replace(call, cancelled=day == 62)
    if day % 3 == 0 and day > SELECTING:
        here.approve()


def after(here: Town, day: int, now: datetime) -> None:
    """Run again at moments at which nothing may happen twice, or a minute too soon."""
    midnight = now - MORNING + DAY
    match day:
        case 8:
            here.run(now + timedelta(minutes=1))
            assert not here.run(now + timedelta(minutes=1, seconds=20)).run_id
        case 12:  # the last day of the first offers
            known = expired(here)
            here.run(midnight - timedelta(minutes=1))
            assert expired(here) == known
            here.run(midnight + timedelta(minutes=1))
            assert expired(here) > known
        case 53:
            here.run(midnight + 2.5 * HOUR)  # in the night in which clocks show it twice
            assert not here.run((midnight + 2.5 * HOUR).replace(fold=1)).run_id


def expired(here: Town) -> int:
    return sum(one.status is Status.EXPIRED for one in here.history().standings.values())
