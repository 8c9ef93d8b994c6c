"""config/service.yaml to a `Service`: environment filled in, paths absolute."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path as File

from pipeline.config.reading.environment import fill_in
from pipeline.config.reading.section import read_section
from pipeline.config.reading.source import Source
from pipeline.config.service.mail import build_mail, choose_mail
from pipeline.config.service.schema import LimitsSection, ServiceFile
from pipeline.config.service.sheet import build_sheet
from pipeline.model.settings import Limits, Service


def build_service(source: Source, workspace: File, environ: Mapping[str, str]) -> Service | None:
    """Make a service of its file; None where a section is missing or wrong, and then `source` has problems.

    Only the section of the chosen kind of mail is looked at, so only its `${NAME}` must be set.
    """
    choose_mail(source, environ)
    fill_in(source, environ)
    file = read_section(ServiceFile, source) or ServiceFile()
    sheet = build_sheet(source, file.sheet, workspace, environ) if file.sheet else None
    mail = build_mail(source, file.mail, workspace) if file.mail else None
    times = tuple(sorted(set(file.schedule.at)))
    if sheet is None or mail is None:
        return None
    return Service(sheet, mail, _limits(file.limits), times)


def _limits(section: LimitsSection) -> Limits:
    return Limits(
        messages_per_run=section.messages_per_run,
        rows_may_shrink=section.rows_may_shrink_percent / 100,
        read_again_after=timedelta(minutes=section.read_again_after_minutes),
        doubts_per_run=section.doubts_per_run,
    )
