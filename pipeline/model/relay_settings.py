"""Where mail leaves, in `config/service.yaml`: the outbox, or a relay and how to log in there."""

from dataclasses import field
from typing import Annotated

from pydantic import AfterValidator

from pipeline.model.address import is_loopback
from pipeline.model.fields import (
    Address,
    Around,
    FilledText,
    InWorkspace,
    KnownFile,
    Line,
    MaybeLine,
    SecretFile,
    Text,
    among,
    matching,
    number,
)
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, Written, adapter, choose, key, made, read_chosen
from pipeline.model.refusals import refusal_at

_ID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_TENANT = rf"{_ID}|([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+"

_SECONDS = number(1, 3600, float)


@dataclass(frozen=True, slots=True)
class OutboxSettings(Keys):
    """The embedded mailbox: a Maildir that needs no server."""

    path: InWorkspace


@dataclass(frozen=True, slots=True)
class Password(Keys):
    """Login with user name and password."""

    username: MaybeLine
    secret: Annotated[Text, key("password")] = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoogleToken(Keys):
    """XOAUTH2 at Google: a service account with domain-wide delegation speaks for the mailbox `user`."""

    key_file: SecretFile
    user: Address


@dataclass(frozen=True, slots=True)
class MicrosoftToken(Keys):
    """XOAUTH2 at Microsoft 365: a registered application with SMTP.SendAsApp speaks for the mailbox `user`."""

    tenant: Annotated[Line, matching(_TENANT, "the directory's id, or a domain of its own")]
    client_id: Annotated[Line, matching(_ID, "the application's id (8-4-4-4-12 digits and letters a to f)")]
    client_secret: FilledText = field(repr=False)
    user: Address


Login = Password | GoogleToken | MicrosoftToken | None
_BY_PASSWORD = ("username", "password")
_TOKENS = {"google": GoogleToken, "microsoft": MicrosoftToken}
_LOGINS = {"none": (), "password": _BY_PASSWORD, **{kind: (kind,) for kind in _TOKENS}}


def _login(written: Written, around: Around) -> Login:
    """Take the login out of the keys of a relay; without the key `login`, by password where one is given."""
    if "login" not in written:
        for idle in (kind for kind in _TOKENS if kind in written):
            what = f"“{idle}” is given, but no “login” chooses it"
            raise refusal_at(idle, what, f"Add a line “login: {idle}”, or remove “{idle}”.")
        return _password(written, around)
    word = choose(written, "login", _LOGINS, around)
    if word in _TOKENS:
        token: Login = read_chosen(_TOKENS[word], written, word, ("smtp", "login"), around)
        return token
    login = _password(written, around)
    if word == "password" and not login:
        what = "“login” is password, but “username” and “password” are empty"
        next_step = "Give both, or write “login: none” for a relay that wants none."
        raise refusal_at("login", what, next_step, _BY_PASSWORD)
    return login


def _password(written: Written, around: Around) -> Password | None:
    given = {name: written.pop(name, "") for name in _BY_PASSWORD}
    found: Password = adapter(Password).validate_python(given, context=around)
    if bool(found.username) != bool(found.secret):
        there, other = _BY_PASSWORD if found.username else reversed(_BY_PASSWORD)
        what = f"“{there}” is given, but “{other}” is empty"
        raise refusal_at(there, what, "Give both, or none for a relay that wants no login.", _BY_PASSWORD)
    return found if found.username else None


@dataclass(frozen=True, slots=True)
class SmtpSettings(Keys):
    """A mail relay. `security` is `starttls`, `tls` or `none`; times are in seconds.

    `none` is for this machine only, unless a person insists (`unencrypted: accepted`) and nothing logs in.

    `timeout` bounds every wait but one: the reply to the final dot, `dot_timeout` (RFC 5321, 4.5.3.2.6).
    """

    also = ("login", *_BY_PASSWORD, *_TOKENS)

    host: Line
    port: Annotated[int, number(1, 65535)]
    security: Annotated[Line, among("starttls", "tls", "none")] = "starttls"
    login: Annotated[Login, made] = None
    timeout: Annotated[float, _SECONDS, key("timeout_seconds")] = 60.0
    dot_timeout: Annotated[float, _SECONDS, key("dot_timeout_seconds")] = 600.0
    ca_file: KnownFile = ""
    unencrypted: Annotated[Line, among("refused", "accepted")] = "refused"

    @classmethod
    def arranged(cls, written: Written, around: Around) -> Written:
        return {**written, "login": _login(written, around)}


def _is_safe(relay: SmtpSettings) -> SmtpSettings:
    if relay.security != "none" or is_loopback(relay.host):
        return relay
    if relay.unencrypted == "refused":
        what = "without encryption the relay must be on this machine (localhost), and “host” is not"
        raise refusal_at("security", what, "Write starttls or tls.")
    if relay.login:
        what = "a login would be sent without encryption to another machine"
        raise refusal_at("security", what, "Write starttls or tls, or use a relay that wants no login.")
    return relay


WAYS = {"outbox": OutboxSettings, "smtp": Annotated[SmtpSettings, AfterValidator(_is_safe)]}
