"""What `convene places` says: lines and rows that fit a terminal of 80 columns, and data for machines."""

from collections.abc import Mapping

from pipeline.model.applicant import Applicant
from pipeline.model.text import counted, listed, shorten
from pipeline.selection.reasons.conflicts import Conflict
from pipeline.selection.reasons.rule_changes import RuleKind, say_change
from pipeline.selection.reasons.what_if import Consequence, RuleEffect
from pipeline.selection.select import PROVED
from pipeline.views.places import PlacesView, WhatIf
from pipeline.views.run import account_json
from pipeline.views.table import Json, Table

SHOWN = 3
"""So many people are named for each rule; the others are counted."""


def places_heading(view: PlacesView) -> tuple[str, ...]:
    """Say how the places stand, how they were given, and what is not as the rules want it."""
    account = view.account
    seed = f"The seed of the draw is “{account.seed}”." if account.seed else "There is no seed for the draw."
    return (
        *(("As if the selection were today; nothing was decided yet.",) if view.is_rehearsed else ()),
        f"{account.filled} of {counted(account.places, 'place')} taken, {account.offered} of them by this choice.",
        f"The choice was made {account.method}.",
        seed,
        *account.notes(),
        *(() if view.conflict is None else say_conflict(view.conflict, view.effects)),
    )


def say_conflict(conflict: Conflict, effects: tuple[RuleEffect, ...]) -> tuple[str, ...]:
    """Say which rules cannot all hold, and the smallest changes that would solve it."""
    numbers = {(effect.kind, effect.name): f" {effect.bound}" for effect in effects}
    names = tuple(f"{name} ({_BOUNDS[kind]}{numbers.get((kind, name), '')})" for kind, name in conflict.rules)
    what = f"{names[0]} cannot be met" if len(names) == 1 else f"{listed(names)} cannot all hold"
    ways = tuple(f"  - {listed(tuple(map(say_change, remedy)))}" for remedy in conflict.remedies)
    return (f"{what}.{' One of these would solve it:' if ways else ''}", *ways)


_BOUNDS = {
    RuleKind.CAPACITY: "capacity",
    RuleKind.LIMIT: "at most",
    RuleKind.MINIMUM: "at least",
    RuleKind.WISH: "nice to have",
}


def places_table(view: PlacesView) -> Table:
    """List each rule: how many there are, its number, and what one place more or less would change."""
    rows = tuple(_row(effect, view.people) for effect in view.effects)
    return Table(("Rule", "Now", "Number", "One more or one less"), rows)


def places_footer(view: PlacesView) -> tuple[str, ...]:
    """Say what was left out, and what can be asked next."""
    untried = "With so many people, limits are not tried one by one; --all tries them, which takes a while."
    try_it = f"Try other numbers: convene places {view.example}"
    return (untried, try_it) if view.untried else (try_it,)


def _row(effect: RuleEffect, people: Mapping[str, Applicant]) -> tuple[str, ...]:
    number = (
        str(effect.bound) if effect.kind is RuleKind.CAPACITY else f"{_BOUNDS[effect.kind]} {effect.bound}"
    )
    changes = tuple(
        f"{name}: {say_outcome(outcome, people)}"
        for name, outcome in (("one more", effect.more), ("one less", effect.less))
        if outcome
    )
    return (effect.name, str(effect.count), number, "; ".join(changes) or "no change")


def say_outcome(outcome: Consequence, people: Mapping[str, Applicant]) -> str:
    """Say who would come in and who would go out."""
    parts = []
    if outcome.comes:
        parts.append(f"{_who(outcome.comes, people)} in")
    if outcome.goes:
        parts.append(f"{_who(outcome.goes, people)} out")
    unproved = "" if outcome.method in PROVED else f" ({outcome.method})"
    return (", ".join(parts) or "others in another order") + unproved


def _who(references: tuple[str, ...], people: Mapping[str, Applicant]) -> str:
    names = tuple(shorten(people[reference].name, 40) or reference for reference in references[:SHOWN])
    rest = len(references) - SHOWN
    return listed((*names, counted(rest, "other"))) if rest > 0 else listed(names)


def what_if_lines(tried: WhatIf) -> tuple[str, ...]:
    """Say who would come with other numbers."""
    account, outcome = tried.account, tried.outcome
    changes = "The same people would come." if outcome is None else ""
    people = (
        *(_person("in ", reference, tried.people) for reference in (outcome.comes if outcome else ())),
        *(_person("out", reference, tried.people) for reference in (outcome.goes if outcome else ())),
    )
    return (
        f"{account.filled} of {counted(account.places, 'place')} would be taken; {account.method}.",
        *((changes,) if changes else people),
        *account.notes(),
        "Nothing was changed: to make it so, write the numbers into config/call.yaml.",
    )


def _person(word: str, reference: str, people: Mapping[str, Applicant]) -> str:
    applicant = people[reference]
    return f"  {word}  {reference}  row {applicant.row}  {shorten(applicant.name, 40)}".rstrip()


# --- for machines ----------------------------------------------------------------------------------------


def places_json(view: PlacesView) -> Json:
    """Return the places for machines; docs/commands.md describes the keys."""
    return {
        "rehearsed": view.is_rehearsed,
        "selection": account_json(view.account),
        "rules": [_effect_json(effect) for effect in view.effects],
        "untried": view.untried,
        "conflict": conflict_json(view.conflict) if view.conflict else None,
        "if_leaves": {reference: list(comes) for reference, comes in view.if_leaves.items()},
    }


def _effect_json(effect: RuleEffect) -> Json:
    return {
        "kind": effect.kind.value,
        "name": effect.name,
        "count": effect.count,
        "bound": effect.bound,
        "more": outcome_json(effect.more),
        "less": outcome_json(effect.less),
    }


def outcome_json(outcome: Consequence | None) -> Json:
    """Return what other numbers would bring for machines; null where nothing changes."""
    if outcome is None:
        return None
    return {
        "comes": list(outcome.comes),
        "goes": list(outcome.goes),
        "filled": outcome.filled,
        "missing": outcome.missing,
        "is_proved": outcome.method in PROVED,
    }


def conflict_json(conflict: Conflict) -> Json:
    """Return rules that conflict and what would solve it for machines."""
    return {
        "rules": [{"kind": kind.value, "name": name} for kind, name in conflict.rules],
        "remedies": [
            [
                {"kind": each.kind.value, "name": each.name, "before": each.before, "after": each.after}
                for each in remedy
            ]
            for remedy in conflict.remedies
        ],
    }


def what_if_json(tried: WhatIf) -> Json:
    """Return what other numbers would bring for machines; docs/commands.md describes the keys."""
    return {"selection": account_json(tried.account), "outcome": outcome_json(tried.outcome)}
