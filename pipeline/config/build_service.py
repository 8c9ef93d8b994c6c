"""config/service.yaml to a `Service`: environment filled in, paths absolute, the chosen kinds checked."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path as File

from pipeline.config.environment import fill_in, filled
from pipeline.config.section import read_section
from pipeline.config.service_schema import LimitsSection, MailSection, ServiceFile, SheetSection, SmtpSection
from pipeline.config.source import Source
from pipeline.config.tree import Block, Path, cut_all, value_at
from pipeline.service import (
    Limits,
    MailSettings,
    OutboxSettings,
    Sender,
    Service,
    SmtpSettings,
    WorkbookSettings,
    is_loopback,
)

_KINDS = ("outbox", "smtp")


def build_service(source: Source, workspace: File, environ: Mapping[str, str]) -> Service | None:
    """Make a service of its file; None where a section is missing or wrong, and then `source` has problems.

    Only the section of the chosen kind of mail is looked at, so only its `${NAME}` must be set.
    """
    _choose_mail(source, environ)
    fill_in(source, environ)
    file = read_section(ServiceFile, source) or ServiceFile()
    sheet = _sheet(source, file.sheet, workspace) if file.sheet else None
    mail = _mail(source, file.mail, workspace) if file.mail else None
    times = tuple(sorted(set(file.schedule.at)))
    if sheet is None or mail is None:
        return None
    return Service(sheet, mail, _limits(file.limits), times)


def _choose_mail(source: Source, environ: Mapping[str, str]) -> None:
    mail = value_at(source.tree, ("mail",))
    if not isinstance(mail, Block):
        return
    kind = mail.get("kind")
    chosen = filled(kind, environ) if isinstance(kind, str) else ""
    if chosen in _KINDS and mail.get(chosen) is None:
        what = f"“{chosen}” is missing in “mail”, though “kind” chooses it"
        source.add(("mail", chosen), what, f"Add the section “{chosen}”; the example shows how.")
    cut_all(source.tree, [("mail", other) for other in _KINDS if other != chosen])


def _sheet(source: Source, section: SheetSection, workspace: File) -> WorkbookSettings:
    if not section.path.lower().endswith(".xlsx"):
        source.add(
            ("sheet", "path"), "“path” is not the name of an .xlsx workbook", "Save the sheet as .xlsx."
        )
    return WorkbookSettings(workspace.absolute() / section.path, section.tab)


def _mail(source: Source, section: MailSection, workspace: File) -> MailSettings | None:
    transport: SmtpSettings | OutboxSettings | None = None
    if section.smtp:
        _check_smtp(source, section.smtp)
        transport = _smtp(source, section.smtp, workspace)
    elif section.outbox:
        transport = OutboxSettings(workspace.absolute() / section.outbox.path)
    if transport is None:
        return None
    return MailSettings(
        sender=Sender(section.sender.address, section.sender.name),
        transport=transport,
        retry_after=timedelta(minutes=section.retry_after_minutes),
        give_up_after=timedelta(days=section.give_up_after_days),
    )


def _smtp(source: Source, section: SmtpSection, workspace: File) -> SmtpSettings:
    ca_file = workspace.absolute() / section.ca_file if section.ca_file else None
    if ca_file and not ca_file.is_file():
        source.add(
            ("mail", "smtp", "ca_file"), "“ca_file” does not exist", "Correct the path, or leave it empty."
        )
    return SmtpSettings(
        host=section.host,
        port=section.port,
        security=section.security,
        username=section.username,
        password=section.password,
        timeout=float(section.timeout_seconds),
        dot_timeout=float(section.dot_timeout_seconds),
        ca_file=str(ca_file or ""),
    )


def _check_smtp(source: Source, section: SmtpSection) -> None:
    here: Path = ("mail", "smtp")
    if section.security == "none" and not is_loopback(section.host):
        what = "without encryption the relay must be on this machine (localhost), and “host” is not"
        source.add((*here, "security"), what, "Write starttls or tls.")
    if bool(section.username) != bool(section.password) and not any(
        path[:2] == here for path in source.lacking
    ):
        given, other = ("username", "password") if section.username else ("password", "username")
        what = f"“{given}” is given, but “{other}” is empty"
        source.add((*here, given), what, "Give both, or none for a relay that wants no login.")


def _limits(section: LimitsSection) -> Limits:
    return Limits(
        messages_per_run=section.messages_per_run,
        rows_may_shrink=section.rows_may_shrink_percent / 100,
        read_again_after=timedelta(minutes=section.read_again_after_minutes),
    )
