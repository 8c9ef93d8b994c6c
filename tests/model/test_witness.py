"""What is compared with a witness, with plain values."""

from dataclasses import replace

import pytest

from pipeline.model.history import History
from pipeline.model.sheet import Stamp
from pipeline.model.witness import (
    Ended,
    Reached,
    Record,
    Seen,
    find_untold,
    first_code,
    how_ended,
    is_unshown,
    reached_by,
)

RECORD = Record("ours", "meeting", "/calls/meeting", 6, 48)
MARKED = replace(RECORD, group=4, boot="monday")
NEW = History(ledger="ours")
KNOWS = replace(NEW, letters=48, run=6)
LEFT_OPEN = replace(KNOWS, group=4, announced=(1, 2))

OLD_COPY = (
    "This ledger is an old copy: it knows of 47 letters, and 48 were sent by run 6. Put the newest copy of the whole "
    "folder back, or see what `convene adopt` would take over."
)
SECOND = (
    "This folder is a second copy: the same ledger sends from /calls/meeting, which is still there. Run Convene there. "
    "To go on here for good, delete that folder, or use `convene adopt --yes`."
)
UNKNOWN = (
    "This ledger has sent 48 letters, and nothing on this machine witnessed it: it may be an old copy, or another "
    "machine goes on with it. If that is right, say so once: `convene run --first-run-here`, or type {code} beside "
    "“Accept danger”. If not, put the newest copy of the whole folder here."
)
BEGUN_ANEW = (
    "Another ledger sent 48 letters of this call from this folder, and this one begins as if nothing had been sent. If "
    "that is right, say so once: `convene run --first-run-here`. If not, put the folder state/ back."
)


@pytest.mark.parametrize(
    ("history", "seen", "says"),
    [
        (NEW, Seen(), ()),  # a new call
        (KNOWS, Seen(RECORD), ()),
        (replace(KNOWS, letters=49), Seen(RECORD), ()),  # killed between its commit and the witness
        (replace(KNOWS, letters=47), Seen(RECORD), (OLD_COPY,)),
        (KNOWS, Seen(RECORD, is_elsewhere=True), (SECOND,)),
        (replace(KNOWS, letters=47), Seen(RECORD, is_elsewhere=True), (OLD_COPY, SECOND)),
        (KNOWS, Seen(), (UNKNOWN,)),  # a new machine
        (NEW, Seen(earlier=RECORD), (BEGUN_ANEW,)),
        (KNOWS, Seen(earlier=RECORD), (UNKNOWN,)),
        (replace(LEFT_OPEN, letters=47), Seen(MARKED, boot="tuesday"), ()),  # a power cut took a mark along
        (replace(LEFT_OPEN, letters=47), Seen(MARKED, boot="monday"), (OLD_COPY,)),
    ],
)
@pytest.mark.parametrize("first_run_here", [False, True])
def test_a_ledger_may_send_unless_something_outside_knows_better(
    history: History, seen: Seen, says: tuple[str, ...], first_run_here: bool
) -> None:
    asked = tuple(one.format(code=first_code(history, seen)) for one in says)
    settled = () if first_run_here and seen.record is None else asked
    assert find_untold(history, seen, first_run_here=first_run_here) == settled


def test_the_code_is_for_one_machine_one_state_of_the_ledger_and_nothing_lost() -> None:
    code = first_code(KNOWS, Seen(here="here"))
    others = (
        first_code(KNOWS, Seen(here="there")),
        first_code(replace(KNOWS, run=7), Seen(here="here")),
        first_code(replace(KNOWS, letters=49), Seen(here="here")),
    )
    assert len({code, *others}) == 4
    assert first_code(NEW, Seen(earlier=RECORD, here="here")) == ""
    assert first_code(KNOWS, Seen(RECORD, here="here")) == ""


@pytest.mark.parametrize(
    ("letters", "stamp", "is_unknown"),
    [
        (48, None, False),  # the ledger knows it all
        (47, None, True),  # no sheet tells
        (47, Stamp("ours", 7), False),  # the run that sent last was run 6, and closed its stamp as 7
        (47, Stamp("ours", 7, sending=True), True),
        (47, Stamp("ours", 6), True),
        (47, Stamp("another", 7), True),
    ],
)
def test_the_rows_tell_of_the_last_letters_once_its_run_closed_its_stamp(
    letters: int, stamp: Stamp | None, is_unknown: bool
) -> None:
    assert is_unshown(replace(KNOWS, letters=letters), RECORD, stamp) is is_unknown


OPEN = reached_by(LEFT_OPEN)


@pytest.mark.parametrize(
    ("reached", "record", "boot", "ended"),
    [
        (OPEN, MARKED, "monday", Ended.KILLED),
        (replace(OPEN, letters=49), MARKED, "monday", Ended.KILLED),  # between its mark and the witness
        (replace(OPEN, group=5), MARKED, "monday", Ended.KILLED),  # before the first of its group was marked
        (OPEN, MARKED, "tuesday", Ended.UNKNOWN),  # a power cut
        (OPEN, replace(MARKED, boot=""), "monday", Ended.UNKNOWN),  # a disk that lost what was not synced
        (replace(OPEN, letters=47), MARKED, "tuesday", Ended.UNKNOWN),  # a power cut that took a mark along
        (
            OPEN,
            replace(MARKED, group=5),
            "monday",
            Ended.UNKNOWN,
        ),  # others were announced since, and none left
        (replace(OPEN, letters=47), MARKED, "monday", Ended.BEHIND),  # a copy from the middle of the group
        (
            replace(OPEN, letters=47),
            replace(MARKED, group=5),
            "tuesday",
            Ended.BEHIND,
        ),  # from an earlier group
        (OPEN, None, "monday", Ended.UNKNOWN),
    ],
)
def test_a_kill_a_power_cut_and_an_old_copy_are_told_apart(
    reached: Reached, record: Record | None, boot: str, ended: Ended
) -> None:
    assert how_ended(reached, record, boot) is ended
