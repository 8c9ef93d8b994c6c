"""The shape of config/service.yaml: which keys there are and what each may hold."""

from typing import Annotated, ClassVar

from pydantic import Field

from pipeline.config.fields import Address, ClockTime, Count, Line, Many, MaybeLine, Number, Secret, among
from pipeline.config.section import Section


class SheetSection(Section):
    """Where the responses are."""

    kind: Annotated[Line, among("workbook")]
    path: Line
    tab: MaybeLine = ""


class SenderSection(Section):
    """Whose mail it is."""

    address: Address
    name: MaybeLine = ""


class OutboxSection(Section):
    """The mailbox on this machine."""

    path: Line


class SmtpSection(Section):
    """The mail relay; times are in seconds."""

    host: Line
    port: Annotated[Count, Field(le=65535)]
    security: Annotated[Line, among("starttls", "tls", "none")] = "starttls"
    username: MaybeLine = ""
    password: Secret = ""
    timeout_seconds: Annotated[Count, Field(le=3600)] = 60
    dot_timeout_seconds: Annotated[Count, Field(le=3600)] = 600
    ca_file: MaybeLine = ""


class MailSection(Section):
    """How mail leaves; only the settings of the chosen kind are here."""

    sender: Annotated[SenderSection, Field(alias="from")]
    kind: Annotated[Line, among("outbox", "smtp")]
    outbox: OutboxSection | None = None
    smtp: SmtpSection | None = None
    retry_after_minutes: Annotated[Count, Field(le=10080)] = 30
    give_up_after_days: Annotated[Count, Field(le=60)] = 5


class ScheduleSection(Section):
    """When Convene runs by itself, on the clock of the call's zone."""

    at: Many[ClockTime] = ()


class LimitsSection(Section):
    """What a run may do before it asks a person."""

    messages_per_run: Count = 250
    rows_may_shrink_percent: Annotated[Number, Field(le=100)] = 20
    read_again_after_minutes: Annotated[Count, Field(le=1440)] = 5


class ServiceFile(Section):
    """The whole file; a section that is missing or wrong is None, so that the others can be checked."""

    required: ClassVar[tuple[str, ...]] = ("sheet", "mail")

    sheet: SheetSection | None = None
    mail: MailSection | None = None
    schedule: ScheduleSection = ScheduleSection()
    limits: LimitsSection = LimitsSection()
