"""Who comes first: those in time, then by tier, then by the call's ranking keys, then the earlier application."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import inf, prod
from typing import TypeAlias

from pipeline.audience.answers import group
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import is_no_group
from pipeline.decisions.places.measures import Place, measure
from pipeline.model.call import Call
from pipeline.model.places import CATEGORY
from pipeline.model.question import Question
from pipeline.model.ranks import By, RankKey

Turns: TypeAlias = Mapping[tuple[str, str], float]
"""For an answer's key and a reference, whether the applicant is the 1st, 2nd, 3rd … with this answer."""


def rank_key(call: Call, case: Case, turns: Turns | None = None) -> tuple[object, ...]:
    """Return what applicants are sorted by, lowest first; exact ties are settled by a seeded hash.

    The last part is SHA-256 of seed, call and reference, so that any machine ranks alike. Without `turns`,
    ranking keys by turn prefer nobody.
    """
    drawn = hashlib.sha256(f"{call.places.seed}|{call.id}|{case.reference}".encode()).hexdigest()
    return (*merits(call, case, turns), drawn)


def merits(call: Call, case: Case, turns: Turns | None = None) -> tuple[object, ...]:
    """Return all that applicants are sorted by, but for the draw among equals."""
    keys = tuple(_place(call, key, case, turns or {}) for key in call.places.rank_by)
    submitted = () if call.places.draw else (case.applicant.response.submitted,)
    return (own_tier(call, case), *keys, *submitted)


def own_tier(call: Call, case: Case) -> int:
    """Return an applicant's tier, 0 for the best; who applied late comes behind all who were in time."""
    tier = 0
    for key in call.places.tiers:
        tier = tier * (len(key.order) + 1) + _in_order(call, key, case)
    is_late = call.late(case.applicant.response.submitted)
    return tier + is_late * prod(len(key.order) + 1 for key in call.places.tiers)


def count_turns(call: Call, cases: Iterable[Case], before: Iterable[Case]) -> Turns:
    """Count who is the first, second, ... with an answer, by all other keys; those `before` were first."""
    ordered, earlier = sorted(cases, key=lambda case: rank_key(call, case)), tuple(before)
    turns: dict[tuple[str, str], float] = {}
    for key in (rank.key for rank in call.places.rank_by if rank.by is By.TURN):
        counts = Counter(_group(call, key, case) for case in earlier)
        for case in ordered:
            answer = _group(call, key, case)
            counts[answer] += 1
            shares = not is_no_group(call.columns.question(key), answer)
            turns[key, case.reference] = (counts[answer] if shares else 1) if answer else inf
    return turns


def _place(call: Call, key: RankKey, case: Case, turns: Turns) -> Place:
    """Return where an answer stands by one key; an answer that the key cannot place comes after all others."""
    if key.by is By.ORDER:
        return _in_order(call, key, case)
    if key.by is By.TURN:
        return turns.get((key.key, case.reference), 0)
    found = measure(call, case.applicant.response, key)
    return inf if found is None else found


def _in_order(call: Call, key: RankKey, case: Case) -> int:
    order = _order_of(call.columns.question(key.key), key.order)
    answer = _group(call, key.key, case)
    return order.index(answer) if answer in order else len(order)


@lru_cache(maxsize=64)  # the call's own words: everybody is ranked by the same
def _order_of(question: Question, order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(group(question, option) for option in order)


def _group(call: Call, key: str, case: Case) -> str:
    answer = case.category if key == CATEGORY else case.applicant.response.answers.get(key, "")
    return group(call.columns.question(key), answer)
