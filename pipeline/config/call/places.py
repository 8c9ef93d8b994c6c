"""The places: how many, how they are shared out, who comes first; checked against the columns."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from pipeline.audience.answers import group
from pipeline.config.call.conditions import read_condition
from pipeline.config.call.names import Lookup
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places, Quota, Reserved, number_of, values_of
from pipeline.model.ranks import DAYS, NUMBERS, By, RankKey
from pipeline.model.text import fold, quote

Kind = TypeVar("Kind", AtMost, AtLeast, Reserved)


def build_places(lookup: Lookup, zone: ZoneInfo) -> Places | None:
    """Make the places, noting unknown names, quotas that are there twice, and sums that cannot be."""
    places: Places | None = lookup.file.read("places", Places, zone)
    if places is None:
        return None
    for name in ("tiers", "rank_by"):
        for index, rank in enumerate(getattr(places, name)):
            _note_rank(lookup, ("places", name, index), rank)
    places = replace(
        places,
        at_most=_quotas(lookup, "at_most", places.at_most),
        at_least=_quotas(lookup, "at_least", places.at_least),
        nice_to_have=_quotas(lookup, "nice_to_have", places.nice_to_have),
        held=_quotas(lookup, "held", places.held),
        rank_by=tuple(
            replace(rank, line=lookup.file.line(("places", "rank_by", index)))
            for index, rank in enumerate(places.rank_by)
        ),
    )
    _note_all_twice(lookup, places)
    _note_sums(lookup.file, places)
    _note_contradictions(lookup, places)
    if places.like_follows_like:
        lookup.check_key(("places", "like_follows_like"), places.like_follows_like, (CATEGORY,))
    if places.team:
        lookup.check_key(("places", "team"), places.team)
    if places.draw and not places.seed:
        what = "“draw” has no seed, so that anybody could work out who is drawn"
        lookup.file.add(("places", "draw"), what, "Add one below “places”: seed: any-word.")
    return places


def _quotas(lookup: Lookup, name: str, quotas: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return the rules with their conditions and their lines, noting what in them does not exist."""
    return tuple(_quota(lookup, ("places", name, index), quota) for index, quota in enumerate(quotas))


def _quota(lookup: Lookup, path: Path, quota: Kind) -> Kind:
    _note_group(lookup, path, quota)
    written = lookup.file.value((*path, "where"))
    where = None if written is None else read_condition(lookup, (*path, "where"), written)
    return replace(quota, where=where, line=lookup.file.line(path))


def _note_group(lookup: Lookup, path: Path, quota: Quota) -> None:
    """Note a category, answer or value that does not exist."""
    if lookup.file.value((*path, "category")) is not None:
        for category in values_of(quota):
            lookup.check_category((*path, "category"), category)
    elif quota.group and lookup.check_key((*path, "answer"), quota.group, (CATEGORY,)):
        exempt = () if isinstance(quota, Reserved) else quota.exempt
        lookup.check_answers((*path, "except"), quota.group, exempt)
        lookup.check_answers((*path, "value"), quota.group, values_of(quota))


def _note_rank(lookup: Lookup, path: Path, rank: RankKey) -> None:
    name = rank.middle or ("turn" if rank.by is By.TURN else "answer")
    also = (CATEGORY,) if rank.by in (By.ORDER, By.TURN) else ()
    known = [lookup.check_key((*path, name), key, also) for key in rank.columns]
    if not all(known):
        return
    lookup.check_answers((*path, "order"), rank.key, rank.order)
    for key in rank.columns:
        _note_words(lookup, path, rank, key)
    offered = {fold(each) for each in lookup.question(rank.key).offered}
    if len(rank.order) == 1 and offered == {fold(each) for each in rank.order}:
        what = f"“{rank.key}” has only one answer, so that it orders nobody"
        lookup.file.add((*path, "order"), what, "Remove the line.")


def _note_words(lookup: Lookup, path: Path, rank: RankKey, key: str) -> None:
    """Note a rank by a number or a day whose answers are none."""
    question = lookup.question(key)
    if question.countries or (question.offered and (rank.by in DAYS or not question.scale)):
        if rank.by in NUMBERS | DAYS:
            what = f"the answers of “{key}” are words, and none of them is the {rank.by}"
            next_step = "Write their order, or give the column a “scale” in place of “options”, lowest first."
            lookup.file.add((*path, "first"), what, next_step)
    elif question.date_formats and rank.by in NUMBERS:
        what = f"the answers of “{key}” are dates, and none of them is the {rank.by}"
        lookup.file.add((*path, "first"), what, "Write first: earliest, or latest.")


# --- what contradicts itself -----------------------------------------------------------------------------


def _note_all_twice(lookup: Lookup, places: Places) -> None:
    file = lookup.file
    _note_twice(file, "at_most", [_named(quota) for quota in places.at_most])
    _note_twice(file, "at_least", [_named(quota) for quota in places.at_least])
    _note_twice(file, "nice_to_have", [_named(quota) for quota in places.nice_to_have])
    _note_twice(file, "held", [_named(quota) for quota in places.held])
    _note_twice(file, "tiers", [tier.key for tier in places.tiers])
    ranks = [
        f"turn: {rank.key}" if rank.by is By.TURN else ", ".join(rank.columns) for rank in places.rank_by
    ]
    _note_twice(file, "rank_by", ranks)


def _named(quota: Quota) -> str:
    values = f"{quota.group}: {', '.join(values_of(quota))}" if quota.value else quota.group
    return ", ".join(filter(None, (quota.title, values)))


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
            if quota.where is None and not quota.others:
                sums[quota.group] += number_of(quota, places.seats)
        for group_name, number in sums.items():
            if number > places.seats:
                what = f"“{name}” asks for {number} places by “{group_name}”, but “capacity” is {places.capacity}"
                file.add(("places", name), what, "Lower the one or raise the other.")


def _note_contradictions(lookup: Lookup, places: Places) -> None:
    """Note minimums above the limit on the same answer."""
    for name, quotas in (("at_least", places.at_least), ("nice_to_have", places.nice_to_have)):
        for index, quota in enumerate(quotas):
            limit = _limit_on(lookup, places, quota)
            least = number_of(quota, places.seats)
            if limit is not None and least > limit:
                whom = quote(quota.value or quota.group)
                what = f"{whom} gets at least {least} places, but at most {limit}"
                lookup.file.add(("places", name, index), what, "Lower the one or raise the other.")


def _limit_on(lookup: Lookup, places: Places, quota: AtLeast) -> int | None:
    """Return the limit that binds the answer of a minimum: the one that names it, else the one on each.

    Rules for several answers, or for a part of those who gave one, bind otherwise.
    """
    if quota.where or quota.others:
        return None
    question = lookup.question(quota.group)
    value = group(question, quota.value)
    limits = [
        limit for limit in places.at_most if limit.group == quota.group and not (limit.where or limit.others)
    ]
    named = [
        number_of(limit, places.seats)
        for limit in limits
        if limit.value and group(question, limit.value) == value
    ]
    each = [
        number_of(limit, places.seats)
        for limit in limits
        if not limit.value and value not in {group(question, answer) for answer in limit.exempt}
    ]
    return next(iter((*named, *each)), None)
