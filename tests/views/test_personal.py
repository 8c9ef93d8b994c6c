"""What a person gets who asks what is held of them."""

import json
from dataclasses import replace

from pipeline.messages.compose import compose
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.history import Posted, Standing
from pipeline.model.history_events import Happening, What
from pipeline.model.message import Kind, Message, Rendered, State
from pipeline.model.personal import Held, Personal, SheetRow
from pipeline.model.reason import as_written
from pipeline.model.settings import Sender
from pipeline.views.personal import personal_json, personal_page
from tests.support.build import BEFORE, CALL, SELECTION

CONTENT = Rendered("News", "Dear Zoë <b>,\n", "<p>Dear Zoë</p>")
MESSAGE = Message("P-ANA222", "ana@example.org", Kind.RECEIVED, 1, CONTENT, "")
DATA = compose(MESSAGE, Sender("team@example.org"), "", "<1@example.org>", BEFORE, "meeting")
SENT = Posted(
    1, "P-ANA222", Kind.RECEIVED, 1, State.ACCEPTED, BEFORE, "ana@example.org", "News", reply="250 ok"
)
STANDING = Standing(
    "P-ANA222",
    Status.OFFERED,
    Eligibility.ELIGIBLE,
    "management",
    (as_written("Why."),),
    "Invite",
    SELECTION,
    note="by phone",
)
MAILS = (SENT, DATA), (replace(SENT, subject=""), b"")
HELD = Held(
    "P-ANA222",
    ("ana@example.org",),
    ("ana@example.org|2023-07-10T09:00:00",),
    (STANDING,),
    ((SENT, DATA), (replace(SENT, subject=""), b"")),
    (Happening(SELECTION, "P-ANA222", What.WORD, "Invite", "typed", 1),),
)
FOUND = Personal("P-ANA222", SELECTION, (SheetRow(2, (("Role", "Manager <i>"), ("Note", ""))),), (HELD,))
MAIL = {
    "kind": "received",
    "state": "accepted",
    "at": "2023-07-15 07:00",
    "to": "ana@example.org",
    "subject": "News",
    "answer of the mail server": "250 ok",
    "text": "Dear Zoë <b>,\n",
}


def test_everything_is_in_it() -> None:
    assert personal_json(CALL, FOUND) == {
        "person": "P-ANA222",
        "call": "A meeting",
        "at": "2023-08-02 07:00",
        "sheet": [{"row": 2, "cells": {"Role": "Manager <i>", "Note": ""}}],
        "ledger": [
            {
                "reference": "P-ANA222",
                "addresses": ["ana@example.org"],
                "responses": ["ana@example.org|2023-07-10T09:00:00"],
                "conclusions": [
                    {
                        "at": "2023-08-02 07:00",
                        "status": "Offered",
                        "eligibility": "eligible",
                        "category": "Management",
                        "reason": "Why.",
                        "decision": "Invite",
                        "organiser note": "by phone",
                    }
                ],
                "messages": [MAIL, {**MAIL, "subject": "", "text": ""}],
                "history": ["2023-08-02 07:00  run-1     Decision: “Invite” was typed."],
            }
        ],
    }


def test_the_page_shows_the_same_and_runs_nothing() -> None:
    data = personal_json(CALL, replace(FOUND, held=()))
    page = personal_page(data)
    assert "<th>Role</th><td>Manager &lt;i&gt;</td>" in page
    assert "<th>Note</th><td>–</td>" in page
    assert "<th>ledger</th><td>–</td>" in page
    assert "Dear Zoë &lt;b&gt;," in personal_page(personal_json(CALL, FOUND))
    json.dumps(data)
