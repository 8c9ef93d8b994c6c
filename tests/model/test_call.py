"""What Convene's columns are called in sentences, where a call heads them otherwise."""

import pytest

from pipeline.model.call import Columns

OWN = Columns({}, own_columns={"Decision": "Our word", "Reason": "Why"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Type what is to happen in the Decision column.",
            "Type what is to happen in the “Our word” column.",
        ),
        ("The Reason says why.", "The “Why” says why."),
        ("row 3, column “Decision”: odd.", "row 3, column “Our word”: odd."),
        ("The Decision “Decision?” is not one of them.", "The “Our word” “Decision?” is not one of them."),
        ("„Decision“ steht unter Decision.", "„Decision“ steht unter “Our word”."),
        ("Empty the Reference cell.", "Empty the Reference cell."),
        ("Decisions and Reasons", "Decisions and Reasons"),
    ],
)
def test_sentences_call_columns_as_they_are_headed(said: str, expected: str) -> None:
    assert OWN.say(said) == expected
    assert Columns({}).say(said) == said
