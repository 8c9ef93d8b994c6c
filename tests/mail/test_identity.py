"""SPF, DKIM and DMARC, against a name server on this machine and without one."""

import socketserver
from collections.abc import Iterator, Mapping
from threading import Thread
from typing import Any

import dns.message
import dns.rcode
import dns.rrset
import pytest

from pipeline.mail.dns import Dns, NotLookedUp
from pipeline.mail.identity import Identity, look_up_identity

KEY = "v=DKIM1; k=rsa; p=MIIBIjANBg"
ZONE: Mapping[str, tuple[str, ...]] = {
    "good.example": ('"some=thing"', '"v=spf1 include:_spf.google.com" " ~all"'),
    "google._domainkey.good.example": (f'"{KEY}"',),
    "_dmarc.good.example": ('"v=DMARC1; p=reject; rua=mailto:d@good.example"',),
    "mail.good.example": ('"V=SPF1 redirect=good.example"',),
    "bare.example": (),
    "twice.example": ('"v=spf1 -all"', '"v=spf1 ~all"'),
    "open.example": ('"v=spf1 +all"',),
    "other.example": ('"v=spf1 ip4:192.0.2.1 -all"',),
    "google._domainkey.other.example": ('"v=DKIM1; p="',),
    "_dmarc.other.example": ('"v=spf1 -all"',),
}


class Handler(socketserver.BaseRequestHandler):
    """Answers from the zone; a name that is not in it is not there, and one with “broken” fails."""

    def handle(self) -> None:
        data, socket = self.request
        asked = dns.message.from_wire(data)
        name = asked.question[0].name
        text = name.to_text(omit_final_dot=True)
        answer = dns.message.make_response(asked)
        if "broken" in text:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif text not in ZONE:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif ZONE[text]:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *ZONE[text]))
        socket.sendto(answer.to_wire(), self.client_address)


@pytest.fixture(scope="module")
def names() -> Iterator[Dns]:
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Dns("127.0.0.1", server.server_address[1])
        server.shutdown()


ALIGNED = "envelope and From are both {}, so they align"
NOT_THIS_RELAY = (
    "the SPF record of good.example does not include spf.protection.outlook.com, and so not this relay"
)
ASK = "DKIM not looked up: name its selector in mail.dkim_selector"


@pytest.mark.parametrize(
    ("domain", "more", "found", "faults"),
    [
        (
            "good.example",
            {"preset": "google_workspace"},
            ("SPF", "DKIM (selector google)", "DMARC (p=reject)"),
            (),
        ),
        (
            "mail.good.example",
            {"preset": "google_relay", "selector": "mine"},
            ("SPF", "DMARC (p=reject)"),
            ("no DKIM key at mine._domainkey.mail.good.example",),
        ),
        (
            "good.example",
            {"preset": "microsoft365", "selector": "google"},
            ("DKIM (selector google)", "DMARC (p=reject)"),
            (NOT_THIS_RELAY,),
        ),
        ("bare.example", {}, (ASK,), ("bare.example has no SPF record", "bare.example has no DMARC record")),
        (
            "absent.example",
            {},
            (ASK,),
            ("absent.example has no SPF record", "absent.example has no DMARC record"),
        ),
        (
            "twice.example",
            {},
            (ASK,),
            ("twice.example has 2 SPF records, which counts as none", "twice.example has no DMARC record"),
        ),
        (
            "open.example",
            {},
            (ASK,),
            ("the SPF record of open.example lets anybody send (+all)", "open.example has no DMARC record"),
        ),
        (
            "other.example",
            {"selector": "google"},
            ("SPF",),
            ("no DKIM key at google._domainkey.other.example", "other.example has no DMARC record"),
        ),
    ],
)
def test_what_a_domain_says_of_its_mail(
    names: Dns, domain: str, more: dict[str, Any], found: tuple[str, ...], faults: tuple[str, ...]
) -> None:
    assert look_up_identity(domain, names, **more) == Identity((*found, ALIGNED.format(domain)), faults)


def test_a_relay_with_an_envelope_of_its_own_is_named(names: Dns) -> None:
    found = look_up_identity("good.example", names, "amazon_ses").found
    assert found[-1] == (
        "this relay's envelope is its own: DKIM must be good.example's, or set a MAIL FROM domain there"
    )


def test_without_an_answer_nothing_is_said(names: Dns, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotLookedUp, match=r"no answer about broken.example \(NoNameservers\)"):
        look_up_identity("broken.example", names)
    monkeypatch.setattr("pipeline.mail.dns.LONGEST_WAIT", 0.05)
    with pytest.raises(NotLookedUp, match=r"no answer about good.example \(LifetimeTimeout\)"):
        look_up_identity("good.example", Dns("192.0.2.1"))


def test_a_machine_without_a_name_server_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.resolver

    def refuse(*_: object, **__: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr("dns.resolver.Resolver.__init__", refuse)
    with pytest.raises(NotLookedUp, match="this machine has no name server"):
        Dns().texts("good.example")
