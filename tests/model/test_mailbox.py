import pytest

from pipeline.model.mailbox import domain_of, is_for_everybody, is_role, mailbox


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana+call@Example.org", "ana@example.org"),
        ("a.n.a@example.org", "a.n.a@example.org"),
        ("a.n.a+1+2@gmail.com", "ana@gmail.com"),
        ("ana@googlemail.com", "ana@gmail.com"),
        ("ana@me.com", "ana@icloud.com"),
        ("a_n-a@pm.me", "ana@proton.me"),
        ("ana@yandex.by", "ana@yandex.ru"),
        ("ana@hotmail.com", "ana@hotmail.com"),  # not that of the same name at outlook.com
        ("+1@example.org", "+1@example.org"),
        ("...@gmail.com", "...@gmail.com"),
    ],
)
def test_spellings_of_one_mailbox_are_one(spelt: str, meant: str) -> None:
    assert (mailbox(spelt), mailbox(meant), domain_of(spelt)) == (meant, meant, meant.partition("@")[2])


@pytest.mark.parametrize(
    ("address", "is_nobodys"),
    [
        ("postmaster@example.org", True),
        ("Abuse+1@example.org", True),
        ("no-reply@example.org", True),
        ("info@example.org", False),
        ("office@example.org", False),
        ("root.ana@example.org", False),
    ],
)
def test_addresses_that_are_no_persons(address: str, is_nobodys: bool) -> None:
    assert is_role(address) is is_nobodys


@pytest.mark.parametrize(
    ("domain", "anybody"),
    [
        ("gmail.com", True),
        ("yahoo.co.uk", True),
        ("gmx.net", True),
        ("justice.example", False),
        ("mail.justice.gov.example", False),
        ("gmail", False),
    ],
)
def test_providers_for_everybody(domain: str, anybody: bool) -> None:
    assert is_for_everybody(domain) is anybody
