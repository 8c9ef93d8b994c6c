"""config/call.yaml to a `Call`: every section is checked as far as it can be, whatever is wrong elsewhere."""

from collections.abc import Mapping
from pathlib import Path as File
from zoneinfo import ZoneInfo

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.audience import build_audience, build_columns
from pipeline.config.call.dates import build_dates, read_zone
from pipeline.config.call.names import look_up, written_names
from pipeline.config.call.places import build_places
from pipeline.config.call.schema import CallFile, MessagesSection
from pipeline.config.reading.section import read_section
from pipeline.config.reading.source import Source
from pipeline.config.reading.suggest import did_you_mean
from pipeline.model.call import Call
from pipeline.model.message import Kind
from pipeline.model.text import quote

TEMPLATES = "templates"


def build_call(source: Source, workspace: File, shelf: Mapping[str, Vocabulary]) -> Call | None:
    """Make a call of its file; None where a section is missing or wrong, and then `source` has problems."""
    names = written_names(source.tree)
    file = read_section(CallFile, source) or CallFile()
    lookup = look_up(source, names, file, shelf)
    zone = read_zone(source, file.call.timezone) if file.call else ZoneInfo("UTC")
    columns = build_columns(lookup, file)
    dates = build_dates(source, file.dates, zone) if file.dates else None
    audience = build_audience(lookup, file.audience) if file.audience else None
    places = build_places(lookup, file.places, zone) if file.places else None
    messages = _messages(source, file.messages, workspace) if file.messages else None
    if file.call is None or dates is None or audience is None or places is None or messages is None:
        return None
    return Call(
        id=file.call.id,
        title=file.call.title,
        zone=zone,
        dates=dates,
        columns=columns,
        audience=audience,
        places=places,
        messages=messages,
        reply_to=file.call.reply_to,
        facts=file.call.facts,
    )


def _messages(source: Source, section: MessagesSection, workspace: File) -> Mapping[Kind, str]:
    """Return the template of each kind of message, noting those that are not in the folder."""
    named = {kind: getattr(section, kind.value) for kind in Kind}
    messages = {kind: name for kind, name in named.items() if name is not None}
    there = _templates(workspace)
    for kind, name in messages.items():
        if name not in there:
            what = f"there is no file {quote(name)} in {TEMPLATES}/"
            next_step = did_you_mean(name, there, "Write the name of a file in that folder, without a path.")
            source.add(("messages", kind.value), what, next_step)
    return messages


def _templates(workspace: File) -> tuple[str, ...]:
    folder = workspace / TEMPLATES
    return tuple(sorted(file.name for file in folder.iterdir() if file.is_file())) if folder.is_dir() else ()
