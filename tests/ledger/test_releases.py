"""What was released and what waited, in the ledger: read back as it was written, and gone with the person."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.releases import KEPT
from pipeline.ledger.sqlite import Ledger
from pipeline.model.effect import Effect
from pipeline.model.erased import Erased
from pipeline.model.history import How, Proposal, Release
from pipeline.model.history_events import Happening, What
from pipeline.model.message import Kind, Letter, Message, Rendered
from tests.support.build import LATER, SELECTION

ANA, BEA = "P-ANA222", "P-BEA222"
TO_ANA = Effect(ANA, "ana@example.org", "invitation", 1, "Offered", "words", sender="Us", target="here")
TO_BEA = replace(TO_ANA, reference=BEA, to="bea@example.org")
OK = Release(TO_ANA, TO_ANA.digest, SELECTION, How.OK)
COMMAND = Release(TO_BEA, TO_BEA.digest, LATER, How.COMMAND, "mo")


def test_releases_and_effects_are_read_back_and_an_earlier_release_stands(tmp_path: Path) -> None:
    message = Message(ANA, "ana@example.org", Kind.INVITATION, 1, Rendered("Hello", "text", "<p>"), "why")
    letter = Letter("us@example.org", "ana@example.org", "<1@example.org>", b"bytes")
    with closing(Ledger(tmp_path / "ledger", "meeting")) as ledger:
        ledger.prepare(
            Records({}, {}, (), (Prepared(message, letter, TO_ANA),), (), releases=(OK,)), SELECTION
        )
        ledger.release((COMMAND, replace(OK, at=LATER)), LATER)
        history = ledger.history()
        assert (history.releases, history.posted[0].effect) == ((OK, COMMAND), TO_ANA)
        assert ledger.diary.runs()[-1].how == "approve"
        assert ledger.diary.happened([BEA]) == (
            Happening(LATER, BEA, What.RELEASE, "invitation", "Offered", cause="command", said="mo"),
        )


def test_the_sets_that_waited_are_known_for_a_while(tmp_path: Path) -> None:
    sets = [Proposal(f"CODE{number:02}", (TO_ANA, TO_BEA)) for number in range(KEPT)]
    with closing(Ledger(tmp_path / "ledger", "meeting")) as ledger:
        for each in sets:
            ledger.propose(each)
        assert ledger.history().proposals == tuple(sets)
        ledger.propose(Proposal(""))
        assert ledger.history().proposals == (*sets[1:], Proposal(""))


def test_nothing_of_it_is_left_of_an_erased_person(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "ledger", "meeting")) as ledger:
        ledger.release((OK, COMMAND), LATER)
        ledger.propose(Proposal("CODE01", (TO_ANA, TO_BEA)))
        ledger.erase([ANA], Erased())
        history = ledger.history()
        assert (history.releases, history.proposals) == ((COMMAND,), (Proposal("CODE01", (TO_BEA,)),))
    assert b"ana@example.org" not in (tmp_path / "ledger").read_bytes()
