"""The places as they stand: each quota, what one more or less would change, what conflicts, and what if. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from shlex import quote as quote_for_shell
from typing import TypeVar

from pipeline.audience.answers import canonical, understand
from pipeline.decisions.assess import assess
from pipeline.decisions.places.account import Account, give_account
from pipeline.decisions.places.give import MANY, Selection
from pipeline.model.applicant import Applicant
from pipeline.model.call import Call, may_tell
from pipeline.model.controls import NO_CONTROLS
from pipeline.model.errors import UsageError
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places, number_of, values_of
from pipeline.model.settings import Limits
from pipeline.model.sheet import Snapshot
from pipeline.model.text import fold, listed, quote
from pipeline.selection.reasons.conflicts import Conflict, find_conflict
from pipeline.selection.reasons.waiting import next_if_leaves
from pipeline.selection.reasons.what_if import Consequence, RuleEffect, effects, what_if

Quota = TypeVar("Quota", AtMost, AtLeast)


@dataclass(frozen=True, slots=True)
class PlacesView:
    """All that `convene places` shows.

    `people` finds a reference's applicant. `untried` limits are only counted: trying each would take long.
    `example` are options that try other numbers of this call.
    `is_rehearsed` says that the selection is still to come, and is shown as if its date were today.
    """

    account: Account
    effects: tuple[RuleEffect, ...]
    conflict: Conflict | None
    if_leaves: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Applicant]
    is_rehearsed: bool
    untried: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other numbers would bring; no outcome where the same people would come."""

    account: Account
    outcome: Consequence | None
    people: Mapping[str, Applicant]


def view_places(
    call: Call,
    snapshot: Snapshot,
    history: History,
    now: datetime,
    limits: Limits | None = None,
    *,
    every: bool = False,
) -> PlacesView:
    """Look at the places; `every` tries each rule however many people there are. Raises HeaderError, UsageError."""
    selection, people = _select(call, snapshot, history, now, limits)
    contest, choice = selection.contest, selection.choice
    seconds = float(call.places.time_limit)
    untried = len(contest.contenders) > MANY and not every
    names = {"places", *(rule.name for rule in (*contest.minimums, *contest.wishes))} if untried else None
    return PlacesView(
        give_account(call, selection),
        effects(contest, choice, seconds, names),
        find_conflict(contest, seconds),
        next_if_leaves(contest, choice, seconds),
        people,
        not may_tell(call.dates, now),
        untried,
        _example(call.places),
    )


def _example(places: Places) -> str:
    """Write options that try a few places more, and one more by the first of the call's rules."""
    rules: tuple[AtMost | AtLeast, ...] = (*places.at_most, *places.at_least, *places.nice_to_have)
    settings = (
        f" --set {quote_for_shell(f'{rule_name(rule)}={number_of(rule, places.seats) + 1}')}"
        for rule in rules[:1]
    )
    return "".join((f"--capacity {places.capacity + 3}", *settings))


def try_numbers(
    call: Call,
    other: Places,
    snapshot: Snapshot,
    history: History,
    now: datetime,
    limits: Limits | None = None,
) -> WhatIf:
    """Say who would come with other numbers; nothing is changed. Raises HeaderError, UsageError."""
    before, people = _select(call, snapshot, history, now, limits)
    changed = replace(call, places=other)
    after, _ = _select(changed, snapshot, history, now, limits)
    outcome = what_if(before.choice, after.contest, float(other.time_limit))
    return WhatIf(give_account(changed, after), outcome, people)


def _select(
    call: Call, snapshot: Snapshot, history: History, now: datetime, limits: Limits | None
) -> tuple[Selection, Mapping[str, Applicant]]:
    thawed = replace(snapshot, controls=NO_CONTROLS)
    assessment = assess(call, thawed, history, now, limits)
    if now >= call.dates.starts:
        raise UsageError("The meeting has begun: no place is given by rank any more.")
    if assessment.selection is None:
        raise UsageError(
            "Nobody gets a place by rank while rows of people who have one are missing or to be checked: the "
            "quotas cannot be counted. Put these rows right first; `convene plan` lists them."
        )
    people = {applicant.reference: applicant for applicant in assessment.roll.applicants}
    return assessment.selection, people


# --- other numbers ---------------------------------------------------------------------------------------


def with_numbers(call: Call, capacity: int | None, settings: Iterable[str]) -> Places:
    """Return the places with other numbers, each written as `country=5`, `country:Germany=6` or `external=8`.

    Where a name has a limit and a minimum, the limit is meant; `at_least.external=8` means the minimum. Raises
    UsageError for what is no rule of the call.
    """
    places = call.places if capacity is None else replace(call.places, capacity=capacity)
    for setting in settings:
        name, _, number = setting.rpartition("=")
        if not name or not number.strip().isdecimal():
            raise UsageError(f"--set {setting}: write a rule and a number, as in country=5.")
        places = _with_number(places, _in_its_words(call, name.strip()), int(number))
    return places


def _in_its_words(call: Call, name: str) -> str:
    """Return a rule's name with the answer in it as the form offers it. Raises UsageError where it offers no such."""
    key, colon, value = (part.strip() for part in name.partition(":"))
    if not colon or key not in call.columns.questions:
        return name
    question = call.columns.question(key)
    if question.offered and not understand(question, value).option:
        known = listed(tuple(quote(option) for option in question.offered), "or")
        raise UsageError(f"--set {name}: {quote(value)} is not an answer of “{key}”. Write one of {known}.")
    return f"{key}:{canonical(question, value)}"


def _with_number(places: Places, name: str, number: int) -> Places:
    """Change one rule, found by its name."""
    if limits := _changed("at_most", places.at_most, name, number) or _singled_out(places, name, number):
        return replace(places, at_most=limits)
    if minimums := _changed("at_least", places.at_least, name, number):
        return replace(places, at_least=minimums)
    if wishes := _changed("nice_to_have", places.nice_to_have, name, number):
        return replace(places, nice_to_have=wishes)
    rules: tuple[AtMost | AtLeast, ...] = (*places.at_most, *places.at_least, *places.nice_to_have)
    known = listed(tuple(dict.fromkeys(map(rule_name, rules))), "or") or "no --set: the call has no quotas"
    raise UsageError(f"--set {name}: the call has no such rule. Write {known}.")


def _changed(kind: str, rules: tuple[Quota, ...], name: str, number: int) -> tuple[Quota, ...]:
    """Return the rules with another number for the one that is meant; nothing where none is."""
    meant = [
        rule for rule in rules if fold(name) in (fold(rule_name(rule)), fold(f"{kind}.{rule_name(rule)}"))
    ]
    return (
        tuple(replace(rule, places=number, percent=0) if rule in meant else rule for rule in rules)
        if meant
        else ()
    )


def _singled_out(places: Places, name: str, number: int) -> tuple[AtMost, ...]:
    """Add a limit on one answer where there is one on each."""
    key, _, value = (part.strip() for part in name.partition(":"))
    is_each = any(limit.group == key and not (limit.value or limit.where) for limit in places.at_most)
    return (*places.at_most, AtMost(key, number, value=value)) if value and is_each else ()


def rule_name(rule: AtMost | AtLeast) -> str:
    """Return the name by which a rule's number can be changed: its title, a category's id, an answer's key, or both."""
    if rule.title:
        return rule.title
    values = "+".join(values_of(rule))
    if rule.group == CATEGORY and rule.value:
        return values
    return f"{rule.group}:{values}" if rule.value else rule.group
