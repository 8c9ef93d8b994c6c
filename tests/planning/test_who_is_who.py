"""An address is not a person: who waits for a person's word, what it does, and what the ledger notices by itself."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.audience.conditions import Mentions
from pipeline.audience.vocabulary import Vocabulary
from pipeline.model.applicant import Status
from pipeline.model.history import History
from pipeline.model.message import Kind
from pipeline.model.question import Question
from pipeline.model.sheet import BLANK, Cell, OwnCells
from pipeline.planning.plan import Plan
from tests.support.build import BEFORE, CALL, LATER, NEW, SELECTION, WITH_WORK, carried_out, plan, responses

ANA = "07-10 09:00 | office@example.org | Ana Lopez | Manager | Yes"
BEA = "07-11 09:00 | office@example.org | Bea Rossi | Manager | Yes"
CLO = "07-12 09:00 | office@example.org | Clo Petit | Manager | Yes"
FROM_HOME = "07-11 09:00 | ana@example.net | López, Ána | Manager | Yes"


def live(
    lines: list[str], now: object = BEFORE, history: History = NEW, **more: object
) -> tuple[Plan, History]:
    made = plan(responses(*lines), now, history, call=WITH_WORK, **more)  # type: ignore[arg-type]  # named as in make_plan
    return made, carried_out(made, history)


def statuses(made: Plan) -> dict[str, str]:
    """Return what is concluded for everybody, by given name and day of the month; the superseded by row."""
    shown = {
        f"{verdict.case.applicant.response.first_name} {verdict.case.applicant.response.submitted:%d}": str(
            verdict.status
        )
        for verdict in made.assessment.verdicts
    }
    return shown | {f"row {entry.row}": "Superseded" for entry in made.assessment.roll.superseded}


def told(made: Plan) -> list[str]:
    return [f"{message.to} {message.kind}" for message in made.messages]


def reason(made: Plan, name: str) -> str:
    found = (v for v in made.assessment.verdicts if v.case.applicant.response.first_name == name)
    return next(found).reason


def references(made: Plan) -> dict[str, str]:
    return {v.case.applicant.response.first_name: v.reference for v in made.assessment.verdicts}


# --- two people at one address ---------------------------------------------------------------------------


def test_two_names_at_one_address_are_two_people_and_the_newer_waits() -> None:
    made, _ = live([ANA, BEA], SELECTION)
    assert statuses(made) == {"Ana 10": "Offered", "Bea 11": "To review"}
    assert told(made) == ["office@example.org invitation", "office@example.org received"]
    ana = references(made)["Ana"]
    assert reason(made, "Bea").startswith(
        f"Has the address of {ana}, and another name. Type Same person or Other"
    )


def test_after_somebody_was_told_a_second_name_changes_nothing_for_them() -> None:
    _, history = live([ANA], SELECTION)
    made, history = live([ANA, BEA], LATER, history)
    assert (statuses(made), told(made)) == (
        {"Ana 10": "Offered", "Bea 11": "To review"},
        ["office@example.org received"],
    )
    made, _ = live([ANA, BEA.replace("Yes", "No"), CLO + " > decision=Withdrawn"], LATER, history)
    assert statuses(made) == {"Ana 10": "Offered", "Bea 11": "To review", "Clo 12": "Withdrawn"}


@pytest.mark.parametrize("first", [ANA, "07-13 09:00 | office@example.org | Ana Lopez | Manager | Yes"])
def test_chains_of_three_wait_and_the_address_hears_of_two(first: str) -> None:
    made, history = live([first, BEA, CLO])
    waiting = [name for name, status in statuses(made).items() if status == "To review"]
    assert len(waiting) == 2
    assert told(made) == ["office@example.org received"] * 2
    made, history = live([first, BEA, CLO], LATER, history)
    assert [message.kind for message in made.messages] == [Kind.INVITATION, Kind.DELAYED]
    again = "07-20 09:00 | office@example.org | rossi BEA | Psychologist | Yes"
    made, _ = live([first, BEA, CLO, again], LATER, history)
    assert (statuses(made)["row 3"], told(made)) == ("Superseded", [])


def test_a_person_without_a_row_keeps_the_place_from_whoever_has_the_address() -> None:
    _, history = live([ANA], SELECTION)
    made, _ = live([BEA], LATER, history)
    assert statuses(made) == {"Bea 11": "To review"}
    made, _ = live([BEA.replace("Bea Rossi", "Ana Lopez")], LATER, history)
    assert made.assessment.roll.references == {
        "office@example.org|2023-07-11T09:00:00": next(iter(history.standings))
    }


@pytest.mark.parametrize(
    ("word", "status", "mail"),
    [
        ("Other person", "Offered", ["office@example.org invitation"]),
        ("Invite", "Offered", ["office@example.org invitation"]),
        ("Eligible: external", "Offered", ["office@example.org invitation"]),
        ("Decline", "Not selected", ["office@example.org not_selected"]),
        ("Withdrawn", "Withdrawn", []),
        ("Hold", "On hold", []),
        ("Other person?", "To review", []),
    ],
)
def test_a_word_in_the_newer_row_answers(word: str, status: str, mail: list[str]) -> None:
    _, history = live([ANA, BEA], SELECTION)
    made, history = live([ANA, f"{BEA} > decision={word}"], LATER, history)
    assert (statuses(made)["Bea 11"], told(made)) == (status, mail)
    made, _ = live([ANA, BEA], LATER, history)
    settled = status in {"Offered", "Not selected", "Withdrawn"}
    assert statuses(made) == {"Ana 10": "Offered", "Bea 11": status if settled else "To review"}


def test_same_person_joins_two_rows_for_good() -> None:
    made, history = live([ANA, BEA])
    ana = references(made)["Ana"]
    made, history = live([ANA, f"{BEA} > decision=Same person"], SELECTION, history)
    assert (statuses(made), references(made)) == ({"Bea 11": "Offered", "row 2": "Superseded"}, {"Bea": ana})
    made, history = live([ANA, f"{BEA} > decision=Confirmed"], LATER, history)
    assert (statuses(made), told(made)) == ({"Bea 11": "Confirmed", "row 2": "Superseded"}, [])
    made, _ = live([ANA, BEA], LATER, history)
    assert statuses(made) == {"Bea 11": "Confirmed", "row 2": "Superseded"}


def test_same_person_names_whom_where_there_are_more() -> None:
    made, history = live([ANA, BEA, CLO])
    known = references(made)
    made, _ = live([ANA, BEA, f"{CLO} > decision=Same person: {known['Bea'].lower()}"], LATER, history)
    assert statuses(made) == {"Ana 10": "Offered", "Clo 12": "To review", "row 3": "Superseded"}
    assert references(made) == {"Ana": known["Ana"], "Clo": known["Bea"]}


@pytest.mark.parametrize("word", ["Same person", "Same person: P-XXXXXX"])
def test_same_person_as_nobody_is_asked_about(word: str) -> None:
    made, _ = live([f"{ANA} > decision={word}"], SELECTION)
    assert (statuses(made), told(made)) == ({"Ana 10": "To review"}, ["office@example.org received"])
    assert made.problems[0].what.startswith("it does not say whose person is meant")


def test_two_who_were_both_told_are_not_joined() -> None:
    _, history = live([ANA, f"{BEA} > decision=Invite"], SELECTION)
    made, _ = live([ANA, f"{BEA} > decision=Same person"], LATER, history)
    assert (statuses(made), told(made)) == ({"Ana 10": "Offered", "Bea 11": "Offered"}, [])
    assert [problem.where for problem in made.problems] == ["row 3, column “Decision”"]


# --- one person with two addresses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "workplace", "waits"),
    [
        ("ana@example.net", "Prison 1", True),
        ("ana@example.net", "PRISON-1", True),
        ("ana@example.net", "Prison 2", False),
        ("office+2@example.org", "Prison 2", True),
    ],
)
def test_one_name_and_place_of_work_at_two_addresses_waits(address: str, workplace: str, waits: bool) -> None:
    newer = FROM_HOME.replace("ana@example.net", address)
    made, _ = live([f"{ANA} > country=Prison 1", f"{newer} > country={workplace}"], SELECTION)
    status = "To review" if waits else "Offered"
    assert statuses(made) == {"Ana 10": "Offered", "López, 11": status}


@pytest.mark.parametrize("day", [BEFORE, SELECTION])
def test_whoever_waits_goes_on_waiting_while_the_others_row_is_to_be_checked(day: datetime) -> None:
    first, home = f"{ANA} > country=Prison 1", f"{FROM_HOME} > country=Prison 1"
    _, history = live([first, home], day)
    made, _ = live([first, first, home], LATER, history)
    late = ["ana@example.net delayed"] if day is BEFORE else []
    assert (statuses(made), told(made)) == ({"López, 11": "To review"}, late)


def test_dots_and_tags_of_one_mailbox_are_one_mailbox() -> None:
    first = "07-10 09:00 | ana.lopez@gmail.com | Ana Lopez | Manager | Yes > country=A"
    made, _ = live([first, "07-11 09:00 | analopez+x@googlemail.com | Ana Lopez | Manager | Yes > country=B"])
    assert statuses(made) == {"Ana 10": "Offered", "Ana 11": "To review"}


def test_each_of_the_two_rows_names_the_other() -> None:
    made, history = live([f"{ANA} > country=Prison 1", f"{FROM_HOME} > country=Prison 1"])
    older, newer = (verdict.reference for verdict in made.assessment.verdicts)
    assert reason(made, "López,").startswith(f"May be {older}, with another address.")
    assert reason(made, "Ana").endswith(f"May be the same person as {newer}: waiting for your word.")
    made, _ = live(
        [f"{ANA} > country=Prison 1", f"{FROM_HOME} > country=Prison 1, decision=Same person"],
        SELECTION,
        history,
    )
    assert (told(made), set(made.responses.values())) == (["ana@example.net invitation"], {older})


# --- a newer response of the same person -----------------------------------------------------------------

NEWER = "07-20 09:00 | office@example.org | lopez ana | Manager | Yes"


@pytest.mark.parametrize(
    ("newer", "status"),
    [
        (NEWER, "Offered"),
        (NEWER.replace("Manager", "Psychologist"), "Offered"),  # another category takes nothing away
        (NEWER.replace("Yes", "No"), "To review"),
        (NEWER.replace("Manager", "Chaplain"), "To review"),
        (f"{NEWER} > agreement=", "To review"),
        (NEWER.replace("07-20", "08-01").replace("09:00", "23:59"), "Offered"),
        (NEWER.replace("07-20", "08-02").replace("09:00", "00:01"), "To review"),  # late
    ],
)
def test_a_newer_response_counts_by_itself_unless_it_takes_something_away(newer: str, status: str) -> None:
    made, history = live([ANA, newer], SELECTION)
    assert set(statuses(made).values()) == {status, "Superseded"}
    if status == "To review":
        made, _ = live([ANA], LATER, history)  # they deleted the newer row
        assert statuses(made) == {"Ana 10": "Offered"}
        made, _ = live([ANA, *[_with_word(newer, "Eligible: management")]], LATER, history)
        assert set(statuses(made).values()) == {"Offered", "Superseded"}


def _with_word(line: str, word: str) -> str:
    return f"{line}, decision={word}" if ">" in line else f"{line} > decision={word}"


def test_of_three_responses_the_newest_is_compared_with_the_best() -> None:
    no = NEWER.replace("Yes", "No")
    made, _ = live([ANA, no, no.replace("07-20", "07-21")], SELECTION)
    assert sorted(statuses(made).values()) == ["Superseded", "Superseded", "To review"]
    made, _ = live([ANA.replace("Yes", "No"), no, NEWER.replace("07-20", "07-21")], SELECTION)
    assert sorted(statuses(made).values()) == ["Offered", "Superseded", "Superseded"]


def test_what_was_told_stands_whatever_a_newer_response_says() -> None:
    _, history = live([ANA], SELECTION)
    made, _ = live([ANA, NEWER.replace("Yes", "No")], LATER, history)
    assert (statuses(made), told(made)) == ({"lopez 20": "To review", "row 2": "Superseded"}, [])
    assert [verdict.holds_place for verdict in made.assessment.verdicts] == [True]


# --- times that cannot be --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "status", "why"),
    [
        ("06-18 00:00", "Offered", ""),
        ("06-17 23:59", "To review", "Bears a time of 17 June 2023, and the call opened on 19 June 2023."),
        ("2031-07-10 09:00", "To review", "Bears a time that has not come yet, on 10 July 2031."),
        ("08-02 07:50", "Waiting list", ""),  # clocks may be an hour apart
    ],
)
def test_a_time_that_cannot_be_is_asked_about(time: str, status: str, why: str) -> None:
    odd = ANA.replace("07-10 09:00", time)
    others = [line.replace("office", "other") for line in (BEA, CLO.replace("office", "more"))]
    made, history = live([odd, *others], SELECTION)
    (verdict, *_) = made.assessment.verdicts
    assert (str(verdict.status), verdict.reason.startswith(why)) == (status, True)
    if why:
        made, _ = live([_with_word(odd, "Invite"), *others], LATER, history)
        assert made.assessment.verdicts[0].status is Status.OFFERED
        corrected = f"{ANA} > reference={verdict.reference}"
        made, _ = live([corrected, *others], LATER, history)
        assert made.assessment.verdicts[0].reference == verdict.reference
        assert made.assessment.verdicts[0].status is Status.WAITING


def test_where_all_times_are_equal_the_plan_says_that_time_does_not_rank() -> None:
    lines = [f"07-10 00:00 | p{nth}@example.org | P{nth} X | Manager | Yes" for nth in range(3)]
    made, _ = live(lines, SELECTION)
    assert made.account
    assert made.account.notes() == ("All bear the same time stamp: who applied earlier could not rank.",)
    made, _ = live([ANA, *lines], SELECTION)
    assert made.account
    assert made.account.notes() == ()


def test_a_row_that_cannot_be_read_keeps_only_a_reference_that_may_be_its_own() -> None:
    made, history = live([ANA])
    broken = f"07-12 09:00 | nobody | Clo Petit | Manager | Yes > reference={references(made)['Ana']}"
    made, _ = live([ANA, broken], LATER, history)
    assert [(change.row, change.after.reference) for change in made.changes] == [
        (2, references(made)["Ana"]),
        (3, ""),
    ]
    made, _ = live([broken], LATER, history)  # it is all that is left of hers
    assert [change.after.reference for change in made.changes] == list(history.addresses)


# --- rows taken apart ------------------------------------------------------------------------------------

STAFF = [
    f"07-10 09:{nth:02} | p{nth}@example.org | P{nth} X | Manager | Yes > country=Prison {nth}"
    for nth in range(8)
]


def apart(*, first: int = 0, shift: int = 1, part: str = "name") -> list[str]:
    """Return the staff with one column moved from the row `first` on, as if it had been sorted by itself."""
    lines = list(STAFF)
    number = {"name": 2, "time": 0, "address": 1}[part]
    cells = [line.split(" | ") for line in lines]
    moved = [each[number] for each in cells[first:]]
    moved = moved[-shift:] + moved[:-shift]
    for each, text in zip(cells[first:], moved, strict=True):
        each[number] = text
    return [" | ".join(each) for each in cells]


def with_references(lines: list[str], made: Plan) -> list[str]:
    """Return rows with the references that a plan wrote beside them."""
    found = [verdict.reference for verdict in made.assessment.verdicts]
    return [f"{line}, reference={reference}" for line, reference in zip(lines, found, strict=True)]


@pytest.mark.parametrize(
    ("lines", "danger"),
    [
        (STAFF, ()),
        (apart(), ("“First name” changed in 8 rows",)),
        (apart(first=6), ("“First name” changed in 2 rows",)),  # two names exchanged
        ([*STAFF[:6], *(line.replace("P", "Prof. P", 1) for line in STAFF[6:])], ()),  # two corrections
        ([line.replace("Manager", "Governor") for line in STAFF], ("“Role” changed in 8 rows",)),
        ([line.replace("Manager", "MANAGER") for line in STAFF], ()),  # tidied, not changed
        ([*STAFF[:6], STAFF[6].replace("Yes", "No"), STAFF[7].replace("Yes", "Aims to")], ()),
    ],
)
def test_answers_that_changed_in_many_rows_at_once_are_one_danger(
    lines: list[str], danger: tuple[str, ...]
) -> None:
    first, history = live(STAFF)
    made, after = live(with_references(lines, first), SELECTION, history)
    assert len(made.dangers) == len(danger)
    assert all(words in said for words, said in zip(danger, made.dangers, strict=True))
    again, _ = live(
        with_references(lines, first), SELECTION, after
    )  # they said --force: it is so from now on
    assert again.dangers == ()


def test_answers_filled_in_where_there_was_none_are_somebodys_work() -> None:
    """A jury's marks, forms that came back: a column of the organisers that the rules read."""
    blank = [f"{line}, english=" for line in STAFF]
    first, history = live(blank)
    made, _ = live(with_references([f"{line}, english=B2" for line in STAFF], first), SELECTION, history)
    assert made.dangers == ()


