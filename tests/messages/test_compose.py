"""The bytes of an e-mail: they say what was meant, to one person, whatever was typed into the form."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32, default

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipeline.messages.compose import compose, make_message_id
from pipeline.messages.opened import Opened, open_letter
from pipeline.model.address import ascii_address
from pipeline.model.errors import TemplateError
from pipeline.model.message import Attachment, Kind, Message, Picture, Rendered
from pipeline.model.settings import Sender
from tests.support.slow_letters import compose_slowly, meaning, open_slowly

MESSAGE_ID = "<5c8d1f5e13b2123c2a18@example.org>"
DATE = datetime(2026, 3, 2, 7, 0, 5, tzinfo=timezone(timedelta(hours=1)))
SENDER = Sender("team@example.org", "Summer School")
HEADERS = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Convene-Ref",
    "MIME-Version",
    "Content-Type",
]


def message(
    subject: str = "Your place",
    text: str = "Dear Anna\n",
    html: str = "<p>Dear Anna</p>\n",
    to: str = "anna@example.com",
) -> Message:
    return Message("P-7K3F9Q", to, Kind.INVITATION, 1, Rendered(subject, text, html), "offered a place")


def composed(message: Message, sender: Sender = SENDER, reply_to: str = "help@example.org") -> bytes:
    return compose(message, sender, reply_to, MESSAGE_ID, DATE, "summer-2026")


def shown(data: bytes, header: str) -> str:
    """A header as an older reader shows it: unfolded, then its encoded words decoded."""
    raw = str(message_from_bytes(data, policy=compat32)[header])
    return str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", raw))))


def no_spaces(text: str) -> str:
    return "".join(text.split())


def test_compose_writes_exactly_these_bytes() -> None:
    data = composed(message("Your place in “Étude”", "Dear Anna,\n\n.\nÉ = 1\n", "<p>É</p>\n"))

    assert data.decode("ascii").split("\r\n") == [
        "From: Summer School <team@example.org>",
        "To: anna@example.com",
        "Reply-To: help@example.org",
        "Subject: =?utf-8?b?WW91ciBwbGFjZSBpbiDigJzDiXR1ZGXigJ0=?=",
        "Date: Mon, 02 Mar 2026 07:00:05 +0100",
        "Message-ID: <5c8d1f5e13b2123c2a18@example.org>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-Convene-Ref: summer-2026/P-7K3F9Q/invitation/1",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative;",
        ' boundary="=_9cf2911e0f9d1d812b378d703b56ecb918fc9dff"',
        "",
        "--=_9cf2911e0f9d1d812b378d703b56ecb918fc9dff",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Dear Anna,",
        "",
        "=2E",
        "=C3=89 =3D 1",
        "",
        "--=_9cf2911e0f9d1d812b378d703b56ecb918fc9dff",
        'Content-Type: text/html; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "<p>=C3=89</p>",
        "",
        "--=_9cf2911e0f9d1d812b378d703b56ecb918fc9dff--",
        "",
    ]


def test_compose_twice_makes_the_same_bytes() -> None:
    assert composed(message()) == composed(message())


def test_compose_without_reply_address_leaves_the_header_out() -> None:
    parsed = message_from_bytes(composed(message(), reply_to=""), policy=default)

    assert parsed.keys() == [name for name in HEADERS if name != "Reply-To"]


def test_compose_without_sender_name_writes_the_bare_address() -> None:
    parsed = message_from_bytes(composed(message(), Sender("team@example.org")), policy=compat32)

    assert parsed["From"] == "team@example.org"


def test_compose_with_international_domains_writes_punycode() -> None:
    parsed = message_from_bytes(
        composed(message(to="anna@Bücher.example"), Sender("team@straße.example"), "help@éa.example"),
        policy=compat32,
    )

    assert (parsed["From"], parsed["To"], parsed["Reply-To"]) == (
        "team@xn--strae-oqa.example",
        "anna@xn--bcher-kva.example",
        "help@xn--a-9fa.example",
    )


SAFE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
HEADER_TEXT = st.one_of(
    st.text(SAFE, max_size=80),
    st.text(st.sampled_from("a Z=?_é💩\u3000@,<>\"\\();:.' ŷ漢"), max_size=200),
    st.text("abc", min_size=60, max_size=2000),
)
BODY = st.one_of(st.text(max_size=200), st.text(st.sampled_from("a.\r\n =\té💩F-_"), max_size=200))


def as_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(subject=HEADER_TEXT, text=BODY, html=BODY, name=HEADER_TEXT)
@example(subject="A 💩 Bcc: x@example.net", text="From me\n.\n..\n", html="", name="a, b <c@example.net>")
@example(subject="x" * 3000, text="y" * 3000, html="z " * 3000, name='"')
@example(subject="é" * 900, text="\x00\x0c\x85\u2028", html="\ufeff", name="ü" * 500)
@example(subject=" two  spaces ", text="no end", html="\r\r\n", name="a  b")
@example(subject="=?utf-8?q?x?", text="", html="", name="?=")
def test_compose_then_parse_returns_what_was_meant(subject: str, text: str, html: str, name: str) -> None:
    assume(not re.search(r"=\?.*\?=", subject) and not re.search(r"=\?.*\?=", name))
    assume(not re.search(r"[\ud800-\udfff]", text + html))

    data = composed(message(subject, text, html), Sender("team@example.org", name))

    new, old = message_from_bytes(data, policy=default), message_from_bytes(data, policy=compat32)
    assert new.keys() == old.keys() == HEADERS
    assert (new["Subject"], shown(data, "Subject")) == (subject, subject)
    assert shown(data, "From") == " ".join(
        [*name.split(), "<team@example.org>"] if name.split() else ["team@example.org"]
    )
    sender = new["From"].addresses[0]  # the newer reader of Python 3.11 puts a space between encoded words
    assert (no_spaces(sender.display_name), sender.addr_spec) == (no_spaces(name), "team@example.org")
    assert [address.addr_spec for address in new["To"].addresses] == ["anna@example.com"]
    assert (old["To"], old["Message-ID"]) == ("anna@example.com", MESSAGE_ID)
    for parsed in (new, old):
        parts = [part for part in parsed.walk() if not part.is_multipart()]
        payloads = [part.get_payload(decode=True) for part in parts]
        assert [as_lines(p.decode()) for p in payloads if isinstance(p, bytes)] == [
            as_lines(text),
            as_lines(html),
        ]
        assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]


FILES = (
    Attachment(
        "calendar.ics",
        'text/calendar; charset="utf-8"; method=PUBLISH',
        "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nX:É\r\n".encode(),
    ),
    Attachment("programme.pdf", "application/pdf", bytes(range(256))),
    Attachment("Übersicht, 1.png", "image/png", b"\x89PNG" * 100),
)
LOGO = Picture("logo.png", b"\x89PNG")


@given(
    subject=HEADER_TEXT,
    text=BODY,
    html=BODY,
    name=HEADER_TEXT,
    to=st.sampled_from(
        ["anna@example.com", "Änna@example.org", '"a b"@exämple.org', f"{'a' * 60}@example.org"]
    ),
    reply_to=st.sampled_from(["", "help@example.org"]),
    files=st.sets(st.sampled_from(FILES)).map(tuple),
    pictures=st.sampled_from([(), (LOGO,)]),
)
@example(
    "A 💩 Bcc: x@example.net", "From me\n.\n..\n \n", "", "a, b <c@example.net>", "a@b.example", "", (), ()
)
@example("x" * 3000, "y" * 3000, "z " * 3000, '"', "a@b.example", "", FILES, (LOGO,))
@example("é" * 900, "\x00\x0c\x85\u2028\t", "\ufeff ", "ü" * 500, "a@b.example", "", (), (LOGO,))
def test_compose_says_what_the_slow_way_says(
    subject: str,
    text: str,
    html: str,
    name: str,
    to: str,
    reply_to: str,
    files: tuple[Attachment, ...],
    pictures: tuple[Picture, ...],
) -> None:
    assume(not re.search(r"=\?.*\?=", subject) and not re.search(r"=\?.*\?=", name))
    assume(not re.search(r"[\ud800-\udfff]", text + html))
    content = Rendered(subject, text, html, pictures, attachments=files)
    given = (replace(message(to=to), content=content), Sender("team@example.org", name), reply_to)

    fast, slow = (each(*given, MESSAGE_ID, DATE, "summer-2026") for each in (compose, compose_slowly))

    assert meaning(fast) == meaning(slow)
    assert [open_letter(data) for data in (fast, slow)] == [open_slowly(data) for data in (fast, slow)]


@given(subject=HEADER_TEXT, text=BODY, name=HEADER_TEXT)
@example(subject="x" * 3000, text="y" * 3000, name="z" * 3000)
def test_compose_writes_short_ascii_lines_ending_in_crlf(subject: str, text: str, name: str) -> None:
    assume(not re.search(r"=\?.*\?=", subject) and not re.search(r"=\?.*\?=", name))
    assume(not re.search(r"[\ud800-\udfff]", text))

    data = composed(message(subject, text, text), Sender("team@example.org", name))

    assert re.fullmatch(rb"(?:[\t -~]{0,76}\r\n)+", data)


def test_compose_with_longest_address_keeps_lines_legal() -> None:
    longest = f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.example.org"

    data = composed(message(to=longest), Sender(longest, "Ü"), longest)

    parsed = message_from_bytes(data, policy=default)
    assert [parsed[name].addresses[0].addr_spec for name in ("From", "To", "Reply-To")] == [longest] * 3
    assert max(map(len, data.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "subject",
    [
        "two\r\nBcc: x@example.net",
        "two\nlines",
        "two\rlines",
        "nul\0",
        "tab\t",
        "zero\u200bwidth",
        "right\u202eleft",
        "join\u200der",
        "line\u2028sep",
        "paragraph\u2029sep",
        "half\ud83d",
        "A 💩 =?UTF-8?Q?=0A?=Bcc: x@example.net",
        "=?utf-8?b?YQ==?=",
    ],
)
def test_compose_with_subject_that_would_deceive_raises(subject: str) -> None:
    with pytest.raises(TemplateError, match="message invitation for P-7K3F9Q, subject"):
        composed(message(subject))


@pytest.mark.parametrize("address", ['"anna b"@example.org', "Änna@example.org", "anna@exämple.org"])
def test_compose_with_address_that_few_have_writes_it_as_it_is(address: str) -> None:
    data = composed(message(to=address))
    spelled = address.replace("exämple", "xn--exmple-cua")
    assert f"\nTo: {spelled}\r\n" in f"\n{data.decode()}"
    assert data.replace(spelled.encode(), b"").isascii()
    assert sorted(message_from_bytes(data).keys()) == sorted(HEADERS)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "@example.org",
        "anna@",
        "anna@example.org\r\nBcc: x@example.net",
        "anna@example.org, bo@example.net",
        "Anna <anna@example.org>",
        "anna b@example.org",
        "ann\u200ba@example.org",
        "anna.@example.org",
        "=?utf-8?q?a?=@example.org",
        "anna@exa mple.org",
        "anna@-example.org",
        "anna@example..org",
        "anna@[127.0.0.1]",
        "anna@\u0338.example",
        f"{'a' * 65}@example.org",
        f"anna@{'b' * 254}",
    ],
)
def test_compose_with_address_that_is_not_one_plain_address_raises(address: str) -> None:
    for attempt in (
        (message(to=address), SENDER, "help@example.org"),
        (message(), Sender(address), "help@example.org"),
        (message(), SENDER, address or "@"),
    ):
        with pytest.raises(TemplateError) as raised:
            composed(*attempt)
        assert not address or address not in str(raised.value)


@pytest.mark.parametrize("name", ["two\nlines", "=?utf-8?q?x?=", "zero\u200bwidth"])
def test_compose_with_sender_name_that_would_deceive_raises(name: str) -> None:
    with pytest.raises(TemplateError, match="name of the sender"):
        composed(message(), Sender("team@example.org", name))


def test_compose_with_half_a_character_in_a_body_raises() -> None:
    with pytest.raises(TemplateError, match="html part"):
        composed(message(html="half \ud83d"))


def test_ascii_address_with_plain_address_returns_it() -> None:
    assert ascii_address("Anna.O'Neil+call@Example.ORG") == "Anna.O'Neil+call@Example.ORG"


def test_make_message_id_is_the_same_every_time() -> None:
    ids = {make_message_id("P-7K3F9Q", Kind.INVITATION, 1, "summer", "s3", "example.org") for _ in range(3)}

    assert ids == {"<a79bac1f80c5699e7d9d3ec36b192d7328546b77@example.org>"}


def test_make_message_id_differs_in_each_of_its_parts() -> None:
    parts = ("P-7K3F9Q", Kind.INVITATION, 1, "summer", "s3", "example.org")
    others = [
        ("P-7K3F9R", *parts[1:]),
        (parts[0], Kind.RECEIVED, *parts[2:]),
        (*parts[:2], 2, *parts[3:]),
        (*parts[:3], "winter", *parts[4:]),
        (*parts[:4], "s4", parts[5]),
        (*parts[:5], "example.net"),
    ]

    assert len({make_message_id(*each) for each in (parts, *others)}) == 7


def test_make_message_id_with_international_domain_is_ascii() -> None:
    made = make_message_id("P-7K3F9Q", Kind.RECEIVED, 1, "summer", "s3", "bücher.example")

    assert re.fullmatch(r"<[0-9a-f]{40}@xn--bcher-kva\.example>", made)


def test_make_message_id_without_domain_raises() -> None:
    with pytest.raises(TemplateError, match="domain of the sender"):
        make_message_id("P-7K3F9Q", Kind.RECEIVED, 1, "summer", "s3", "")


def test_compose_with_date_in_utc_writes_its_offset() -> None:
    data = compose(message(), SENDER, "", MESSAGE_ID, datetime(2026, 1, 2, tzinfo=UTC), "summer-2026")

    assert message_from_bytes(data, policy=compat32)["Date"] == "Fri, 02 Jan 2026 00:00:00 +0000"


@pytest.mark.parametrize("pictures", [(), (LOGO,)])
def test_attachments_arrive_as_they_are_beside_the_letter(pictures: tuple[Picture, ...]) -> None:
    content = Rendered("Your place", "Dear Anna\n", "<p>Dear Anna</p>\n", pictures, attachments=FILES)
    data = composed(replace(message(), content=content))
    letter = message_from_bytes(data, policy=default)

    assert [(part.get_filename(), part.get_payload(decode=True)) for part in letter.iter_attachments()] == [
        (file.name, file.data) for file in FILES
    ]
    (calendar, *_) = letter.iter_attachments()
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "PUBLISH"}
    assert [part.get_content_disposition() for part in letter.iter_attachments()] == ["attachment"] * 3
    texts = [part for part in letter.walk() if part.get_content_maintype() == "text"][:2]
    assert [part.get_content().strip() for part in texts] == ["Dear Anna", "<p>Dear Anna</p>"]
    assert [part.get_content_type() for part in letter.walk() if part.is_multipart()] == [
        "multipart/mixed",
        "multipart/alternative",
        *(["multipart/related"] if pictures else []),
    ]
    assert [defect for part in letter.walk() for defect in part.defects] == []
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert composed(replace(message(), content=content)) == data
    assert open_letter(data) == open_slowly(data)


def test_a_letter_of_one_part_is_opened() -> None:
    data = b"From: team@example.org\r\nSubject: Your place\r\n\r\nDear Anna\r\n"
    opened = Opened("Your place", "", "team@example.org", "", "Dear Anna\r\n", "", ())
    assert open_letter(data) == open_slowly(data) == opened


def test_an_attachment_whose_name_cannot_stand_in_a_header_is_refused() -> None:
    content = replace(message().content, attachments=(Attachment("a\r\nBcc: x.pdf", "application/pdf", b""),))
    with pytest.raises(TemplateError, match="name of an attachment: a line break"):
        composed(replace(message(), content=content))
