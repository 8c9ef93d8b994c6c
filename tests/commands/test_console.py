"""What is printed for machines is safe to look at, too."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.console import escaped, show_json

HOSTILE = "\x1b[2J\x7f\x9b31m\u202eevil\u2066\u200b\u2028\ufeff\ud800\U000e0041\x00"


def test_json_says_the_same_and_shows_nothing_that_a_terminal_obeys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_json({"name": HOSTILE, "Ελένη": "Zoë 王"})
    said = capsys.readouterr().out
    assert json.loads(said) == {"name": HOSTILE, "Ελένη": "Zoë 王"}
    assert said.replace("\n", "").isprintable()
    assert "Ελένη" in said


@given(st.text(st.characters()))
def test_whatever_is_printed_is_visible(text: str) -> None:
    said = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(said) == text
    said.encode()
