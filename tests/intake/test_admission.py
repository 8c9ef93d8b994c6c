"""Who came by the form must wait where there are too many at once, and nobody else has to."""

from dataclasses import replace

from pipeline.intake.admission import admit
from pipeline.intake.people import Roll, identify
from pipeline.intake.rows import read_entries
from pipeline.model.history import History
from pipeline.model.settings import Limits
from tests.support.build import ANA, BEA, CALL, CLO, NEW, responses


def roll_of(*lines: str, history: History = NEW, limits: Limits = Limits()) -> Roll:  # noqa: B008 - frozen
    entries = read_entries(responses(*lines), CALL)
    return admit(identify(entries, history), entries, history, limits)


def let_in(roll: Roll) -> list[str]:
    return sorted(each.response.address.partition("@")[0] for each in roll.applicants)


def test_as_many_as_allowed_are_let_in() -> None:
    assert let_in(roll_of(ANA, BEA, limits=Limits(messages_per_run=2))) == ["ana", "bea"]


def test_of_a_flood_nobody_is_let_in_and_it_is_told_once() -> None:
    again = ANA.replace("07-10", "07-20")
    roll = roll_of(ANA, BEA, CLO, again, limits=Limits(messages_per_run=2))
    assert (let_in(roll), roll.references, roll.superseded) == ([], {}, ())
    assert [entry.row for entry in roll.checks] == [2, 3, 4, 5]
    assert list(map(str, roll.problems)) == [
        "3 rows: more people applied at once than limits.messages_per_run allows (2): nothing is decided and nobody "
        "is written to. Delete the rows that are no applications, type a word in Decision, or let all in: `convene "
        "run --newcomers`"
    ]


def test_a_flood_stops_neither_earlier_applicants_nor_whom_organisers_have_seen() -> None:
    known = {"ana@example.org|2023-07-10T09:00:00": "P-ANA222"}
    history = replace(NEW, addresses={"P-ANA222": "ana@example.org"}, responses=known)
    flood = [BEA, CLO, "07-14 09:00 | eve@example.org | Eve | Manager | Yes"]
    seen = "07-14 09:00 | dan@example.org | Dan | Manager | Yes > decision=Decline"
    assert let_in(roll_of(ANA, *flood, seen, history=history, limits=Limits(messages_per_run=2))) == [
        "ana",
        "dan",
    ]


def test_one_mailbox_has_so_many_applicants_however_it_is_spelt() -> None:
    spelt = [f"07-1{n} 09:00 | ana+{n}@example.org | Ana {n} | Manager | Yes" for n in range(1, 5)]
    history = replace(NEW, addresses={"P-ANA222": "ana@example.org"})
    roll = roll_of(*reversed(spelt), BEA, history=history)
    assert let_in(roll) == ["ana+1", "ana+2", "bea"]
    assert [problem.where for problem in roll.problems] == ["2 rows"]
    (problem,) = roll_of(*spelt).problems
    assert str(problem).startswith(
        "1 row: more people applied from one mailbox than limits.applicants_per_mailbox allows (3): "
    )


def test_whoever_waits_for_the_mailbox_is_no_flood() -> None:
    spelt = [f"07-1{n} 09:00 | ana+{n}@example.org | Ana {n} | Manager | Yes" for n in range(1, 9)]
    assert let_in(roll_of(*spelt, limits=Limits(messages_per_run=3))) == ["ana+1", "ana+2", "ana+3"]
