"""A service account's key, and Google's words for what is wrong with it."""

import pytest

from pipeline.model.google_account import Fault, fault_of, parse_key


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "{}", '{"token_uri": "http://example.org"}'])
def test_anything_else_is_no_key(text: str) -> None:
    assert parse_key(text) is None


def test_a_key_is_what_it_holds() -> None:
    assert parse_key('{"token_uri": "https://example.org/token"}') == {
        "token_uri": "https://example.org/token"
    }


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Invalid JWT: Token must be a short-lived token", Fault.CLOCK),
        ("Invalid email or User ID", Fault.USER),
        ("Invalid JWT Signature.", Fault.KEY),
        ("Invalid grant: account not found", Fault.ACCOUNT),
        ("", Fault.UNKNOWN),
    ],
)
def test_google_s_words_are_told_apart(words: str, fault: Fault) -> None:
    assert fault_of(words) is fault
