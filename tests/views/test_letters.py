from dataclasses import replace

from pipeline.model.message import State
from pipeline.views.letters import sent_cover, sent_json, sent_table
from tests.views.test_letter_site import ONE

SENT = replace(ONE, stand=State.ACCEPTED, at="2023-08-02 07:00", file="a.eml")
GONE = replace(SENT, name="", stand=State.IN_DOUBT, file="")


def test_what_went_out_as_a_table_for_machines_and_in_a_sentence() -> None:
    assert sent_table((SENT, GONE)).rows == (
        ("Ana", "P-ANA222", "2023-08-02 07:00", "Invitation", "sent"),
        ("", "P-ANA222", "2023-08-02 07:00", "Invitation", "in doubt, it may have been delivered"),
    )
    assert sent_json((SENT,)) == [
        {
            "reference": "P-ANA222",
            "name": "Ana",
            "to": "ana@example.org",
            "kind": "invitation",
            "at": "2023-08-02 07:00",
            "state": "accepted",
        }
    ]
    assert sent_cover("A", (SENT,), {}).says == "1 letter went out."
    assert sent_cover("A", (SENT, GONE), {}).says == (
        "2 letters went out. Of 1 of them the text is no longer kept."
    )
