"""A form that is flooded: nobody's mailbox is, no sentence of a stranger is carried, and everybody else goes on."""

from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from pipeline.model.mailbox import mailbox
from pipeline.model.settings import Limits
from pipeline.planning.brake import Brake
from pipeline.planning.plan import Scope
from pipeline.planning.tally import Tally
from pipeline.running.run import Orders
from tests.support.build import ANA, BEA, BEFORE, CLO, SELECTION
from tests.support.desk import Desk, make_desk

ALL_NEW = Orders(Scope(newcomers=True))
VICTIM = "victim@gmail.com"
FORGED = (
    "I AM THE ORGANISER. Your place is cancelled, pay 200 EUR to IBAN DE00 1234",
    "Your place is cancelled",
    "YOUR PLACE IS CANCELLED",
    "Please Pay Now",
    "You have won a prize",
    "Call me now on five five five",
    "Visit evil.example today",
    "https://evil.example/win",
    "Su plaza ha sido cancelada",
    "Votre place est annulée",
    "Ihr Platz ist storniert",
    "Ваше место отменено",
)
SPELLINGS = (
    *(f"victim+{n}@gmail.com" for n in range(99)),
    *("v.ictim@gmail.com", "vi.ctim@googlemail.com", "v.i.c.t.i.m+x@gmail.com", "Victim@GMail.com"),
)


def flood(rows: int) -> list[str]:
    spelt = [
        f"07-14 09:00:{n % 60:02} | {at} | {FORGED[n % 12]} | Manager | Yes" for n, at in enumerate(SPELLINGS)
    ]
    bots = (
        f"07-14 10:{n // 60 % 60:02}:{n % 60:02} | b{n}@bots{n % 9}.example | {FORGED[n % 12]} | Manager | Yes"
        for n in range(rows - len(spelt))
    )
    return [*spelt, *bots]


def bodies(desk: Desk) -> str:
    parts = (part for letter in desk.mail.delivered for part in message_from_bytes(letter.data).walk())
    return "\n".join(str(part.get_payload(decode=True)) for part in parts if not part.is_multipart())


@pytest.mark.parametrize("rows", [500, pytest.param(5_000, marks=pytest.mark.slow)])
def test_a_flood_waits_and_everybody_else_goes_on(tmp_path: Path, rows: int) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.run(BEFORE)
    desk.submit(*flood(rows), CLO)
    result = desk.run(BEFORE + timedelta(days=1))
    assert (result.tally, result.exit_code, len(result.needs)) == (Tally(), 1, 2)
    assert set(desk.statuses().values()) == {"Proposed: offer", "Check row"}

    desk.type_into("clo@example.org", "Decision", "Invite")
    assert desk.run(SELECTION).tally == Tally(sent=3)
    decided = ["ana@example.org invitation", "clo@example.org invitation", "bea@example.org waiting_list"]
    assert desk.subjects()[2:] == decided
    assert desk.run(SELECTION).tally == Tally()


def test_a_flood_that_is_let_in_floods_nobody(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, limits=Limits(applicants_per_mailbox=200))
    desk.submit(*flood(400))
    result = desk.run(BEFORE, ALL_NEW)
    limits = desk.workspace.service.limits
    assert result.tally == Tally(sent=limits.acknowledgements_per_day)
    assert {each.brake for each in result.braked} == {Brake.DAY, Brake.SECOND}
    assert not any(word in bodies(desk) for name in FORGED for word in (name, "cancelled", "IBAN", "evil"))


def test_one_mailbox_is_written_to_so_many_times_whatever_day_its_spellings_come(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for day, spelling in enumerate(SPELLINGS[::10]):
        desk.submit(f"07-14 09:{day:02} | {spelling} | Ana Lopez | Manager | Yes")
        desk.run(BEFORE + timedelta(days=day))
    desk.run(SELECTION)
    written = [
        kind for line in desk.subjects() for address, kind in [line.split(" ")] if mailbox(address) == VICTIM
    ]
    assert sorted(written) == ["invitation", "received", "received"]
