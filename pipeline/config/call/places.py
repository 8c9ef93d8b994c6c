"""The places: how many, how they are shared out, who comes first; checked against the columns."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from pipeline.audience.answers import group
from pipeline.config.call.names import Lookup
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.places import CATEGORY, NUMBERS, AtLeast, AtMost, By, Places, RankKey, Reserved
from pipeline.model.text import fold, quote

QUOTAS = ("at_most", "at_least", "nice_to_have", "held")

Quota = TypeVar("Quota", AtMost, AtLeast, Reserved)


def build_places(lookup: Lookup, zone: ZoneInfo) -> Places | None:
    """Make the places, noting unknown names, quotas that are there twice, and sums that cannot be."""
    places: Places | None = lookup.file.read("places", Places, zone)
    if places is None:
        return None
    for name in QUOTAS:
        for index, quota in enumerate(getattr(places, name)):
            _note_group(lookup, ("places", name, index), quota)
    for name in ("tiers", "rank_by"):
        for index, rank in enumerate(getattr(places, name)):
            _note_rank(lookup, ("places", name, index), rank)
    _note_all_twice(lookup, places)
    _note_sums(lookup.file, places)
    _note_contradictions(lookup, places)
    return replace(
        places,
        at_most=_with_lines(lookup.file, "at_most", places.at_most),
        at_least=_with_lines(lookup.file, "at_least", places.at_least),
        nice_to_have=_with_lines(lookup.file, "nice_to_have", places.nice_to_have),
        held=_with_lines(lookup.file, "held", places.held),
    )


def _with_lines(file: ConfigFile, name: str, quotas: tuple[Quota, ...]) -> tuple[Quota, ...]:
    return tuple(
        replace(quota, line=file.line(("places", name, index))) for index, quota in enumerate(quotas)
    )


def _note_group(lookup: Lookup, path: Path, quota: AtMost | AtLeast | Reserved) -> None:
    """Note a category, answer or value that does not exist."""
    if lookup.file.value((*path, "category")) is not None:
        lookup.check_category((*path, "category"), quota.value)
    elif lookup.check_key((*path, "answer"), quota.group, (CATEGORY,)):
        exempt = () if isinstance(quota, Reserved) else quota.exempt
        lookup.check_answers((*path, "except"), quota.group, exempt)
        lookup.check_answers((*path, "value"), quota.group, (quota.value,) if quota.value else ())


def _note_rank(lookup: Lookup, path: Path, rank: RankKey) -> None:
    if not lookup.check_key((*path, "turn" if rank.by is By.TURN else "answer"), rank.key):
        return
    lookup.check_answers((*path, "order"), rank.key, rank.order)
    question = lookup.question(rank.key)
    if rank.by in NUMBERS and (question.options or question.choices or question.countries):
        what = f"the answers of “{rank.key}” are words, and none of them is the {rank.by}"
        next_step = "Write their order, or give the column a “scale” in place of “options”, lowest first."
        lookup.file.add((*path, "first"), what, next_step)
    if {fold(each) for each in rank.order} == {fold(each) for each in question.offered} and len(
        rank.order
    ) == 1:
        what = f"“{rank.key}” has only one answer, so that it orders nobody"
        lookup.file.add((*path, "order"), what, "Remove the line.")


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
