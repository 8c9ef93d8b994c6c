"""What well-known relays allow and where they are: numbers for `mail.rate`, and defaults for `mail.smtp`.

Providers change these numbers. Each key under `mail.rate`, and each under `mail.smtp`, overrides its preset.
"""

from collections.abc import Mapping
from typing import Annotated

from pipeline.model.fields import Around, Line, Plain, among
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Written, adapter

MOST_CONNECTIONS = 4
"""No more at once, whatever the relay. The only provider that names a number, Microsoft 365, allows 3."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One relay, as the keys that could be written: its limits, and where it is if that is the same for everybody."""

    rate: Mapping[str, int]
    host: str = ""
    port: int = 587
    security: str = "starttls"


# Google, "Gmail sending limits in Google Workspace" (support.google.com/a/answer/166852): recipients in any
# 24 hours. Read through secondary pages, not tried.
_GMAIL = Preset({"messages_per_day": 500}, "smtp.gmail.com")
_WORKSPACE = Preset({"messages_per_day": 2_000}, "smtp.gmail.com")

# Google, "Route outgoing SMTP relay messages" (support.google.com/a/answer/2956491): a user a day; peaks are
# told by 450 4.2.1 and have no published number. Read through secondary pages, not tried.
_GOOGLE_RELAY = Preset({"messages_per_day": 10_000}, "smtp-relay.gmail.com")

# Microsoft, "Improvements to SMTP submission" (MicrosoftDocs/SupportArticles-docs,
# smtp-submission-improvements.md): 3 connections at once, 30 messages a minute, 10,000 recipients a day.
_MICROSOFT = Preset(
    {"messages_per_minute": 30, "messages_per_day": 10_000, "connections": 3},
    "smtp.office365.com",
)

# Amazon, "Service quotas in Amazon SES": every account has its own, shown under "Account dashboard". This is
# what a new one has (the sandbox, in which only verified people can be written to); more must be asked for,
# and then `messages_per_day` be set. The host has the account's region in it.
_AMAZON = Preset({"messages_per_minute": 60, "messages_per_day": 200})

PRESETS: Mapping[str, Preset] = {
    "gmail": _GMAIL,
    "google_workspace": _WORKSPACE,
    "google_relay": _GOOGLE_RELAY,
    "microsoft365": _MICROSOFT,
    "amazon_ses": _AMAZON,
}

PresetName = Annotated[Line, among(*PRESETS)]


def with_preset(mail: Written, around: Around) -> Written:
    """Return the keys of `mail` with those of its preset; what is written beats the preset."""
    rate, smtp = mail.get("rate"), mail.get("smtp")
    if not isinstance(rate, dict) or rate.get("preset") is None:
        return mail
    named = {"rate": {"preset": rate["preset"]}}
    name = adapter(dict[str, dict[str, PresetName]]).validate_python(named, context=around)["rate"]["preset"]
    preset = PRESETS[name]
    usual = {name: Plain(number) for name, number in preset.rate.items()}
    filled = {**mail, "rate": _beaten(usual, rate)}
    return {**filled, "smtp": _beaten(_place(preset, smtp), smtp)} if isinstance(smtp, dict) else filled


def _place(preset: Preset, smtp: Written) -> Written:
    place = (
        {"host": preset.host, "security": preset.security} if preset.host else {"security": preset.security}
    )
    # Another kind of encryption has another port, which the preset does not know.
    if (smtp.get("security") or preset.security) != preset.security:
        return place
    return {**place, "port": Plain(preset.port)}


def _beaten(usual: Written, written: Written) -> Written:
    return {**usual, **{name: value for name, value in written.items() if value is not None}}
