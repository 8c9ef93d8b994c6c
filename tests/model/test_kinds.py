"""Names of kinds of message."""

import pytest

from pipeline.model.kinds import Kind


def test_what_cannot_be_the_name_of_a_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no kind of message is called 'A kind!'"):
        Kind("A kind!")
