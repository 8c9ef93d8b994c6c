"""What people say beside the questions is for a person: a table of 28 languages (beside.yaml)."""

from pathlib import Path

from tests.support.yaml_texts import read_yaml

KINDS = ("online", "day", "instead", "another", "leaving", "seconded", "withdraw", "consent")
SAID: dict[str, dict[str, str]] = read_yaml(
    Path(__file__).with_name("beside.yaml").read_text(encoding="utf-8")
)


def test_every_language_says_all_of_it() -> None:
    assert len(SAID) == 28
    assert {tuple(sentences) for sentences in SAID.values()} == {KINDS}
