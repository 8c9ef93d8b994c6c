"""The places: how many, how they are shared out, who comes first; checked against the columns."""

from collections import Counter
from collections.abc import Iterable

from pipeline.call import CATEGORY, AtLeast, AtMost, Places, RankKey
from pipeline.config.call_schema import AtLeastEntry, AtMostEntry, PlacesSection, RankEntry
from pipeline.config.names import Lookup
from pipeline.config.source import Source
from pipeline.config.tree import Path
from pipeline.text import fold, quote


def build_places(lookup: Lookup, section: PlacesSection) -> Places:
    """Make the places, noting unknown names, quotas that are there twice, and sums that cannot be."""
    source = lookup.source
    at_most = tuple(_at_most(lookup, index, entry) for index, entry in enumerate(section.at_most))
    at_least = tuple(_at_least(lookup, index, entry) for index, entry in enumerate(section.at_least))
    rank_by = tuple(_rank(lookup, index, entry) for index, entry in enumerate(section.rank_by))
    _note_twice(source, "at_most", [quota.group for quota in at_most])
    _note_twice(source, "at_least", [f"{quota.group}: {quota.value}" for quota in at_least])
    _note_twice(source, "rank_by", [rank.key for rank in rank_by])
    _note_sums(source, section.capacity, at_least)
    _note_contradictions(source, at_most, at_least)
    return Places(section.capacity, at_most, at_least, rank_by, section.waiting_list, section.seed)


def _at_most(lookup: Lookup, index: int, entry: AtMostEntry) -> AtMost:
    path: Path = ("places", "at_most", index)
    if lookup.check_key((*path, "answer"), entry.answer, (CATEGORY,)):
        lookup.check_answers((*path, "except"), entry.answer, entry.exempt)
    return AtMost(entry.answer, entry.places, entry.exempt)


def _at_least(lookup: Lookup, index: int, entry: AtLeastEntry) -> AtLeast:
    path: Path = ("places", "at_least", index)
    if entry.category is not None:
        lookup.check_category((*path, "category"), entry.category)
        return AtLeast(CATEGORY, entry.category, entry.places)
    answer, value = entry.answer or "", entry.value or ""
    if lookup.check_key((*path, "answer"), answer, (CATEGORY,)):
        lookup.check_answers((*path, "value"), answer, (value,))
    return AtLeast(answer, value, entry.places)


def _rank(lookup: Lookup, index: int, entry: RankEntry) -> RankKey:
    path: Path = ("places", "rank_by", index)
    if lookup.check_key((*path, "answer"), entry.answer):
        lookup.check_answers((*path, "order"), entry.answer, entry.order)
    return RankKey(entry.answer, entry.order)


def _note_twice(source: Source, group: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if fold(name) in seen:
            source.add(
                ("places", group, index), f"{quote(name)} is in “{group}” twice", "Keep one of the two."
            )
        seen.add(fold(name))


def _note_sums(source: Source, capacity: int, at_least: Iterable[AtLeast]) -> None:
    # Only within one group: a person from Spain can also be one of the category.
    sums: Counter[str] = Counter()
    for quota in at_least:
        sums[quota.group] += quota.places
    for group, wanted in sums.items():
        if wanted > capacity:
            what = f"“at_least” asks for {wanted} places by “{group}”, but “capacity” is {capacity}"
            source.add(("places", "at_least"), what, "Lower the one or raise the other.")


def _note_contradictions(source: Source, at_most: Iterable[AtMost], at_least: Iterable[AtLeast]) -> None:
    limits = {quota.group: quota for quota in at_most}
    for index, quota in enumerate(at_least):
        limit = limits.get(quota.group)
        exempt = limit is not None and fold(quota.value) in set(map(fold, limit.exempt))
        if limit and not exempt and quota.places > limit.places:
            what = f"{quote(quota.value)} gets at least {quota.places} places, but at most {limit.places}"
            source.add(("places", "at_least", index), what, "Lower the one or raise the other.")
