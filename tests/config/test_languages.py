from pathlib import Path

import pytest

from pipeline.config.load import load
from pipeline.model.languages import Languages
from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of


def test_languages_of_a_call(tmp_path: Path) -> None:
    assert load_texts(tmp_path, CALL).call.languages == Languages()
    text = f"{CALL}languages: {{default: de, others: [fr, pt_BR], answer: job, means: {{Castellano: fr}}}}\n"
    assert load_texts(tmp_path, text).call.languages == Languages(
        "de", ("fr", "pt-BR"), "job", {"Castellano": "fr"}
    )


def test_a_translation_in_the_default_language_is_enough(tmp_path: Path) -> None:
    root = make_workspace(tmp_path, f"{CALL}languages: {{default: de}}\n")
    for path in (root / "templates").glob("*.md"):
        path.rename(path.with_suffix(".de.md"))
    assert load(root, {}).call.languages.default == "de"


LANGUAGES = """
messages: → languages: {default: Deutsch}⏎messages:
  46: “default” is not the code of a language. Write one such as hr, pl or zh-Hant.
messages: → languages: {others: [fr]}⏎messages:
  46: nothing says who reads which of these languages. Name the column that does, as `answer`.
messages: → languages: {others: [fr], answer: vetoes}⏎messages:
  46: there is no column “vetoes”. Did you mean “vetos”?
messages: → languages: {others: [fr], answer: vetos, means: {Castellano: es}}⏎messages:
  46: “es” is no language of this call. Write “en” or “fr”.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(LANGUAGES))
def test_what_is_wrong_with_languages_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]
