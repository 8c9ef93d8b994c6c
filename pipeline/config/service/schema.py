"""The shape of config/service.yaml: which keys there are and what each may hold (`mail`: see mail_schema)."""

from typing import Annotated, ClassVar

from pydantic import Field

from pipeline.config.reading.fields import ClockTime, Count, Line, Many, MaybeLine, Number, among
from pipeline.config.reading.section import Section
from pipeline.config.service.mail_schema import MailSection


class SheetSection(Section):
    """Where the responses are: what the chosen kind of sheet needs must be there, the rest may."""

    kind: Annotated[Line, among("workbook", "google")]
    path: Line | None = None
    tab: MaybeLine = ""
    spreadsheet: Line | None = None
    key_file: Line | None = None
    timeout_seconds: Annotated[Count, Field(le=3600)] = 60
    retry_for_minutes: Annotated[Count, Field(le=60)] = 5
    lease_minutes: Annotated[Count, Field(ge=15, le=1440)] = 30


class ScheduleSection(Section):
    """When Convene runs by itself, on the clock of the call's zone."""

    at: Many[ClockTime] = ()


class LimitsSection(Section):
    """What a run may do before it asks a person."""

    messages_per_run: Count = 250
    rows_may_shrink_percent: Annotated[Number, Field(le=100)] = 20
    read_again_after_minutes: Annotated[Count, Field(le=1440)] = 5
    doubts_per_run: Count = 3


class ServiceFile(Section):
    """The whole file; a section that is missing or wrong is None, so that the others can be checked."""

    required: ClassVar[tuple[str, ...]] = ("sheet", "mail")

    sheet: SheetSection | None = None
    mail: MailSection | None = None
    schedule: ScheduleSection = ScheduleSection()
    limits: LimitsSection = LimitsSection()
