"""Short codes: from a hash, and back from how people type them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.short_code import LETTERS, code_of, read_code, short_code


def test_a_code_is_the_first_thirty_bits() -> None:
    assert short_code("00000003" + "f" * 56) == "000000"
    assert short_code("00000004" + "0" * 56) == "000001"
    assert short_code("f" * 64) == "ZZZZZZ"
    assert code_of("a", "bc") == code_of("a", "bc") != code_of("ab", "c")


@given(st.text(LETTERS, min_size=6, max_size=6))
def test_a_code_is_known_however_it_is_typed(code: str) -> None:
    spoken = code.lower().replace("0", "o").replace("1", "l")
    assert read_code(f" {spoken[:3]}-{spoken[3:]} ") == code


def test_what_is_no_code_is_none() -> None:
    assert [read_code(text) for text in ("", "7K3F9", "7K3F9QQ", "7K3F9U", "ünïcøde")] == [""] * 5
