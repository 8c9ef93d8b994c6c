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
from pipeline.config.call.names import look_up, written_names
from pipeline.config.call.places import build_places
from pipeline.config.call.replies import build_replies
from pipeline.config.call.schema import (
    APPROVE,
    AUTOMATIC,
    DEFAULT,
    CallSection,
    MessagesSection,
    Sending,
    Settle,
)
from pipeline.config.reading.file import ConfigFile
from pipeline.model.call import Call
from pipeline.model.languages import Languages, translated
from pipeline.model.message import Kind
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote

SECTIONS = (
    *("call", "dates", "layout", "columns", "header_row", "own_columns", "no_response"),
    *("timestamp_formats", "timestamp_language", "timestamp_timezone"),
    *("vocabulary", "audience", "places", "messages", "send", "settle_minutes", "languages", "replies"),
)
TEMPLATES = "templates"


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
    messages = _messages(file, workspace, languages)
    approve, settle = _approve(file), file.read("settle_minutes", Settle, usual=timedelta())
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
        messages=messages,
        reply_to=head.reply_to,
        facts=head.facts,
        approve=approve & messages.keys(),
        settle=settle,
        languages=languages,
        replies=build_replies(file),
    )


def _approve(file: ConfigFile) -> frozenset[Kind]:
    """Return the kinds of message that wait for a person."""
    modes = file.read("send", Sending, usual={})
    usual = modes.get(DEFAULT, AUTOMATIC)
    return frozenset(kind for kind in Kind if modes.get(kind, usual) == APPROVE)


def _messages(file: ConfigFile, workspace: Path, languages: Languages) -> Mapping[Kind, str]:
    """Return the template of each kind of message, noting those that are not in the folder; none of a wrong section."""
    section = file.read("messages", MessagesSection)
    if section is None:
        return {}
    named = {kind: getattr(section, kind.value) for kind in Kind}
    messages = {kind: name for kind, name in named.items() if name is not None}
    there = _templates(workspace)
    for kind, name in messages.items():
        if name not in there and translated(name, languages.default) not in there:
            what = f"there is no file {quote(name)} in {TEMPLATES}/"
            next_step = did_you_mean(name, there, "Write the name of a file in that folder, without a path.")
            file.add(("messages", kind.value), what, next_step)
    return messages


def _templates(workspace: Path) -> tuple[str, ...]:
    folder = workspace / TEMPLATES
    return tuple(sorted(file.name for file in folder.iterdir() if file.is_file())) if folder.is_dir() else ()
