"""Values of settings that a library looks at only where they are not plain."""

from pydantic import TypeAdapter

from pipeline.model.fields import Address


def test_a_domain_with_other_letters_is_kept_as_mail_servers_know_it() -> None:
    read = TypeAdapter(Address).validate_python
    assert read("team@bücher.example") == "team@xn--bcher-kva.example"
    assert read("team@books.example") == "team@books.example"
