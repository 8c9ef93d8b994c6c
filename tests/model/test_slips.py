"""One letter wrong: as the library counts it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from pipeline.model.slips import one_letter_apart


def is_near(said: str, meant: str) -> bool:
    return OSA.distance(said, meant) <= 1


def test_every_pair_of_short_words_of_two_letters_is_as_the_library_has_it() -> None:
    words = ["".join(letters) for length in range(5) for letters in product("ab", repeat=length)]
    wrong = [pair for pair in product(words, repeat=2) if one_letter_apart(*pair) != is_near(*pair)]
    assert wrong == []


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_words_are_one_letter_apart_where_the_library_says_so(said: str, meant: str) -> None:
    assert one_letter_apart(said, meant) == is_near(said, meant)
