"""The places: how many, how they are shared out, who comes first; checked against the columns."""

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pipeline.audience.answers import group
from pipeline.config.call.names import Lookup
from pipeline.config.call.schema import HeldEntry, OrderEntry, PlacesSection, QuotaEntry, RankEntry
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.places import CATEGORY, AtLeast, AtMost, By, Places, RankKey, Reserved
from pipeline.model.text import fold, quote


def build_places(lookup: Lookup, zone: ZoneInfo) -> Places | None:
    """Make the places, noting unknown names, quotas that are there twice, and sums that cannot be."""
    section = lookup.file.read("places", PlacesSection)
    if section is None:
        return None
    overbook, percent = section.overbook
    places = Places(
        capacity=section.capacity,
        at_most=tuple(_at_most(lookup, index, entry) for index, entry in enumerate(section.at_most)),
        at_least=_minimums(lookup, "at_least", section.at_least),
        rank_by=tuple(_rank(lookup, index, entry) for index, entry in enumerate(section.rank_by)),
        waiting_list=section.waiting_list,
        seed=section.seed,
        nice_to_have=_minimums(lookup, "nice_to_have", section.nice_to_have),
        tiers=tuple(_order(lookup, ("places", "tiers", i), entry) for i, entry in enumerate(section.tiers)),
        held=tuple(_held(lookup, index, entry, zone) for index, entry in enumerate(section.held)),
        overbook=overbook,
        overbook_percent=percent,
        time_limit=section.time_limit,
    )
    _note_all_twice(lookup, places)
    _note_sums(lookup.file, places)
    _note_contradictions(lookup, places)
    return places


# --- entries ---------------------------------------------------------------------------------------------


def _group(lookup: Lookup, path: Path, entry: QuotaEntry) -> tuple[str, str]:
    """Return the group and the value that an entry names; no value where it is about each."""
    if entry.category is not None:
        lookup.check_category((*path, "category"), entry.category)
        return CATEGORY, entry.category
    answer, value = entry.answer or "", entry.value or ""
    if lookup.check_key((*path, "answer"), answer, (CATEGORY,)):
        lookup.check_answers((*path, "except"), answer, entry.exempt)
        lookup.check_answers((*path, "value"), answer, (value,) if value else ())
    return answer, value


def _at_most(lookup: Lookup, index: int, entry: QuotaEntry) -> AtMost:
    group, value = _group(lookup, ("places", "at_most", index), entry)
    return AtMost(group, entry.places, entry.exempt, value)


def _minimums(lookup: Lookup, name: str, entries: tuple[QuotaEntry, ...]) -> tuple[AtLeast, ...]:
    found = []
    for index, entry in enumerate(entries):
        group, value = _group(lookup, ("places", name, index), entry)
        found.append(AtLeast(group, value, entry.places, entry.exempt))
    return tuple(found)


def _held(lookup: Lookup, index: int, entry: HeldEntry, zone: ZoneInfo) -> Reserved:
    group, value = _group(lookup, ("places", "held", index), entry)
    return Reserved(group, value, entry.places, entry.until.last(zone))


def _order(lookup: Lookup, path: Path, entry: OrderEntry | RankEntry) -> RankKey:
    answer = entry.answer or ""
    if lookup.check_key((*path, "answer"), answer):
        lookup.check_answers((*path, "order"), answer, entry.order)
    return RankKey(answer, entry.order)


def _rank(lookup: Lookup, index: int, entry: RankEntry) -> RankKey:
    path: Path = ("places", "rank_by", index)
    if entry.order:
        return _order(lookup, path, entry)
    name, key = ("turn", entry.turn) if entry.turn else ("answer", entry.answer or "")
    lookup.check_key((*path, name), key)
    return RankKey(key, (), By(entry.first) if entry.first else By.TURN)


# --- what contradicts itself -----------------------------------------------------------------------------


def _note_all_twice(lookup: Lookup, places: Places) -> None:
    file = lookup.file
    _note_twice(file, "at_most", [_named(quota) for quota in places.at_most])
    _note_twice(file, "at_least", [_named(quota) for quota in places.at_least])
    _note_twice(file, "nice_to_have", [_named(quota) for quota in places.nice_to_have])
    _note_twice(file, "held", [_named(quota) for quota in places.held])
    _note_twice(file, "tiers", [tier.key for tier in places.tiers])
    ranks = [f"turn: {rank.key}" if rank.by is By.TURN else rank.key for rank in places.rank_by]
    _note_twice(file, "rank_by", ranks)


def _named(quota: AtMost | AtLeast | Reserved) -> str:
    return f"{quota.group}: {quota.value}" if quota.value else quota.group


def _note_twice(file: ConfigFile, name: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, each in enumerate(names):
        if fold(each) in seen:
            what = f"{quote(each)} is in “{name}” twice"
            file.add(("places", name, index), what, "Keep one of the two.")
        seen.add(fold(each))


def _note_sums(file: ConfigFile, places: Places) -> None:
    # Only within one group: a person from Spain can also be one of the category.
    wanted: tuple[tuple[str, tuple[AtLeast | Reserved, ...]], ...] = (
        ("at_least", places.at_least),
        ("held", places.held),
    )
    for name, quotas in wanted:
        sums: Counter[str] = Counter()
        for quota in quotas:
            sums[quota.group] += quota.places
        for group_name, number in sums.items():
            if number > places.seats:
                what = f"“{name}” asks for {number} places by “{group_name}”, but “capacity” is {places.capacity}"
                file.add(("places", name), what, "Lower the one or raise the other.")


def _note_contradictions(lookup: Lookup, places: Places) -> None:
    """Note minimums above the limit on the same answer."""
    for name, quotas in (("at_least", places.at_least), ("nice_to_have", places.nice_to_have)):
        for index, quota in enumerate(quotas):
            limit = _limit_on(lookup, places, quota)
            if limit is not None and quota.places > limit:
                whom = quote(quota.value or quota.group)
                what = f"{whom} gets at least {quota.places} places, but at most {limit}"
                lookup.file.add(("places", name, index), what, "Lower the one or raise the other.")


def _limit_on(lookup: Lookup, places: Places, quota: AtLeast) -> int | None:
    """Return the limit that binds the answer of a minimum: the one that names it, else the one on each."""
    question = lookup.question(quota.group)
    value = group(question, quota.value)
    limits = [limit for limit in places.at_most if limit.group == quota.group]
    named = [limit.places for limit in limits if limit.value and group(question, limit.value) == value]
    each = [
        limit.places
        for limit in limits
        if not limit.value and value not in {group(question, answer) for answer in limit.exempt}
    ]
    return next(iter((*named, *each)), None)
