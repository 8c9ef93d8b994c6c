"""config/examples.yaml: what is read, and each kind of mistake with its line."""

from pathlib import Path

import pytest

from pipeline.audience.examples import Example, failures
from pipeline.config.call.examples import read_examples
from pipeline.model.applicant import Eligibility
from pipeline.model.errors import ConfigError
from tests.support.config_case import load_texts, mistakes

EXAMPLES = """\
usual:
  vetos: "Yes"
examples:
  - {title: A member of staff, outcome: eligible, category: staff}
  - title: No such work
    answers: {vetos: "No"}
    outcome: ineligible
    rule: no_work
"""


def read(folder: Path, text: str) -> tuple[Example, ...]:
    call = load_texts(folder).call
    (folder / "config" / "examples.yaml").write_text(text)
    return read_examples(folder, call)


def test_examples_share_the_usual_answers(tmp_path: Path) -> None:
    place = "config/examples.yaml"
    assert read(tmp_path, EXAMPLES) == (
        Example(f"{place}:4", "A member of staff", {"vetos": "Yes"}, Eligibility.ELIGIBLE, "staff"),
        Example(f"{place}:5", "No such work", {"vetos": "No"}, Eligibility.INELIGIBLE, rule="no_work"),
    )


def test_a_workspace_without_examples_has_none(tmp_path: Path) -> None:
    assert read_examples(tmp_path, load_texts(tmp_path).call) == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    mistakes("""
vetos: "Yes" → veto: "Yes"
  2: there is no column “veto”. Did you mean “vetos”?
answers: {vetos: "No"} → answers: {vetoes: "No"}
  6: there is no column “vetoes”. Did you mean “vetos”?
category: staff → category: stuff
  4: there is no category “stuff”. Did you mean “staff”?
rule: no_work → rule: no_wrok
  8: there is no rule “no_wrok”. Did you mean “no_work”?
outcome: ineligible → outcome: excluded
  7: “outcome” has a value that Convene does not know. Write eligible, ineligible, review or held.
answers: {vetos: "No"} → answers: {vetos: 5}
  6: “vetos” must be a text. Put quotes around it: "…".
"""),
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, EXAMPLES.replace(old, new, 1))
    assert caught.value.problems == (f"config/examples.yaml:{problem}",)


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config/examples\.yaml:2: "):
        read(tmp_path, "[")


def test_examples_that_fail_say_what_was_expected_and_what_the_rules_say(tmp_path: Path) -> None:
    call = load_texts(tmp_path).call
    yes, no = {"vetos": "Yes"}, {"vetos": "No"}
    examples = (
        Example("a:1", "Right", yes, Eligibility.ELIGIBLE, "staff", "staff"),
        Example("a:2", "Wrong outcome", no, Eligibility.ELIGIBLE, "staff"),
        Example("a:3", "Wrong category", yes, Eligibility.ELIGIBLE, "guests"),
        Example("a:4", "Wrong rule", yes, Eligibility.ELIGIBLE, rule="no_work"),
    )
    said = "but the rules say eligible (staff): Works there. Correct the rules, or the example."
    assert failures(call, examples) == (
        "a:2: “Wrong outcome” should be eligible (staff), but the rules say ineligible by no_work: "
        "Answered “No”. Correct the rules, or the example.",
        f"a:3: “Wrong category” should be eligible (guests), {said}",
        f"a:4: “Wrong rule” should be eligible by no_work, {said}",
    )
