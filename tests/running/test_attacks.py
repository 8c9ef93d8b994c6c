"""Whoever means harm by the form: nobody else is written to, nothing else is decided, and nothing is obeyed."""

import json
from email import message_from_bytes
from pathlib import Path

import pytest

from pipeline.commands.console import as_json
from pipeline.model.sheet import ORGANISER_COLUMNS
from pipeline.planning.plan import Scope
from pipeline.running.run import Orders
from pipeline.views.run import result_json
from pipeline.views.status import status_json
from tests.support.attacks import ATTACKS
from tests.support.build import ANA, BEFORE, HEADERS, SELECTION
from tests.support.desk import Desk, make_desk

ALL_NEW = Orders(Scope(newcomers=True))
TYPED = ("first_name", "family_name", "country", "role", "vetos", "english", "agreement")


def attack(desk: Desk) -> None:
    """Let everybody of the table apply, with the attack in every answer."""
    at = {key: list(HEADERS).index(key) for key in HEADERS}
    for number, text in enumerate(ATTACKS.values()):
        row = list(desk.sheet.table[1][: len(HEADERS)])
        row[at["email"]] = f"attacker{number}@example.org"
        for key in TYPED:
            row[at[key]] = text
        desk.sheet.table.append(row)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path, ANA)
    attack(made)
    return made


def test_an_attack_reaches_nobody_but_whoever_typed_it(desk: Desk, tmp_path: Path) -> None:
    typed = [list(row) for row in desk.sheet.table]
    (tmp_path / "state").mkdir(mode=0o700)
    for now in (BEFORE, SELECTION):
        result = desk.run(now, ALL_NEW)
        assert (result.tally.in_doubt, result.tally.refused, result.failure) == (0, 0, None)
        said = as_json({"result": result_json(result), "status": status_json(desk.status_rows(now))})
        assert said.replace("\n", "").isprintable()
        json.loads(said)
    known = {f"attacker{number}@example.org" for number in range(len(ATTACKS))} | {"ana@example.org"}
    for letter in desk.mail.delivered:
        mime = message_from_bytes(letter.data)
        assert mime.get_all("To") == [letter.to]
        assert (letter.to in known, mime.get_all("Bcc"), mime.get_all("Cc")) == (True, None, None)
        parts = [str(part.get_payload(decode=True)) for part in mime.walk() if not part.is_multipart()]
        assert not any(
            bad in part for part in parts for bad in ("evil", "ORGANISER", "IBAN", "alert(1)", "__mro__")
        )
    kept = len(HEADERS)
    assert [row[:kept] for row in desk.sheet.table[1:]] == [row[:kept] for row in typed[1:]]
    headers = [str(header) for header in desk.sheet.table[0]]
    columns = [headers.index(name) for name in ORGANISER_COLUMNS]
    assert not any(row[at] for row in desk.sheet.table[1:] for at in columns if at < len(row))
    offered = [address for address, status in desk.statuses().items() if status == "Offered"]
    assert offered == ["ana@example.org"]
