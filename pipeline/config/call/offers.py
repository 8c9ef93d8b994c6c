"""How offers are answered: `dates.reply_within` and the section `offers`."""

from datetime import timedelta

from pipeline.audience.combined import Not
from pipeline.audience.conditions import Empty
from pipeline.config.call.conditions import read_condition
from pipeline.config.call.names import Lookup
from pipeline.config.call.schema import Days, OffersSection
from pipeline.config.reading.file import ConfigFile
from pipeline.model.kinds import Kind
from pipeline.model.offers import Offers, Silence
from pipeline.model.rules import Condition


def build_offers(lookup: Lookup) -> Offers:
    """Make what a call says of its offers, noting a reminder that would come before the offer."""
    file = lookup.file
    section = file.read("offers", OffersSection, usual=OffersSection())
    within = _within(file)
    if within and section.remind_before >= within and file.value(("messages", Kind.REPLY_REMINDER)):
        what = "offers would be answered within the days that the reminder comes before"
        path = (
            ("offers", "remind_before")
            if file.value(("offers", "remind_before"))
            else ("dates", "reply_within")
        )
        file.add(path, what, "Let `remind_before` be shorter than `reply_within`.")
    return Offers(
        within,
        section.reply_before_start,
        section.remind_before,
        Silence(section.on_silence),
        _requires(lookup, section.confirm_requires),
    )


def _within(file: ConfigFile) -> timedelta | None:
    """Return how long an answer may take; what is wrong with it is noted where the dates are read."""
    from pipeline.model.keys import adapter

    written = file.value(("dates", "reply_within"))
    return adapter(Days).validate_python(written) if written else None


def _requires(lookup: Lookup, written: object) -> Condition | None:
    path = ("offers", "confirm_requires")
    if isinstance(written, str):
        lookup.check_key(path, written)
        return Not(Empty(written))
    return read_condition(lookup, path, written) if written is not None else None  # type: ignore[arg-type]  # a condition
