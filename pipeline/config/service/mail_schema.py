"""The shape of the section `mail` of config/service.yaml: which keys there are and what each may hold."""

from typing import Annotated

from pydantic import Field

from pipeline.config.reading.fields import Address, Count, Line, MaybeLine, Secret, Text, among, matching
from pipeline.config.reading.section import Section
from pipeline.config.service.presets import MOST_CONNECTIONS, PRESETS

_ID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
Tenant = Annotated[
    Line, matching(rf"{_ID}|([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", "the directory's id, or a domain of its own")
]
ClientId = Annotated[Line, matching(_ID, "the application's id (8-4-4-4-12 digits and letters a to f)")]


class SenderSection(Section):
    """Whose mail it is."""

    address: Address
    name: MaybeLine = ""


class OutboxSection(Section):
    """The mailbox on this machine."""

    path: Line


class GoogleSection(Section):
    """Login by token at Google."""

    key_file: Line
    user: Address


class MicrosoftSection(Section):
    """Login by token at Microsoft 365."""

    tenant: Tenant
    client_id: ClientId
    client_secret: Text
    user: Address


class SmtpSection(Section):
    """The mail relay; times are in seconds. What is None is taken from the preset; only its login is here."""

    host: Line | None = None
    port: Annotated[Count, Field(le=65535)] | None = None
    security: Annotated[Line, among("starttls", "tls", "none")] | None = None
    login: Annotated[Line, among("none", "password", "google", "microsoft")] | None = None
    username: MaybeLine = ""
    password: Secret = ""
    google: GoogleSection | None = None
    microsoft: MicrosoftSection | None = None
    timeout_seconds: Annotated[Count, Field(le=3600)] = 60
    dot_timeout_seconds: Annotated[Count, Field(le=3600)] = 600
    ca_file: MaybeLine = ""


class RateSection(Section):
    """What the relay allows; what is None is taken from the preset."""

    preset: Annotated[Line, among(*PRESETS)] | None = None
    messages_per_minute: Count | None = None
    messages_per_connection: Count | None = None
    messages_per_day: Count | None = None
    connections: Annotated[Count, Field(le=MOST_CONNECTIONS)] | None = None


class MailSection(Section):
    """How mail leaves; only the settings of the chosen kind are here."""

    sender: Annotated[SenderSection, Field(alias="from")]
    kind: Annotated[Line, among("outbox", "smtp")]
    outbox: OutboxSection | None = None
    smtp: SmtpSection | None = None
    rate: RateSection = RateSection()
    retry_after_minutes: Annotated[Count, Field(le=10080)] = 30
    give_up_after_days: Annotated[Count, Field(le=60)] = 5
