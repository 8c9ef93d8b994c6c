"""The organisers' cells of the tab: understood, or kept as they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.controls import read_controls
from pipeline.model.controls import LABELS, NO_CONTROLS, Controls
from pipeline.model.sheet import BLANK, Cell


def controls(**texts: str) -> Controls:
    return read_controls((Cell(LABELS[name]), Cell(text)) for name, text in texts.items())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({}, NO_CONTROLS),
        (dict.fromkeys(LABELS, ""), NO_CONTROLS),
        ({"pause": "yes", "freeze": "No"}, Controls(pause=True)),
        ({"pause": "FALSE", "freeze": "TRUE"}, Controls(freeze=True)),
        # Nothing leaves while nobody knows what was meant.
        ({"pause": "until Monday"}, Controls(pause=True, odd=(("pause", "until Monday"),))),
        ({"approve": " 7k3-f9q "}, Controls(approve="7K3F9Q")),
        ({"approve": "oil7xy", "accept": "7K3F9Q"}, Controls(approve="0117XY", accept="7K3F9Q")),
        ({"approve": "all of them"}, Controls(odd=(("approve", "all of them"),))),
        ({"accept": "#REF!"}, Controls(odd=(("accept", "#REF!"),))),
        ({"run_now": "please"}, Controls(run_now="please")),
        ({"seen": "7k3f9q, P-ABCDEF;\n2345ZZ 7K3F9Q"}, Controls(seen=("7K3F9Q", "P-ABCDEF", "2345ZZ"))),
        ({"seen": "7K3F9Q ok!"}, Controls(seen=("7K3F9Q",), odd=(("seen", "OK!"),))),
    ],
)
def test_a_control_is_understood_or_kept_as_it_stands(texts: dict[str, str], expected: Controls) -> None:
    assert controls(**texts) == expected


def test_controls_are_found_by_their_labels_and_the_first_counts() -> None:
    lines = (
        (Cell("Convene"), Cell("Pause")),
        (BLANK, Cell("yes")),
        (Cell("run NOW"), Cell("1", 1.0)),
        (Cell("Pause"), Cell("no")),
        (Cell("Pause"), Cell("yes")),
        (Cell("Accept danger"), Cell("", None, fault="#N/A")),
    )
    assert read_controls(lines) == Controls(run_now="1", odd=(("accept", "#N/A"),))


@given(st.dictionaries(st.sampled_from(sorted(LABELS)), st.text()))
def test_any_text_in_any_control_is_read(texts: dict[str, str]) -> None:
    assert isinstance(controls(**texts), Controls)
