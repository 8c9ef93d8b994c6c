"""config/vocabulary/: one file a concept, and each kind of mistake with file and line."""

from pathlib import Path

import pytest

from pipeline.audience.conditions import Mentions, SaysOnly
from pipeline.audience.nearness import Near
from pipeline.audience.vocabulary import Vocabularies, Vocabulary
from pipeline.config.load import load
from tests.support.config_case import CALL, make_workspace, problems_of

WORDS = """\
words:
  en: [prison governor*, head of prison]
  fr: [directeur* de prison, prison governor*]
unless:
  en: [governor's secretary]
"""
BOSSES = Vocabulary(
    ("prison governor*", "head of prison", "directeur* de prison"), ("governor's secretary",), "bosses"
)
WHEN = '{vetos: {is: "No"}}'


def workspace(folder: Path, when: str, words: str = WORDS) -> Path:
    made = make_workspace(folder, CALL.replace(WHEN, when, 1))
    (folder / "config" / "vocabulary").mkdir()
    (folder / "config" / "vocabulary" / "bosses.yaml").write_text(words)
    (folder / "config" / "vocabulary" / "README.txt").write_text("not a vocabulary")
    return made


def test_a_rule_names_a_vocabulary_by_its_file(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "{job: {mentions: bosses, says_only: others}}")
    condition = load(folder, {}).call.audience.ineligible[0].when
    others = Vocabulary(("psycholog*", "nurse"), title="others")
    assert getattr(condition, "parts", ()) == (Mentions("job", BOSSES), SaysOnly("job", others))


def test_a_rule_asks_several_vocabularies_as_one(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "{job: {mentions_one_of: [bosses, others]}}")
    others = Vocabulary(("psycholog*", "nurse"), title="others")
    assert load(folder, {}).call.audience.ineligible[0].when == Mentions(
        "job", Vocabularies((BOSSES, others))
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("words:", "wrds:", ":1: the section “words” is missing. Add it; the example shows how."),
        (
            "head of prison",
            "he*d",
            ":2: an entry of “en” has a * inside a word. Put it where the word begins",
        ),
        ("head of prison", "12", ':2: an entry of “en” must be a text. Put quotes around it: "…".'),
        ("  fr: [", "  en: [", ":3: a key is here a second time (first in line 2)."),
        ("unless:", "exept:", ":4: unknown key in the file. "),
        ("head of prison", "head of prison]", ":2: not valid YAML"),
    ],
)
def test_a_mistake_in_a_vocabulary_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    problems = problems_of(workspace(tmp_path, WHEN, WORDS.replace(old, new, 1)))
    assert any(each.startswith(f"config/vocabulary/bosses.yaml{problem}") for each in problems), problems
    assert all(each.startswith("config/vocabulary/bosses.yaml:") for each in problems)


def test_an_unknown_vocabulary_is_told_with_the_nearest(tmp_path: Path) -> None:
    assert problems_of(workspace(tmp_path, "{job: {mentions_one_of: [others, boses]}}")) == [
        "config/call.yaml:27: there is no vocabulary “boses”. Did you mean “bosses”?"
    ]


def test_one_name_for_two_vocabularies_is_a_problem(tmp_path: Path) -> None:
    folder = workspace(tmp_path, WHEN)
    (folder / "config" / "vocabulary" / "others.yaml").write_text(WORDS)
    assert problems_of(folder) == [
        "config/call.yaml:23: the vocabulary “others” is a file in config/vocabulary/ as well. "
        "Rename one of the two."
    ]


SENTENCES = """\
words:
  en: [head of prison]
possible:
  en: [director]
near:
  en: {words: [not], to: [work], then: [prison], across: [who]}
alone:
  en: [not me]
but:
  en: [but]
denied_by: [bosses]
explained_by: [bosses]
yields_to: [bosses, boses]
"""


def test_a_vocabulary_of_sentences_names_others(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "{job: {mentions: heads}}")
    file = folder / "config" / "vocabulary" / "heads.yaml"
    file.write_text(SENTENCES)
    assert problems_of(folder) == [
        "config/vocabulary/heads.yaml:13: there is no vocabulary “boses”. Did you mean “bosses”?"
    ]
    file.write_text(SENTENCES.replace(", boses", ""))
    near = Near(("not",), ("work",), ("prison",), ("who",))
    others = (BOSSES,)
    assert load(folder, {}).call.audience.ineligible[0].when == Mentions(
        "job",
        Vocabulary(
            ("head of prison",),
            (),
            "heads",
            ("director",),
            (near,),
            ("not me",),
            ("but",),
            others,
            others,
            others,
        ),
    )
