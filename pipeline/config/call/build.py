"""config/call.yaml to a `Call`: every section is checked as far as it can be, whatever is wrong elsewhere."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.audience import build_audience, build_columns
from pipeline.config.call.dates import build_dates, read_zone
from pipeline.config.call.languages import build_languages
from pipeline.config.call.layouts import read_layout
from pipeline.config.call.letters_schema import APPROVE, AUTOMATIC, DEFAULT, Sending, Settle
from pipeline.config.call.messages import read_messages, written_kinds
from pipeline.config.call.names import look_up, written_names
from pipeline.config.call.offers import build_offers
from pipeline.config.call.places import build_places
from pipeline.config.call.replies import build_replies
from pipeline.config.call.schema import CalendarSection, CallSection
from pipeline.config.reading.file import ConfigFile
from pipeline.model.appointment import CalendarSettings
from pipeline.model.call import Call
from pipeline.model.kinds import KINDS, Kind, sort_of

SECTIONS = (
    *("call", "dates", "layout", "columns", "header_row", "own_columns", "no_response"),
    *("timestamp_formats", "timestamp_language", "timestamp_timezone"),
    *("vocabulary", "audience", "places", "messages", "send", "settle_minutes", "languages", "replies"),
    *("calendar", "offers"),
)


def read_call(file: ConfigFile, workspace: Path, shelf: Mapping[str, Vocabulary]) -> Call | None:
    """Make a call of its file; None where a section is missing or wrong, and then `file` has problems."""
    if file.top is None:
        return None
    names = written_names(file)
    file.know(*SECTIONS)
    head = file.read("call", CallSection)
    zone = read_zone(file, head.timezone) if head else ZoneInfo("UTC")
    layout = read_layout(file)
    lookup = look_up(file, names, shelf, layout.questions)
    columns = build_columns(lookup, layout)
    dates = build_dates(file, zone)
    audience = build_audience(lookup)
    places = build_places(lookup, zone)
    languages = build_languages(file, lookup)
    messages = read_messages(file, workspace, languages, dates, zone)
    calendar = file.read("calendar", CalendarSection, usual=CalendarSection())
    approve, settle = _approve(file), file.read("settle_minutes", Settle, usual=timedelta())
    offers = build_offers(lookup)
    if not (head and dates and audience and places and messages):
        return None
    return Call(
        id=head.id,
        title=head.title,
        zone=zone,
        dates=dates,
        columns=columns,
        audience=audience,
        places=places,
        messages=messages.templates,
        reply_to=head.reply_to,
        facts=head.facts,
        approve=approve & messages.templates.keys(),
        settle=settle,
        languages=languages,
        replies=build_replies(file),
        occasions=messages.occasions,
        attachments=messages.attachments,
        copies=messages.copies,
        calendar=CalendarSettings(calendar.entries != "none", calendar.remind),
        cancelled=head.cancelled,
        offers=offers,
    )


def _approve(file: ConfigFile) -> frozenset[Kind]:
    """Return the kinds of message that wait for a person."""
    kinds = dict.fromkeys((*KINDS, *map(Kind, written_kinds(file))))
    modes = file.read("send", Sending, (DEFAULT, *kinds), usual={})
    usual = modes.get(DEFAULT, AUTOMATIC)
    return frozenset(kind for kind in kinds if sort_of(kind).asks or modes.get(kind, usual) == APPROVE)
