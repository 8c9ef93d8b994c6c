"""Reasons in words: the one table of what the sheet and the commands say of a decision.

The person it speaks of may read it: rules are named, other people never. Nothing reads these sentences back.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.text import counted, day, listed, ordinal, quote

Rules: TypeAlias = tuple[tuple[str, int], ...]
"""Rules by name, each with its bound."""

Causes: TypeAlias = tuple[tuple[str, Rules, bool], ...]
"""What speaks for or against somebody's place: the ground, the rules it rests on, and whether it holds only
beside those who rank before (see `pipeline.selection.reasons.why`)."""

Pairs: TypeAlias = tuple[tuple[str, str], ...]


def words(reasons: tuple[Reason, ...]) -> str:
    """Say reasons in one line, each a sentence."""
    return _say(reasons, _WORDINGS)


def formerly(reasons: tuple[Reason, ...]) -> str:
    """Say the same in the words of an earlier version, which sheets may still show."""
    return _say(reasons, {**_WORDINGS, ReasonKind.WAITING: _waiting_formerly})


def _say(reasons: tuple[Reason, ...], table: Mapping[ReasonKind, Callable[..., str]]) -> str:
    return " ".join(filter(None, (table[reason.kind](**dict(reason.facts)) for reason in reasons)))


# --- what the rules find -----------------------------------------------------------------------------------


def _slips(slips: Pairs) -> str:
    return f"{listed(tuple(f'{quote(said)} was read as {quote(meant)}' for said, meant in slips))}."


def _unanswered(questions: tuple[str, ...]) -> str:
    return f"No answer to {listed(tuple(f'“{header}”' for header in questions))}, which the rules need."


def _answers(answers: Pairs) -> str:
    return listed(tuple(f"{quote(answer)} to “{header}”" for answer, header in answers))


# --- what became of the places -----------------------------------------------------------------------------


def _offered(rank: int, tier: int, causes: Causes) -> str:
    """Say why somebody gets a place; rank 0 is for those who waited, tier 0 where the call has none."""
    first = (f"tier {tier}, " if tier else "") + f"rank {rank}" if rank else "from the waiting list"
    return f"A place is offered: {'; '.join((first, *_said(causes)))}."


def _waiting(places: int, full: Rules, position: int) -> str:
    """Say what somebody waits for: what is full, and when they would be next."""
    taken, freed = _wanted(places, full)
    first = "first" if position == 1 else ordinal(position)
    return f"On the waiting list: {taken}; {first} in line if a place{freed} becomes free."


def _waiting_formerly(places: int, full: Rules, position: int) -> str:
    taken, freed = _wanted(places, full)
    return f"On the waiting list: {taken}; {ordinal(position)} if a place{freed} frees."


def _wanted(places: int, full: Rules) -> tuple[str, str]:
    freed = f" for {listed(tuple(name for name, _ in full))}" if full else ""
    return _all_full(full) if full else _all_taken(places), freed


def _obstacle(places: int, full: Rules, causes: Causes) -> str:
    """Say what keeps somebody from a place: full limits, else that all places are taken, else the causes."""
    if full:
        return _all_full(full)
    return "; ".join((*((_all_taken(places),) if places else ()), *_said(causes)))


def _passed_over(on: str, places: int, full: Rules, causes: Causes) -> str:
    when = f" on {_day(on)}" if on else ""  # nobody was, yet
    return f"Passed over{when}: {_obstacle(places, full, causes)}."


def _no_place(places: int, full: Rules, causes: Causes, *, is_closed: bool) -> str:
    end = "closed" if is_closed else "full"
    return f"No place: {_obstacle(places, full, causes)}, and the waiting list is {end}."


def _all_taken(places: int) -> str:
    return f"{_all_places(places)} {'is' if places == 1 else 'are'} taken"


def _all_full(full: Rules) -> str:
    is_one = [bound for _, bound in full] == [1]
    places = tuple(f"{_all_places(bound)} for {name}" for name, bound in full)
    return f"{listed(places)} {'is' if is_one else 'are'} taken"


def _all_places(number: int) -> str:
    return "the only place" if number == 1 else f"all {number} places"


def _said(causes: Causes) -> tuple[str, ...]:
    return tuple(filter(None, (say_cause(*cause) for cause in causes)))


def say_cause(ground: str, rules: Rules, beside: bool) -> str:
    """Say one cause; nothing for the rank, which is said anyway."""
    least = tuple(f"{name} (at least {bound})" for name, bound in rules)
    said = {
        "rank": "",
        "needed": f"needed for {listed(least)}",
        "needed together": f"needed for {listed(least)}, taken together"
        if least
        else "comes in beside those who are needed for minimums",
        "no places": "all places were taken before",
        "taken": "all places are taken by those who rank before",
        "minimum": f"would break {listed(least, 'or')}",
        "empty": "would leave a place empty",
        "tier": "would leave fewer places to better tiers",
        "wish": "would make the group less balanced than was asked for",
        "tie": "lost the draw among equals",
        "unproved": "no time was left to work out more",
    }[ground]
    return f"beside those who rank before, {said}" if beside else said


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


_CAUSES = {
    "conclusion": "the conclusion is another one",
    "kind": "another letter is due",
    "to": "the address is another one",
    "sender": "the letter comes from another address",
    "target": "the sheet, the ledger or the mail server is another one",
    "until": "a date in the letter has passed or changed",
    "revision": "the letter is due again",
    "words": "the text of the letter is another one",
}
"""Why what was released is not what would leave now, by the part that differs."""


def _changed_since(released: str, cause: str, word: str) -> str:
    return (
        f"You released “{released}”, and since then {_CAUSES[cause]}: it waits for you again. "
        f"Type {word} to release it as it is now."
    )


def _few(others: tuple[str, ...]) -> str:
    more = len(others) - 3
    return listed((*others[:3], f"{more} more") if more > 0 else others)


# --- the table ---------------------------------------------------------------------------------------------

_WORDINGS: Mapping[ReasonKind, Callable[..., str]] = {
    ReasonKind.RULE: lambda text: text,  # as organisers wrote it, with the answer that decided
    ReasonKind.SLIPS: _slips,
    ReasonKind.UNANSWERED: _unanswered,
    ReasonKind.UNCLEAR: lambda answers: f"Not clear without a person: the answer {_answers(answers)}.",
    ReasonKind.SEVERAL_CATEGORIES: lambda titles: (
        f"Fits more than one category: {listed(tuple(f'“{title}”' for title in titles))}."
    ),
    ReasonKind.NO_CATEGORY: lambda answers: f"No category fits these answers: {_answers(answers)}.",
    ReasonKind.LATE: lambda: "Applied after the deadline.",
    ReasonKind.PUT_IN_CATEGORY: lambda: "Put in this category by the organisers.",
    ReasonKind.HELD: lambda: "Held by the organisers.",
    ReasonKind.DECIDED: lambda word: f"Decided by the organisers: {word}.",
    ReasonKind.PLACE_TAKEN_BACK: lambda: (
        "A place had been offered before: Convene does not write about this, please do."
    ),
    ReasonKind.TOLD_FROM: lambda on: f"It will be told from {_day(on)} on.",
    ReasonKind.UNKNOWN_WORD: lambda word, words: (
        f"The Decision {quote(word)} is not one of: {', '.join(words)}."
    ),
    ReasonKind.OLDER_WORD: lambda word: (
        f"The Decision {quote(word)} stands in the row of an older response. "
        "Type it in this row, or delete it there."
    ),
    ReasonKind.NOTHING_TO_SETTLE: lambda word: (
        f"“{word}” decides nothing: no message to this person is in doubt or refused."
    ),
    ReasonKind.HEARD_BEFORE: lambda word: (
        f"“{word}” was there before and is followed once. Delete it, and type it anew after the next run."
    ),
    ReasonKind.OVER: lambda word: (
        f"“{word}” is not followed: the meeting has begun. Write to this person yourself, then type Delivered."
    ),
    ReasonKind.REVIEWS: lambda number, until: (
        f"Told when {counted(number, 'review')} {'is' if number == 1 else 'are'} settled, or after {_day(until)}."
    ),
    ReasonKind.SETTLES: lambda until: f"Followed from {until} on, unless you change it until then.",
    ReasonKind.CHANGED_SINCE: _changed_since,
    ReasonKind.OK_BEFORE: lambda word: f"“ok” was typed before this was proposed. Type {word} to release it.",
    ReasonKind.BEHIND: lambda: "Told as soon as everybody who comes before is told, too.",
    ReasonKind.APPLIED_AGAIN: lambda status, since: (
        f"Stands as “{status}” since {_day(since)}, and has applied again."
    ),
    ReasonKind.CONTRADICTED: lambda status, since: (
        f"Stands as “{status}” since {_day(since)}, and the answers or the rules now say otherwise:"
    ),
    ReasonKind.BEGUN: lambda: "The meeting has begun.",
    ReasonKind.TURNED_AWAY: lambda: "A place is free, but people who applied before were turned away.",
    ReasonKind.UNCOUNTED: lambda: (
        "A place is free, but the quotas cannot be counted: "
        "rows of people who have a place are missing or are to be checked."
    ),
    ReasonKind.FROZEN: lambda: "No place is given by rank: Freeze promotion is on in the tab Convene.",
    ReasonKind.ASK: lambda: "Type what is to happen in the Decision column.",
    ReasonKind.SAME_ADDRESS: lambda other: (
        f"Has the address of {other}, and another name. "
        "Type Same person or Other person, or what is to happen, in the Decision column."
    ),
    ReasonKind.SAME_NAME: lambda other: (
        f"May be {other}, with another address. "
        "Type Same person or Other person, or what is to happen, in the Decision column."
    ),
    ReasonKind.WHOSE_UNCLEAR: lambda: (
        "It is not clear who is the same person. Type Same person: and the reference of the other row."
    ),
    ReasonKind.WAITS_BEHIND: lambda others: (
        f"May be the same person as {_few(others)}: waiting for your word."
    ),
    ReasonKind.WORSE: lambda sent: (
        f"These answers would take away what those of {_day(sent)} give. To let the older ones count, delete this "
        "row; else type what is to happen in the Decision column."
    ),
    ReasonKind.TOO_EARLY: lambda sent, opens: (
        f"Bears a time of {_day(sent)}, and the call opened on {_day(opens)}. "
        "Correct the time stamp, or type what is to happen in the Decision column."
    ),
    ReasonKind.TOO_LATE: lambda sent: (
        f"Bears a time that has not come yet, on {_day(sent)}. "
        "Correct the time stamp, or type what is to happen in the Decision column."
    ),
    ReasonKind.DIFFERING: lambda questions: (
        f"Different answers stand in the columns of {listed(tuple(f'“{header}”' for header in questions))}. "
        "Leave the one that counts, or type what is to happen in the Decision column."
    ),
    ReasonKind.OFFERED: _offered,
    ReasonKind.WAITING: _waiting,
    ReasonKind.PASSED_OVER: _passed_over,
    ReasonKind.OBSTACLE: _obstacle,
    ReasonKind.NO_PLACE: _no_place,
    ReasonKind.NEWER_RESPONSE: lambda: "A newer response by the same person counts.",
    ReasonKind.TAKEN_OVER: lambda on: f"Told on {_day(on)}; taken over without its reason.",
    ReasonKind.NOT_KEPT: lambda: "What was answered is no longer kept.",
    ReasonKind.AS_WRITTEN: lambda text: text,
}
