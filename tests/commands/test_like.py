"""The calls that `convene init --like` makes a workspace of: each is checked, and its weeks are played."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.commands.init import init
from pipeline.model.errors import ConveneError, UsageError
from pipeline.running.check import check
from pipeline.running.clock import Clock
from pipeline.running.new_workspace import make_workspace, other_calls
from pipeline.running.workspace import open_workspace
from tests.support.like import Play

SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "like", [pytest.param("exchange", marks=SLOW), "residency", pytest.param("school", marks=SLOW)]
)
def test_check_finds_nothing_wrong_with_a_call_that_is_shipped(tmp_path: Path, like: str) -> None:
    said = CliRunner().invoke(init, [str(tmp_path / "call"), "--like", like])
    assert said.exit_code == 0
    workspace = open_workspace(tmp_path / "call", {})
    found = dict(check(workspace, Clock(), offline=True))
    assert [name for name, one in found.items() if isinstance(one, ConveneError) and name != "Safety"] == []
    assert "40 responses; Convene's columns are there" in str(found["Sheet"])


def test_another_call_than_those_is_not_made(tmp_path: Path) -> None:
    assert other_calls() == ("exchange", "residency", "school")
    with pytest.raises(UsageError, match=r"No call “shcool” is shipped\. Did you mean “school”\?"):
        make_workspace(tmp_path / "call", "shcool")
    assert not (tmp_path / "call").exists()


@pytest.mark.slow
def test_the_weeks_of_a_training_school(tmp_path: Path) -> None:
    play = Play(tmp_path, "school")
    assert play.run("2017-06-11 09:00") == {"received": 40}
    assert play.run("2017-06-20 09:00") == {
        "not_selected": 3
    }  # out by the rules; two reviews put the rest off
    play.type("Decision", **{"laila.benali": "Eligible: grant", "vesna.markovic": "Decline"})
    assert play.run("2017-06-21 09:00") == {"invitation": 11, "waiting_list": 24, "not_selected": 1}
    offered = play.standing("Offered")
    assert Counter(offered.values()) == {"grant": 8, "local": 2, "self_funded": 1}

    by_pool = {category: name for name, category in offered.items()}
    money = {"grant": "EUR 600", "local": "EUR 120", "self_funded": "EUR 200"}
    for category, name in by_pool.items():
        letter = play.letter(name, "invitation")
        assert [each for each in sorted(set(money.values())) if each in letter] == [money[category]]

    # Everybody comes but one with a grant and one with the local grant; one link was passed on.
    gone = (by_pool["grant"], by_pool["local"])
    play.reply("2017-06-22", {name: name not in gone for name in offered})
    play.reply("2017-06-23", {by_pool["self_funded"]: False}, address="somebody.else@example.net")
    play.run("2017-06-24 09:00")
    assert Counter(play.standing("Confirmed").values()) == {"grant": 7, "local": 1, "self_funded": 1}
    assert set(play.standing("Withdrawn")) == set(gone)
    assert sorted(play.standing("Offered").values()) == ["grant", "local"]
    assert [need.kind for need in play.result.needs] == ["reply"]
    assert play.run("2017-06-24 10:00") == {}
    # The next local one of the same Action comes; the next one with a grant is silent, is reminded, and somebody of the
    # same pool follows.
    names = {category: name for name, category in play.standing("Offered").items()}
    action = play.shown("Which Action are you part of?")
    assert action[names["local"]] == action[by_pool["local"]]
    play.reply("2017-06-25", {names["local"]: True})
    assert play.run("2017-07-03 09:00") == {"reply_reminder": 1}
    assert play.run("2017-07-06 09:00") == {"offer_expired": 1}
    assert set(play.standing("Expired")) == {names["grant"]}
    assert play.run("2017-07-07 09:00") == {"invitation": 1}
    (last,) = play.standing("Offered")
    play.reply("2017-07-08", {last: True})
    play.run("2017-07-09 09:00")
    coming = {"grant": 8, "local": 2, "self_funded": 1}
    assert Counter(play.standing("Confirmed").values()) == coming
    # One place passes on by a word, one is taken back; the school begins a day later.
    waiting = play.standing("Waiting list")
    heir = next(name for name, category in waiting.items() if category == "grant")
    ill = next(name for name, category in play.standing("Confirmed").items() if category == "grant")
    play.type("Decision", **{ill: f"Replace by {play.reference(heir)} - ill"})
    assert play.run("2017-07-10 09:00") == {"place_withdrawn": 1, "invitation": 1}
    play.reply("2017-07-11", {heir: True})
    play.run("2017-07-12 09:00")
    play.type("Decision", **{by_pool["self_funded"]: "Cancel"})
    assert play.run("2017-07-13 09:00") == {"place_withdrawn": 1, "invitation": 1}
    play.reply("2017-07-14", dict.fromkeys(play.standing("Offered"), True))
    play.run("2017-07-15 09:00")
    assert Counter(play.standing("Confirmed").values()) == coming
    assert set(play.standing("Cancelled")) == {ill, by_pool["self_funded"]}
    play.change("starts: 2017-09-04 09:00", "starts: 2017-09-05 09:00")
    assert play.run("2017-07-20 09:00") == {}
    told = play.release("2017-07-20 10:00")
    assert play.run("2017-07-20 11:00") == {"changed": told}
    assert told >= 11
    assert play.run("2017-08-15 09:00") == {"getting_ready": 11}
    assert play.run("2017-09-14 09:00") == {"survey": 11}
    assert play.run("2017-09-15 09:00") == {}


@pytest.mark.slow
def test_the_weeks_of_a_youth_exchange_in_german(tmp_path: Path) -> None:
    play = Play(tmp_path, "exchange")
    assert play.run("2026-04-11 09:00") == {"received": 40}
    assert "deine Anmeldung" in play.letter("kertu.saar", "received")
    # Two reviews put off what they could change, each in one country or two.
    assert play.run("2026-04-13 09:00") == {"not_selected": 4, "invitation": 10}
    play.type("Decision", **{"selma.demir": "Warteliste", "matija.vidmar": "Ablehnen"})
    sent = play.run("2026-04-14 09:00")
    assert sent == {"invitation": 14, "waiting_list": 11, "not_selected": 1}
    same = {"Slovenija": "Slowenien", "Eesti": "Estland"}
    lands = {name: same.get(land, land) for name, land in play.shown("In welchem Land wohnst du?").items()}

    def groups(status: str) -> Counter[tuple[str, str]]:
        return Counter((category, lands[name]) for name, category in play.standing(status).items())

    invited = groups("Offered")
    assert set(invited.values()) == {1, 5}
    assert {key: number for key, number in invited.items() if number == 1}.keys() == {
        ("lead", land) for land in ("Deutschland", "Österreich", "Slowenien", "Estland")
    }
    assert play.shown("Status")["nejc.kranjc"] == "Platz angeboten"
    assert "20. Juli 2026" in play.letter("nejc.kranjc", "invitation")

    # One from Estonia cannot come, the leader from Austria neither; one is silent.
    told = play.standing("Offered")
    said = {
        name: name != "oskar.ilves" and (category, lands[name]) != ("lead", "Österreich")
        for name, category in told.items()
    }
    play.reply("2026-04-16", {name: answer for name, answer in said.items() if name != "jan.potocnik"})
    assert play.run("2026-04-17 09:00") == {"invitation": 2}
    assert groups("Withdrawn") == {("group", "Estland"): 1, ("lead", "Österreich"): 1}
    # Who is under 18 said yes, and is not confirmed before the parents' letter is there.
    minors = play.standing("Offered").keys() - {"jan.potocnik"}
    assert "lena.hofmann" not in minors
    assert "paul.schreiber" in minors
    play.reply("2026-04-18", dict.fromkeys(play.standing("Offered").keys() - told.keys(), True))
    play.type("Einverständnis der Eltern", **dict.fromkeys(play.standing("Offered"), "liegt vor"))
    assert play.run("2026-04-19 09:00") == {}
    assert play.standing("Offered") == {"jan.potocnik": "group"}
    assert play.run("2026-04-24 09:00") == {"reply_reminder": 1}
    assert play.run("2026-05-01 09:00") == {"offer_expired": 1}
    assert play.shown("Status")["jan.potocnik"] == "Verfallen"
    assert play.run("2026-05-02 09:00") == {"invitation": 1}
    ((last, category),) = play.standing("Offered").items()
    assert (category, lands[last]) == ("group", "Slowenien")
    play.type("Einverständnis der Eltern", **{last: "liegt vor"})
    play.reply("2026-05-03", {last: True})
    play.run("2026-05-04 09:00")
    assert groups("Confirmed") == invited
    assert set(play.shown("Status").values()) >= {
        "Bestätigt",
        "Warteliste",
        "Nicht ausgewählt",
        "Zurückgezogen",
    }
    # A leader's place passes on by a word, to one of the same country; another place is taken back; a later first day.
    play.type("Decision", **{"katrin.kuusk": f"Ersetzen durch {play.reference('siim.kask')} - krank"})
    assert play.run("2026-05-10 09:00") == {"place_withdrawn": 1, "invitation": 1}
    assert "leider können wir dir den Platz" in play.letter("katrin.kuusk", "place_withdrawn")
    play.reply("2026-05-11", {"siim.kask": True})
    play.type("Einverständnis der Eltern", **{"siim.kask": "liegt vor"})
    play.type("Decision", **{"clara.neumann": "Ausladen"})
    assert play.run("2026-05-12 09:00") == {"place_withdrawn": 1, "invitation": 1}
    assert play.standing("Cancelled") == {"katrin.kuusk": "lead", "clara.neumann": "group"}
    ((last, category),) = play.standing("Offered").items()
    assert (category, lands[last]) == ("group", "Deutschland")
    play.type("Einverständnis der Eltern", **{last: "liegt vor"})
    play.reply("2026-05-13", {last: True})
    play.change("starts: 2026-07-20", "starts: 2026-07-21")
    assert play.run("2026-06-01 09:00") == {}
    assert groups("Confirmed") == invited
    assert play.release("2026-06-01 10:00") == 24
    assert play.run("2026-06-01 11:00") == {"changed": 24}
    assert "beginnt am Dienstag, 21. Juli 2026" in play.letter("siim.kask", "changed")
    assert play.run("2026-06-20 09:00") == {"vorbereitung": 24}
    assert play.run("2026-07-14 09:00") == {"letzte_woche": 24}
    assert play.run("2026-08-01 09:00") == {"nachlese": 24}


@pytest.mark.slow
def test_the_weeks_of_a_residency_in_french_with_two_rounds(tmp_path: Path) -> None:
    play = Play(tmp_path, "residency")
    assert play.run("2023-10-16 09:00") == {"received": 40}
    assert (
        play.run("2023-10-30 09:00") == {}
    )  # nobody is refused, nobody is heard while projects are not marked
    assert play.shown("Status")["duo-sillage"] == "Reçue"
    marks = {
        "compagnie-du-revers": "15/20",
        "theatre-minuscule": "14",
        "duo-sillage": "18,5",
        "les-arpenteurs": "15",
        "compagnie-contretemps": "16",
        "atelier-sans-porte": "14,5",
    }
    for header in ("Note du juré 1", "Note de la jurée 2", "Note du juré 3"):
        there = play.shown(header)
        play.type(header, **{name: mark for name, mark in marks.items() if not there[name]})
    second = next(
        one for one in play.snapshot().rows if "Le grand service" in [cell.text for cell in one.cells]
    )
    play.type_at(second.number, "Decision", "Autre personne")  # the same people, and another project
    assert play.run("2023-10-31 09:00") == {"invitation": 4, "waiting_list": 3}
    assert "duo-sillage" in play.standing("Offered")
    assert len(play.standing("Not selected")) == 0
    assert play.release("2023-10-31 10:00") == 33
    assert play.run("2023-10-31 11:00") == {"not_selected": 33}

    play.type("Decision", **{"duo-maree-basse": "Withdrawn"})
    assert play.run("2023-11-03 09:00") == {"invitation": 1}
    # A finalist passes the hearing on, another is not heard after all; it is on another day.
    play.type(
        "Decision", **{"duo-lanterne": f"Remplacer par {play.reference('orchestre-de-poche')} - tournée"}
    )
    assert play.run("2023-11-04 09:00") == {"place_withdrawn": 1, "invitation": 1}
    play.type("Decision", **{"chur-nomade": "Annuler l’invitation"})
    assert play.run("2023-11-05 09:00") == {"place_withdrawn": 1, "invitation": 1}
    assert "Nous annulons votre audition" in play.letter("chur-nomade", "place_withdrawn")
    heard = {"duo-sillage", "les-tisserands", "orchestre-de-poche", "terre-crue"}
    assert play.standing("Offered").keys() == heard
    play.change("2023-11-10", "2023-11-13")
    play.change("vendredi 10 novembre", "lundi 13 novembre")
    assert play.run("2023-11-06 09:00") == {}
    assert play.release("2023-11-06 10:00") == 4
    assert play.run("2023-11-06 11:00") == {"changed": 4}
    assert "- le lundi 13 novembre 2023" in play.letter("duo-sillage", "changed")
    assert play.run("2023-11-14 09:00") == {}
    play.type("Decision", **{"duo-sillage": "Confirmed"})
    assert play.run("2023-11-17 09:00") == {}
    assert play.release("2023-11-17 10:00") == 4
    assert play.run("2023-11-17 11:00") == {"laureat": 1, "finaliste": 3}
    assert "Traces" in play.letter("duo-sillage", "laureat")
    assert play.run("2023-11-20 09:00") == {}
