"""What organisers did with a word in Decision since the last run."""

import pytest

from pipeline.model.history_events import heard_word
from tests.support.build import LATER


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("", "Invite", ("Invite", "typed", "")),
        ("Invite", "Hold", ("Hold", "changed", "Invite")),
        ("Invite", "", ("", "removed", "Invite")),
        ("Invite", " Invite\n", None),
        ("", "x " * 99, (("x " * 29).rstrip() + "…", "typed", "")),
    ],
)
def test_a_word_is_heard_when_it_is_another_one(
    before: str, text: str, expected: tuple[str, str, str] | None
) -> None:
    heard = heard_word(LATER, "P-ANA222", before, text)
    assert expected == (heard and (heard.about, heard.became, heard.said))
