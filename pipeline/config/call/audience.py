"""The columns and the target audience: what the form asks, and the rules that read the answers."""

import re
from collections.abc import Iterable, Mapping

from pipeline.audience.combined import ANY_TEXT, Any
from pipeline.config.call.conditions import COMBINED, read_condition
from pipeline.config.call.dates import read_zone
from pipeline.config.call.layouts import Layout
from pipeline.config.call.names import Lookup
from pipeline.config.call.schema import AudienceSection, Formats, Language, OwnColumns, RuleEntry
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.intake.decision_words import LONGEST_DROP_DOWN, drop_down
from pipeline.model.call import Columns
from pipeline.model.fields import Count, Line
from pipeline.model.places import CATEGORY
from pipeline.model.question import Question
from pipeline.model.rules import Audience, Category, Condition, Rule
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import fold, quote

NEEDED_COLUMNS = ("timestamp", "email")

_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_KEY_IN_BRACES = re.compile(r"\{(\w+)\}")


def build_columns(lookup: Lookup, layout: Layout) -> Columns:
    """Make the columns, noting those that are missing, not to be used, or there twice."""
    file, columns = lookup.file, lookup.columns
    for key in NEEDED_COLUMNS:
        if isinstance(file.value(("columns",)), dict) and key not in lookup.names.columns:
            file.add(("columns",), f"the column “{key}” is missing", f"Add “{key}: …” with its header.")
    own = _read_own_columns(file, layout.own_columns)
    _note_headers(file, columns, own)
    for key, column in columns.items():
        if key in {*COMBINED, CATEGORY, ANY_TEXT}:
            file.add(("columns", key), f"“{key}” cannot be the key of a column", "Give it another key.")
        _note_same_options(file, ("columns", key), column.offered)
        _note_aliases(file, key, column)
    questions = {key: lookup.question(key) for key in columns}
    formats = file.read("timestamp_formats", Formats, usual=layout.formats)
    language = file.read("timestamp_language", Language, usual="")
    clock = file.read("timestamp_timezone", Line, usual=layout.clock)
    zone = read_zone(file, clock, ("timestamp_timezone",)) if clock else None
    header_row = file.read("header_row", Count, usual=layout.header_row)
    return Columns(
        questions,
        formats,
        language,
        zone,
        _no_response(lookup, layout),
        header_row,
        own,
        layout.choices_below,
    )


def _no_response(lookup: Lookup, layout: Layout) -> Condition | None:
    """Read which rows are no responses: those of the layout, and those that organisers name."""
    if (written := lookup.file.value(("no_response",))) is None:
        return layout.no_response
    said = read_condition(lookup, ("no_response",), written)
    return Any((layout.no_response, said)) if layout.no_response else said


def _read_own_columns(file: ConfigFile, usual: Mapping[str, str]) -> dict[str, str]:
    """Read the other names of our columns, by the names that they have in the words of Convene."""
    known = {fold(name): name for name in (*OWN_COLUMNS, *ORGANISER_COLUMNS)}
    own = dict(usual)
    for name, title in file.read("own_columns", OwnColumns, usual={}).items():
        if fold(name) in known:
            own[known[fold(name)]] = title
        else:
            what = f"Convene has no column {quote(name)}"
            file.add(("own_columns", name), what, did_you_mean(name, known.values()))
    titles = {name: own.get(name, name) for name in known.values()}
    for name, title in own.items():
        if any(fold(title) == fold(other) for at, other in titles.items() if at != name):
            what = f"{quote(title)} is the name of another of these columns"
            file.add(("own_columns", name), what, "Give each its own name.")
    return own


def _note_aliases(file: ConfigFile, key: str, column: Question) -> None:
    """Note aliases of what is no answer, and those that could be taken for another answer."""
    offered = {fold(answer): answer for answer in column.offered}
    seen = offered | {fold(answer): answer for answer in column.aliases}
    for answer, names in column.aliases.items():
        path = ("columns", key, "aliases", answer)
        if offered and fold(answer) not in offered:
            next_step = did_you_mean(answer, column.offered, f"Write one of the answers under “{key}”.")
            file.add(path, f"{quote(answer)} is not an answer of “{key}”", next_step)
        for name in names:
            if fold(seen.get(fold(name), answer)) != fold(answer):
                what = f"{quote(name)} stands for {quote(seen[fold(name)])} already"
                file.add(path, what, "Keep it in one place.")
            seen.setdefault(fold(name), answer)


