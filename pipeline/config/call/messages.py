"""The messages of a call: the template of each kind, and what calls for letters that tell no decision."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.config.call.attachments import Attached, find_attachments
from pipeline.config.call.letters_schema import MessageEntry, Messages
from pipeline.config.reading.file import ConfigFile
from pipeline.model.call import Dates
from pipeline.model.frozen import dataclass
from pipeline.model.kinds import KINDS, OWN, OWN_DAY, REACHED, Group, Kind, Occasion, Sort, sort_of, title_of
from pipeline.model.languages import Languages, translated
from pipeline.model.said import words_of
from pipeline.model.suggest import did_you_mean, nearest, unknown_key
from pipeline.model.text import quote
from pipeline.model.written_time import exists, read_time

TEMPLATES = "templates"
NEEDED = (Kind.INVITATION, Kind.WAITING_LIST, Kind.NOT_SELECTED)
"""The kinds that every call sends."""

_COUNTED = re.compile(r"(\d{1,3}) days? (before|after) (\w+)")
_NAMES = ("opens", "deadline", "selection", "reviews_by", "reply_by", "last_offers", "starts", "ends")


@dataclass(frozen=True, slots=True)
class CallMessages:
    """What a call sends: templates by kind, what calls for those that tell no decision, and what goes along."""

    templates: Mapping[Kind, str] = field(default_factory=dict)
    occasions: Mapping[Kind, Occasion] = field(default_factory=dict)
    attachments: Mapping[Kind, Attached] = field(default_factory=dict)
    copies: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.templates)


def written_kinds(file: ConfigFile) -> tuple[str, ...]:
    """Return the names of all kinds that are written, right or wrong."""
    written = file.value(("messages",))
    return tuple(written) if isinstance(written, dict) else ()


def read_messages(
    file: ConfigFile, workspace: Path, languages: Languages, dates: Dates | None, zone: ZoneInfo
) -> CallMessages:
    """Read the section `messages`, noting templates that are not there; nothing of a wrong section."""
    entries: Mapping[str, MessageEntry] = file.read("messages", Messages)
    if entries is None:
        return CallMessages()
    for kind in NEEDED:
        if kind not in entries and ("messages", kind) not in file.lacking:
            what = f"“{kind}” is missing in “messages”"
            file.add(("messages",), what, f"Add a line “{kind}: …”.")
    there = _templates(workspace)
    for name, entry in entries.items():
        if entry.template not in there and translated(entry.template, languages.default) not in there:
            what = f"there is no file {quote(entry.template)} in {TEMPLATES}/"
            next_step = did_you_mean(
                entry.template, there, "Write the name of a file in that folder, without a path."
            )
            file.add(("messages", name), what, next_step)
        if not any(path[:2] == ("messages", name) for path in file.lacking):
            for fault in _misfits(name, entry):
                file.add(("messages", name), *fault)
    return CallMessages(
        {Kind(name): entry.template for name, entry in entries.items()},
        {} if dates is None else dict(_occasions(file, entries, dates, zone)),
        dict(find_attachments(file, workspace, languages, entries)),
        {Kind(name): entry.copy_to for name, entry in entries.items() if entry.copy_to},
    )


def _templates(workspace: Path) -> tuple[str, ...]:
    folder = workspace / TEMPLATES
    return tuple(sorted(file.name for file in folder.iterdir() if file.is_file())) if folder.is_dir() else ()


def _misfits(name: str, entry: MessageEntry) -> Iterator[tuple[str, str]]:
    """Say what cannot be meant: a kind of one's own without an occasion, or an occasion for what has another one."""
    sort, is_own = sort_of(name), name not in KINDS
    if is_own and not (entry.to or entry.at or entry.when):
        known = tuple(KINDS)
        own = f"For one of your own: {name}: {{template: …, to: confirmed, at: …}}."
        next_step = did_you_mean(name, known) if nearest(name, known) else own
        yield f"{unknown_key(name, known)} in “messages”", next_step
    elif is_own and any(title_of(name) in words_of("kind", kind) for kind in KINDS):
        yield f"{quote(name)} is called like a kind of Convene's", "Choose another name."
    elif is_own and bool(entry.when) is bool(entry.to and entry.at):
        yield f"{quote(name)} does not say when it is due", "Write `to` and `at`, or `when`, and not both."
    elif not is_own and (entry.to or entry.when or (entry.at and sort.at in {"", OWN_DAY})):
        yield (
            f"to whom {quote(name)} goes, and when, is Convene's to say",
            "Write the name of its template only.",
        )


def _occasions(
    file: ConfigFile, entries: Mapping[str, MessageEntry], dates: Dates, zone: ZoneInfo
) -> Iterator[tuple[Kind, Occasion]]:
    """Return what calls for each kind that tells no decision, in the order in which kinds leave."""
    for name, entry in entries.items():
        sort = sort_of(name)
        when, written = entry.when or sort.when, entry.at or sort.at
        if when:
            yield Kind(name), Occasion(when=REACHED[when], until=_until(sort, dates, None))
        elif written == OWN_DAY:
            yield Kind(name), Occasion(sort.to)
        elif written and (at := _moment(file, ("messages", name, "at"), written, dates, zone)):
            group = Group(entry.to) if entry.to else sort.to
            yield Kind(name), Occasion(group, at, until=_until(sort, dates, at))


def _until(sort: Sort, dates: Dates, at: datetime | None) -> datetime | None:
    """Return when a letter is of no use any more: of organisers' own, once the meeting they come before is over."""
    if sort is OWN:
        return dates.ends if at is None or at < dates.ends else None
    return next((getattr(dates, name) for name in sort.until), None)


def _moment(
    file: ConfigFile, path: tuple[str, ...], text: str, dates: Dates, zone: ZoneInfo
) -> datetime | None:
    """Read when a letter is due: a date, a date's name, or so many days before or after one, from midnight on."""
    if written := read_time(text):
        first = written.first(zone)
        if ":" in text and not exists(first):
            file.add(
                path,
                f"“at” is in an hour that clocks in {zone.key} skip",
                "Write an hour earlier or later.",
            )
        return first
    counted = _COUNTED.fullmatch(text.strip())
    name = counted[3] if counted else text.strip()
    if name not in _NAMES:
        file.add(
            path, f"{quote(text)} is no date", f"Write 2023-09-01, or the name of one: {', '.join(_NAMES)}."
        )
        return None
    moment: datetime | None = getattr(dates, name)
    if moment is None:
        file.add(path, f"the call has no date “{name}”", "Add it under dates, or write another one.")
        return None
    if not counted:
        return moment
    days = int(counted[1]) * (-1 if counted[2] == "before" else 1)
    day = moment.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), zone)
