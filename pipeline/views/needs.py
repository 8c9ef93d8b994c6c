"""What needs a person, in lines, as a table and for machines."""

from zoneinfo import ZoneInfo

from pipeline.model.text import listed
from pipeline.planning.needs import Need
from pipeline.views.table import Json, Table

MOST_NAMED = 20
"""So many rows or people of whom the same is to be said are named in a line."""

HINT = "`convene seen REF` (or --all) marks what is known: it stays listed, and a run ends with 0."


def needs_lines(needs: tuple[Need, ...], zone: ZoneInfo) -> tuple[str, ...]:
    """Say what needs a person, oldest first; of whom the same is to be said, in one line."""
    if not needs:
        return ()
    groups: dict[tuple[str, str, bool], list[Need]] = {}
    for need in needs:
        groups.setdefault((need.what, need.next_step, need.is_seen), []).append(need)
    open_ones = sum(not need.is_seen for need in needs)
    seen = f"; {len(needs) - open_ones} seen" if open_ones < len(needs) else ""
    heading = (
        f"Needs a person ({open_ones}{seen}), oldest first:" if open_ones else "Needs a person (all seen):"
    )
    lines = (f"- {_group(tuple(group), zone)}" for group in groups.values())
    return (heading, *lines, *((HINT,) if open_ones else ()))


def _group(group: tuple[Need, ...], zone: ZoneInfo) -> str:
    first, named = group[0], tuple(need.where for need in group)
    since = first.since.astimezone(zone)
    told = f"{first.what}, {'seen' if first.is_seen else f'since {since.day} {since:%B}'}"
    step = f"{first.next_step.rstrip('.')}."
    if len(group) == 1:
        return f"{first.where}: {told}. {step}"
    more = (f"{len(group) - MOST_NAMED} more",) if len(group) > MOST_NAMED else ()
    return f"{len(group)} × {told}: {listed((*named[:MOST_NAMED], *more))}. {step}"


def needs_table(needs: tuple[Need, ...], zone: ZoneInfo) -> Table:
    """List each with its code, since when, whom it is about, and what is to be done."""
    rows = tuple(
        (
            need.code,
            f"{need.since.astimezone(zone):%Y-%m-%d}",
            "seen" if need.is_seen else "",
            f"{need.where}: {need.what}. {need.next_step.rstrip('.')}.",
        )
        for need in needs
    )
    return Table(("Code", "Since", "Seen", "What"), rows)


def needs_json(needs: tuple[Need, ...]) -> list[Json]:
    """Return what needs a person for machines; docs/commands.md describes the keys."""
    return [
        {
            "code": need.code,
            "kind": need.kind.value,
            "where": need.where,
            "what": need.what,
            "next_step": need.next_step,
            "row": need.row,
            "reference": need.reference,
            "since": need.since.isoformat(),
            "seen": need.noted.seen.isoformat() if need.noted.seen else None,
            "seen_by": need.noted.by,
        }
        for need in needs
    ]