def test_times_sorted_by_themselves_are_a_danger_also_where_responses_have_numbers() -> None:
    numbered = {**WITH_WORK.columns.questions, "response_id": Question("Country")}
    call = replace(WITH_WORK, columns=replace(WITH_WORK.columns, questions=numbered))
    first = plan(responses(*STAFF), BEFORE, NEW, call)
    rows = responses(*with_references(apart(part="time"), first))
    (danger,) = plan(rows, SELECTION, carried_out(first, NEW), call).dangers
    assert danger.startswith("Answers in “Timestamp” changed in 8 rows")
    edited = [line.replace("07-10", "07-11").replace("Manager", "Exit worker") for line in STAFF]
    assert plan(responses(*edited), SELECTION, carried_out(first, NEW), call).dangers == ()


@pytest.mark.parametrize("part", ["time", "address"])
def test_times_or_addresses_sorted_by_themselves_are_one_danger(part: str) -> None:
    first, history = live(STAFF)
    made, _ = live(with_references(apart(part=part), first), SELECTION, history)
    (danger,) = made.dangers
    assert danger.startswith("8 rows have the “Timestamp” or “Email Address” of another response")
    assert (made.assessment.verdicts, made.messages) == ((), ())


def test_what_the_ledger_keeps_of_answers_tells_none_of_them() -> None:
    made, _ = live([ANA])
    (kept,) = made.answers.values()
    assert not [word for word in ("Ana", "Lopez", "Manager", "Spain", "ana", "manager") if word in kept]
    other, _ = live([ANA], history=History(secret="t"))
    assert not set(other.answers.values()) & set(made.answers.values())


