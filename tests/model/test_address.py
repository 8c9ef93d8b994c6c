"""Addresses as people type them: where letters go, and by what the person is known."""

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.address import AddressError, Misread, TypedAddress, header_address, is_plain, read_address

NOT_ONE = "not an e-mail address that mail can be sent to"
SEVERAL = "more than one e-mail address in the cell"
LONGEST = "a" * 64 + "@example.org"


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("ana@example.org", "ana@example.org"),
        (" Ana.Lopez@Example.ORG ", "Ana.Lopez@example.org"),
        ("o'brien+call@example.org", "o'brien+call@example.org"),
        ("info@Müller.example", "info@xn--mller-kva.example"),
        ("jo@ｅxample.org", "jo@example.org"),
        (LONGEST, LONGEST),
        # what people and programs put around it
        ("Ana Lopez <ana@example.org>", "ana@example.org"),
        ('"Lopez, Ana" <Ana@example.org>', "Ana@example.org"),
        ("ana@example.org <Ana@example.org>", "Ana@example.org"),
        ("“Ana” <mailto:ana@example.org>", "ana@example.org"),
        ("mailto:ana@example.org", "ana@example.org"),
        ("MAILTO:o%27brien@example.org?subject=a@b", "o'brien@example.org"),
        ("ana@example.org.", "ana@example.org"),
        ("ana@example.org;", "ana@example.org"),
        ("<ana@example.org>.", "ana@example.org"),
        ("((ana@example.org))", "ana@example.org"),
        ("'ana@example.org'", "ana@example.org"),
        ('"ana@example.org"', "ana@example.org"),
        ("„ana@example.org“", "ana@example.org"),
        ("“ana@example.org”", "ana@example.org"),
        ("ana\u200b@exam\u200dple.org\ufeff\u00a0", "ana@example.org"),
        ("'o@example.org", "'o@example.org"),
        # what few relays are asked for
        ('"ana lopez"@example.org', '"ana lopez"@example.org'),
        ('"a@b"@example.org', '"a@b"@example.org'),
        ('"Ana"@example.org', "Ana@example.org"),
        ("Jürgen@example.org", "Jürgen@example.org"),
        ("δοκιμή@Müller.example", "δοκιμή@xn--mller-kva.example"),
    ],
)
def test_an_address_is_read_as_it_was_meant(typed: str, spelled: str) -> None:
    assert read_address(typed) == TypedAddress(spelled, spelled.lower())


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("", "no e-mail address"),
        (" <> ", "no e-mail address"),
        ("ana@example.org, eva@example.org", SEVERAL),
        ("ana@example.org;eva@example.org", SEVERAL),
        ("ana@example.org\neva@example.org", SEVERAL),
        ("eva@example.org <ana@example.org>", SEVERAL),
        ("@" * 30_000, SEVERAL),
        ("ana(at)example.org", NOT_ONE),
        ("ana@localhost", NOT_ONE),
        ("a" + LONGEST, NOT_ONE),
        ("ä" * 33 + "@example.org", NOT_ONE),
        ('"jür gen"@example.org', NOT_ONE),
        ("a" * 30_000 + "@example.org", NOT_ONE),
        ("\ud800@example.org", NOT_ONE),
        ("ana@-.example.org", NOT_ONE),
        ("mailto:ana%0Aeva@example.org", NOT_ONE),
        ("ｊｏ@example.org", "letters before the @ that only look like plain ones"),
    ],
)
def test_what_is_not_one_address_says_what_it_is(typed: str, what: str) -> None:
    with pytest.raises(Misread) as raised:
        read_address(typed)
    assert raised.value.what == what


def test_the_key_of_earlier_ledgers_stays() -> None:
    """Until quoted and international ones were read, the key was the address itself, in small letters."""
    for typed in ("Ana.Lopez@Example.ORG", "info@Müller.example", "o'brien+call@example.org"):
        assert (
            read_address(typed).key
            == read_address(read_address(typed).key).key
            == typed.lower().replace("müller", "xn--mller-kva")
        )


@given(st.text(max_size=60), st.sampled_from(["", "@example.org", "<ana@example.org>", '"@example.org']))
def test_whatever_is_read_is_read_the_same_again_and_fits_into_a_header(text: str, end: str) -> None:
    try:
        found = read_address(text + end)
    except Misread:
        return
    assert read_address(found.spelled) == found
    assert header_address(found.spelled, "To") == found.spelled
    assert found.spelled.rpartition("@")[2].isascii()


@pytest.mark.parametrize(
    "address", ["ana", "ana@", "a b@example.org", '"a"b"@example.org', "ü\n@example.org"]
)
def test_what_fits_into_no_header_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        header_address(address, "To")


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        *(
            (f"{name}@{domain}", True)
            for name in ("ana", "Ana.B-c_d+e2", "x" * 64)
            for domain in ("example.org", "a-b.co.example")
        ),
        *(
            (f"ana@{domain}", False)
            for domain in ("example", "relay.test", "xn--80ak6aa92e.com", "a_b.org", "Example.org", "1.2")
        ),
        *(
            (f"{name}@example.org", False)
            for name in ("", ".a", "a..b", "a.", "x" * 65, "a b", '"a b"', "ä", "a@b")
        ),
    ],
)
def test_a_plain_address_is_one_that_no_library_needs_to_look_at(address: str, plain: bool) -> None:
    assert is_plain(address) is plain
    if plain:
        found = validate_email(address, check_deliverability=False, strict=True)
        assert (found.normalized, found.ascii_email) == (address, address)


@given(st.from_regex(r"\A[A-Za-z0-9._+-]{1,12}@[a-z0-9.-]{1,16}\Z"))
def test_what_is_taken_for_plain_the_library_leaves_as_it_is(address: str) -> None:
    if is_plain(address):
        assert validate_email(address, check_deliverability=False, strict=True).normalized == address