def _note_headers(file: ConfigFile, columns: Mapping[str, Question], own: Mapping[str, str]) -> None:
    ours = {fold(own.get(name, name)): name for name in (*OWN_COLUMNS, *ORGANISER_COLUMNS)}
    seen: dict[tuple[str, int], str] = {}
    for key, question in columns.items():
        for header in question.columns:
            same = header if question.exact else fold(header), question.nth or 1
            if fold(header) in ours:
                what = f"{quote(header)} is the header of a column that Convene adds to the sheet"
                name = ours[fold(header)]
                next_step = f"Give Convene's another: own_columns: {{{name}: Convene {name.lower()}}}."
                file.add(("columns", key), what, next_step)
            if seen.setdefault(same, key) != key:
                what = f"the headers of “{key}” and “{seen[same]}” cannot be told apart"
                file.add(("columns", key), what, "Give each its own words, or say “nth: 2” in the second.")


def _note_same_options(file: ConfigFile, path: Path, options: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for option in options:
        if fold(option) in seen:
            what = f"the answers {quote(seen[fold(option)])} and {quote(option)} cannot be told apart"
            file.add(path, what, "Make them differ in more than capitals, accents and signs.")
        seen.setdefault(fold(option), option)


def build_audience(lookup: Lookup) -> Audience | None:
    """Make the target audience of its rules, noting every name in them that is unknown or there twice."""
    section = lookup.file.read("audience", AudienceSection)
    if section is None:
        return None
    audience = Audience(
        categories=tuple(
            Category(entry.id, entry.title, _when(lookup, "categories", index, entry), entry.reason)
            for index, entry in enumerate(section.categories)
        ),
        hold=_rules(lookup, "hold", section.hold),
        ineligible=_rules(lookup, "ineligible", section.ineligible),
        review=_rules(lookup, "review", section.review),
    )
    _note_same_ids(lookup.file, section)
    _note_long_drop_down(lookup.file, audience)
    return audience


def _rules(lookup: Lookup, group: str, entries: Iterable[RuleEntry]) -> tuple[Rule, ...]:
    return tuple(
        Rule(entry.id, _when(lookup, group, index, entry), entry.reason)
        for index, entry in enumerate(entries)
    )


def _when(lookup: Lookup, group: str, index: int, entry: RuleEntry) -> Condition:
    path = ("audience", group, index)
    _note_braces(lookup, (*path, "reason"), entry.reason)
    return read_condition(lookup, (*path, "when"), entry.when)


def _note_braces(lookup: Lookup, path: Path, reason: str) -> None:
    for key in _KEY_IN_BRACES.findall(reason):
        lookup.check_key(path, key, (ANY_TEXT,))
    if set("{}") & set(_KEY_IN_BRACES.sub("", reason)):
        next_step = "Write the key of one answer in single braces, as in {email}."
        lookup.file.add(path, "a brace in “reason” does not belong to a key", next_step)
    if set("[]") & set(_OPTIONAL.sub("", reason)):
        next_step = "Write [ before a part that may be left out, and ] behind it."
        lookup.file.add(path, "a square bracket in “reason” stands alone", next_step)


def _note_same_ids(file: ConfigFile, section: AudienceSection) -> None:
    seen: set[str] = set()
    for group in ("hold", "ineligible", "review", "categories"):
        for index, entry in enumerate(getattr(section, group)):
            if entry.id in seen:
                what = f"the id “{entry.id}” is used twice"
                file.add(
                    ("audience", group, index, "id"), what, "Give each rule and category an id of its own."
                )
            seen.add(entry.id)


def _note_long_drop_down(file: ConfigFile, audience: Audience) -> None:
    length = len(",".join(drop_down(audience)))
    if length > LONGEST_DROP_DOWN:
        what = f"the ids of the categories make the Decision drop-down too long ({length} characters)"
        next_step = f"Shorten them by {length - LONGEST_DROP_DOWN}: Excel takes {LONGEST_DROP_DOWN}."
        file.add(("audience", "categories"), what, next_step)
