"""Who does the work that is asked for, and who says that they do not: a table of 28 languages (denials.yaml)."""

from pathlib import Path

from tests.support.yaml_texts import read_yaml

KINDS = ("now", "never", "longer", "yet", "planned", "others", "none", "other", "claims")
SAID: dict[str, dict[str, str]] = read_yaml(
    Path(__file__).with_name("denials.yaml").read_text(encoding="utf-8")
)


def test_every_language_says_all_of_it() -> None:
    assert len(SAID) == 28
    assert {tuple(sentences) for sentences in SAID.values()} == {KINDS}
