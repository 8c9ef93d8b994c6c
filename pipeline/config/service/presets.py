"""What well-known relays allow and where they are: numbers for `mail.rate`, and defaults for `mail.smtp`.

Providers change these numbers. Each key under `mail.rate`, and each under `mail.smtp`, overrides its preset.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.settings import Rate

MOST_CONNECTIONS = 3
"""No more at once, whatever the relay: what Microsoft 365, the only provider that names a number, allows."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One relay: its limits, and its address as far as it is the same for everybody (`host` may be empty)."""

    rate: Rate
    host: str = ""
    port: int = 587
    security: str = "starttls"


# Google, "Gmail sending limits in Google Workspace" (support.google.com/a/answer/166852): recipients in any
# 24 hours. Read through secondary pages, not tried.
_GMAIL = Preset(Rate(per_day=500), "smtp.gmail.com")
_WORKSPACE = Preset(Rate(per_day=2_000), "smtp.gmail.com")

# Google, "Route outgoing SMTP relay messages" (support.google.com/a/answer/2956491): a user a day; peaks are
# told by 450 4.2.1 and have no published number. Read through secondary pages, not tried.
_GOOGLE_RELAY = Preset(Rate(per_day=10_000), "smtp-relay.gmail.com")

# Microsoft, "Improvements to SMTP submission" (MicrosoftDocs/SupportArticles-docs,
# smtp-submission-improvements.md): 3 connections at once, 30 messages a minute, 10,000 recipients a day.
_MICROSOFT = Preset(
    Rate(per_minute=30, per_day=10_000, connections=MOST_CONNECTIONS),
    "smtp.office365.com",
)

# Amazon, "Service quotas in Amazon SES": every account has its own, shown under "Account dashboard". This is
# what a new one has (the sandbox, in which only verified people can be written to); more must be asked for,
# and then `messages_per_day` be set. The host has the account's region in it.
_AMAZON = Preset(Rate(per_minute=60, per_day=200))

PRESETS: Mapping[str, Preset] = {
    "gmail": _GMAIL,
    "google_workspace": _WORKSPACE,
    "google_relay": _GOOGLE_RELAY,
    "microsoft365": _MICROSOFT,
    "amazon_ses": _AMAZON,
}