def test_different_answers_in_two_branches_are_asked_about() -> None:
    snapshot = responses(ANA)
    (row,) = snapshot.rows
    beside = [BLANK] * (len(snapshot.headers) - len(row.cells))
    rows = (replace(row, cells=(*row.cells, *beside, Cell("Italy"))),)
    questions = CALL.columns.questions
    country = replace(questions["country"], branches=("Land",))
    call = replace(CALL, columns=replace(CALL.columns, questions={**questions, "country": country}))
    made = plan(replace(snapshot, headers=(*snapshot.headers, "Land"), rows=rows), SELECTION, call=call)
    assert statuses(made) == {"Ana 10": "To review"}
    assert reason(made, "Ana").startswith("Different answers stand in the columns of “Country”.")


def test_a_number_of_the_response_can_be_named_in_a_running_call() -> None:
    _, history = live([ANA, FROM_HOME], SELECTION)
    snapshot = responses(ANA, FROM_HOME)
    rows = tuple(
        replace(
            row, cells=(*row.cells, *[BLANK] * (len(snapshot.headers) - len(row.cells)), Cell(str(number)))
        )
        for number, row in enumerate(snapshot.rows)
    )
    questions = {**WITH_WORK.columns.questions, "response_id": Question("ID")}
    call = replace(WITH_WORK, columns=replace(WITH_WORK.columns, questions=questions))
    made = plan(replace(snapshot, headers=(*snapshot.headers, "ID"), rows=rows), LATER, history, call=call)
    assert told(made) == []
    assert made.dangers == ()


def test_a_row_that_is_said_to_be_no_response_later_loses_what_convene_wrote_there() -> None:
    total = "Total: 1 | | | | > status=Check row, reason=No e-mail address."
    call = replace(
        CALL, columns=replace(CALL.columns, no_response=Mentions("timestamp", Vocabulary(("total",))))
    )
    made = plan(responses(ANA, total), BEFORE, call=call)
    assert [(change.row, change.after) for change in made.changes if change.row == 3] == [(3, OwnCells())]
    assert made.problems == ()
