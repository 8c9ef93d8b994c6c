"""`replies` in config/call.yaml: the tab of a reply form, and what is wrong with its description."""

from pathlib import Path

import pytest

from pipeline.model.question import Question
from pipeline.model.replies import ReplyForm
from tests.support.config_case import CALL, SERVICE, load_texts, make_workspace, mistakes, problems_of

REPLIES = """replies:
  tab: RSVP
  reference: Your reference
  answer: {column: Will you come?, yes: ["Yes", Gladly!], no: ["No"]}
  link: "https://forms.example.org/f?entry.1=REFERENCE"
"""


def test_replies_of_a_call(tmp_path: Path) -> None:
    assert load_texts(tmp_path, CALL).call.replies is None
    assert load_texts(tmp_path, CALL + REPLIES).call.replies == ReplyForm(
        "RSVP",
        {
            "timestamp": Question("Timestamp"),
            "email": Question("Email Address"),
            "reference": Question("Your reference"),
            "answer": Question("Will you come?"),
        },
        frozenset({"yes", "gladly"}),
        frozenset({"no"}),
        "https://forms.example.org/f?entry.1=REFERENCE",
    )


MISTAKES = """
tab: RSVP → tba: RSVP
  50: “tab” is missing in “replies”. Add a line “tab: …”.
no: ["No"] → no: ["No", "gladly"]
  53: “gladly” is a yes and a no. Leave it in one of the two lists.
no: ["No"] → nope: ["No"]
  53: “no” is missing in “answer”. Add a line “no: …”.
https:// → http://
  54: “link” is not the address of a form. Copy the form's prefilled link: it begins with https://.
=REFERENCE → =P-222222
  54: “link” has no place for the reference. Let the prefilled answer be REFERENCE, or end the link with the = of that
  question.
tab: RSVP → tab: form responses
  51: replies.tab: “form responses” is the tab with the responses (sheet.tab in config/service.yaml). Name the tab that
  the reply form writes to.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES))
def test_what_is_wrong_with_replies_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = CALL + REPLIES.replace(old, new)
    service = SERVICE.replace("  path:", "  tab: Form responses\n  path:")
    assert f"config/call.yaml:{problem}" in problems_of(make_workspace(tmp_path, text, service))
