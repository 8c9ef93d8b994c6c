"""The section `mail` of config/service.yaml to `MailSettings`: kind, login and preset chosen, and checked."""

from collections.abc import Mapping
from datetime import timedelta
from os import R_OK, access
from pathlib import Path as File
from stat import S_ISREG

from pipeline.config.reading.environment import filled
from pipeline.config.reading.source import Source
from pipeline.config.reading.tree import Block, Path, cut_all, value_at
from pipeline.config.service.mail_schema import MailSection, RateSection, SmtpSection
from pipeline.config.service.presets import PRESETS, Preset
from pipeline.model.settings import (
    GoogleToken,
    Login,
    MailSettings,
    MicrosoftToken,
    OutboxSettings,
    Password,
    Rate,
    Sender,
    SmtpSettings,
    is_loopback,
)

_KINDS = ("outbox", "smtp")
_TOKENS = ("google", "microsoft")
_BY_PASSWORD = ("username", "password")
_SMTP: Path = ("mail", "smtp")
_NO_PRESET = Preset(Rate(), port=0)


def choose_mail(source: Source, environ: Mapping[str, str]) -> None:
    """Cut the kinds of mail and of login that are not chosen out of the tree, before anything is filled in.

    So only what is used must be right, and only its `${NAME}` be set.
    """
    mail = value_at(source.tree, ("mail",))
    if isinstance(mail, Block):
        chosen = _chosen(mail.get("kind"), environ)
        _demand(source, ("mail",), "kind", chosen if chosen in _KINDS else "")
        cut_all(source.tree, [("mail", other) for other in _KINDS if other != chosen])
        _choose_login(source, environ)


def _choose_login(source: Source, environ: Mapping[str, str]) -> None:
    smtp = value_at(source.tree, _SMTP)
    if not isinstance(smtp, Block):
        return
    written = smtp.get("login")
    if written is None:
        for idle in (kind for kind in _TOKENS if smtp.get(kind) is not None):
            what = f"“{idle}” is given, but no “login” chooses it"
            source.add((*_SMTP, idle), what, f"Add a line “login: {idle}”, or remove “{idle}”.")
    chosen = _chosen(written, environ) if written is not None else "password"
    _demand(source, _SMTP, "login", chosen if chosen in _TOKENS else "")
    idle_keys = [kind for kind in _TOKENS if kind != chosen]
    idle_keys += [] if chosen == "password" else _BY_PASSWORD
    cut_all(source.tree, [(*_SMTP, key) for key in idle_keys])


def _chosen(value: object, environ: Mapping[str, str]) -> str:
    return filled(value, environ).strip() if isinstance(value, str) else ""


def _demand(source: Source, around: Path, by: str, chosen: str) -> None:
    """Note that the section `chosen` is missing though the key `by` chooses it; empty: it needs none."""
    where: Path = (*around, chosen)
    if chosen and value_at(source.tree, where) is None and where not in source.lacking:
        what = f"“{chosen}” is missing in “{around[-1]}”, though “{by}” chooses it"
        source.add(where, what, f"Add the section “{chosen}”; the example shows how.")


def build_mail(source: Source, section: MailSection, workspace: File) -> MailSettings | None:
    """Make the settings; None where the chosen kind of mail is missing. Problems are noted in `source`."""
    transport: SmtpSettings | OutboxSettings | None = None
    if section.smtp:
        transport = _smtp(source, section.smtp, _preset(section.rate), workspace)
    elif section.outbox:
        transport = OutboxSettings(workspace.absolute() / section.outbox.path)
    if transport is None:
        return None
    return MailSettings(
        sender=Sender(section.sender.address, section.sender.name),
        transport=transport,
        rate=_rate(section.rate),
        retry_after=timedelta(minutes=section.retry_after_minutes),
        give_up_after=timedelta(days=section.give_up_after_days),
    )


def _preset(section: RateSection) -> Preset:
    return PRESETS[section.preset] if section.preset else _NO_PRESET


def _rate(section: RateSection) -> Rate:
    usual = _preset(section).rate
    return Rate(
        per_minute=section.messages_per_minute or usual.per_minute,
        per_connection=section.messages_per_connection or usual.per_connection,
        per_day=section.messages_per_day or usual.per_day,
        connections=section.connections or usual.connections,
    )


def _smtp(source: Source, section: SmtpSection, preset: Preset, workspace: File) -> SmtpSettings:
    security = section.security or preset.security
    # Another kind of encryption has another port, which the preset does not know.
    port = section.port or (preset.port if security == preset.security else 0)
    host = section.host or preset.host
    _check_address(source, host, port, security)
    ca_file = workspace.absolute() / section.ca_file if section.ca_file else None
    if ca_file and _rights(ca_file) is None:
        source.add((*_SMTP, "ca_file"), "“ca_file” does not exist", "Correct the path, or leave it empty.")
    return SmtpSettings(
        host=host,
        port=port,
        security=security,
        login=_login(source, section, workspace),
        timeout=float(section.timeout_seconds),
        dot_timeout=float(section.dot_timeout_seconds),
        ca_file=str(ca_file or ""),
    )


def _check_address(source: Source, host: str, port: int, security: str) -> None:
    for key, value in (("host", host), ("port", port)):
        if not value and (*_SMTP, key) not in source.lacking:
            source.add((*_SMTP, key), f"“{key}” is missing in “smtp”", f"Add a line “{key}: …”.")
    if host and security == "none" and not is_loopback(host):
        what = "without encryption the relay must be on this machine (localhost), and “host” is not"
        source.add((*_SMTP, "security"), what, "Write starttls or tls.")


def _login(source: Source, section: SmtpSection, workspace: File) -> Login:
    if section.google:
        key_file = workspace.absolute() / section.google.key_file
        _check_key_file(source, key_file)
        return GoogleToken(key_file, section.google.user)
    if section.microsoft:
        given = section.microsoft
        return MicrosoftToken(given.tenant, given.client_id, given.client_secret, given.user)
    _check_password(source, section)
    return Password(section.username, section.password) if section.username else None


def _check_password(source: Source, section: SmtpSection) -> None:
    if any(path[:2] == _SMTP for path in source.lacking):
        return
    if bool(section.username) != bool(section.password):
        given, other = _BY_PASSWORD if section.username else reversed(_BY_PASSWORD)
        what = f"“{given}” is given, but “{other}” is empty"
        source.add((*_SMTP, given), what, "Give both, or none for a relay that wants no login.")
    elif section.login == "password" and not section.username:
        what = "“login” is password, but “username” and “password” are empty"
        source.add((*_SMTP, "login"), what, "Give both, or write “login: none” for a relay that wants none.")


def _check_key_file(source: Source, path: File) -> None:
    """Note a key that is not there, or that others than its owner may read: it is as good as a password."""
    where: Path = (*_SMTP, "google", "key_file")
    rights = _rights(path)
    if rights is None:
        source.add(where, "“key_file” does not exist", "Correct the path, or put the file there.")
    elif rights & 0o077:
        source.add(where, "“key_file” is open to others than its owner", "Close it: chmod 600 and its name.")
    elif not access(path, R_OK):
        source.add(where, "“key_file” may not be read", "Give it to the user that runs Convene: chown.")


def _rights(path: File) -> int | None:
    """Return the permission bits of a file; None where there is none, whatever the reason."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: no name of a file at all
        return None
    return mode & 0o777 if S_ISREG(mode) else None
