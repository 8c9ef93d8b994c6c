"""What organisers read is in their language; a change of it changes words only."""

from dataclasses import replace

import pytest

from pipeline.model.history import History
from pipeline.model.kinds import KINDS
from pipeline.model.sheet import OwnCells, Snapshot
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan
from pipeline.views.plan import find_reclassified, plan_json, plan_table
from tests.support.build import (
    ANA,
    BEA,
    CALL,
    CLO,
    LATER,
    NEW,
    NOA,
    SERVICE,
    TEMPLATES,
    carried_out,
    filled,
    plan,
    responses,
    with_places,
)

LINES = (ANA, BEA, CLO, NOA, "07-14 10:00 | hal@example.org | Hal | Manager | Yes > agreement=")
APPROVING = replace(with_places(capacity=1), approve=frozenset(KINDS))


def planned(language: str, snapshot: Snapshot, history: History, **more: object) -> Plan:
    """Plan for a sheet in a language, a place being free for one only."""
    service = replace(SERVICE, sheet=replace(SERVICE.sheet, language=language))
    call = more.get("call", with_places(capacity=1))
    return make_plan(call, service, TEMPLATES, snapshot, history, LATER)  # type: ignore[arg-type]  # of which only words are read


def written(made: Plan) -> dict[int, OwnCells]:
    return {change.row: change.after for change in made.changes}


def told_in(language: str, call: object = with_places(capacity=1)) -> tuple[Snapshot, History, Plan]:
    """Return the sheet after a run that told everybody, the history, and the plan of the next run."""
    first = planned(language, responses(*LINES), NEW, call=call)
    history = carried_out(first, NEW)
    after = planned(language, responses(*LINES), history, call=call)
    return filled(responses(*LINES), written(after)), history, after


@pytest.mark.parametrize(
    ("language", "statuses", "reason", "mail"),
    [
        ("fr", {"Place proposée", "Liste d’attente", "Non éligible", "En suspens"},
         "Sur la liste d’attente : la seule place est prise ; numéro 1 si une place se libère.",
         "Liste d’attente, 2023-08-09 07:00"),
        ("de-CH", {"Platz angeboten", "Warteliste", "Nicht zugelassen", "Zurückgestellt"},
         "Auf der Warteliste: der einzige Platz ist vergeben; Nummer 1, wenn ein Platz frei wird.",
         "Warteliste, 2023-08-09 07:00"),
        ("es", {"Plaza ofrecida", "Lista de espera", "No admisible", "En suspenso"},
         "En la lista de espera: la única plaza está ocupada; número 1 si queda libre una plaza.",
         "Lista de espera, 2023-08-09 07:00"),
        ("hr", {"Offered", "Waiting list", "Ineligible", "On hold"},
         "On the waiting list: the only place is taken; first in line if a place becomes free.",
         "Waiting list, 2023-08-09 07:00"),
    ],
)  # fmt: skip
def test_a_sheet_is_written_in_its_language_once(
    language: str, statuses: set[str], reason: str, mail: str
) -> None:
    snapshot, history, after = told_in(language)
    cells = written(after)
    assert {each.status for each in cells.values()} == statuses
    bea = next(each for each in cells.values() if each.waiting_list == "1")
    assert (bea.reason.startswith(reason), bea.last_message) == (True, mail)
    assert planned(language, snapshot, history).is_empty


@pytest.mark.parametrize("new", ["en", "fr", "es"])
def test_another_language_rewrites_words_and_nothing_else(new: str) -> None:
    snapshot, history, _ = told_in("de")
    made = planned(new, snapshot, history)
    assert replace(made, changes=()).is_empty
    assert (len(made.changes), made.stale, made.dangers, made.problems) == (len(LINES), (), (), ())
    assert find_reclassified(made) == ()
    assert planned(new, filled(snapshot, written(made)), history).is_empty


def test_a_row_that_shows_its_status_in_another_language_is_one_that_was_dealt_with() -> None:
    snapshot, _, _ = told_in("de")
    assert "a reference, a status or a message" in planned("fr", snapshot, NEW).stale[0]


def test_an_ok_means_what_the_row_showed_in_whatever_language() -> None:
    first = planned("de", responses(*LINES), NEW, call=APPROVING)
    snapshot = filled(responses(ANA + " > decision=ok", *LINES[1:]), written(first))
    made = planned("fr", snapshot, carried_out(first, NEW), call=APPROVING)
    assert [message.to for message in made.messages] == ["ana@example.org"]


def test_commands_speak_english_of_a_sheet_in_another_language() -> None:
    snapshot, history, after = told_in("fr")
    english = plan(responses(*LINES), LATER, history, with_places(capacity=1))
    assert plan_table(after) == plan_table(english)
    assert plan_json(CALL, after) == plan_json(CALL, english)
    moved = planned("fr", snapshot, history, call=with_places(capacity=2))
    (row,) = [line for line in plan_table(moved).rows if line[3] == "Invitation"]
    assert row[2].startswith("Waiting list → Offered")


def test_what_is_decided_and_told_is_the_same_whatever_the_language_of_the_sheet() -> None:
    made = planned("es", responses(*LINES), NEW)
    english = plan(responses(*LINES), LATER, NEW, with_places(capacity=1))
    assert (made.messages, made.standings) == (english.messages, english.standings)
    assert made.effects == english.effects
