"""Who comes first: those in time, then by tier, then by the call's ranking keys, then the earlier application."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from math import inf, isfinite, prod

from pipeline.audience.answers import group, understand
from pipeline.audience.numbers import read_number
from pipeline.decisions.places.known import is_no_group
from pipeline.model.applicant import Applicant
from pipeline.model.call import Call
from pipeline.model.places import By, RankKey

Turns = Mapping[tuple[str, str], float]
"""For an answer's key and a reference, whether the applicant is the 1st, 2nd, 3rd … with this answer."""


def rank_key(call: Call, applicant: Applicant, turns: Turns | None = None) -> tuple[object, ...]:
    """Return what applicants are sorted by, lowest first; exact ties are settled by a seeded hash.

    The last part is SHA-256 of seed, call and reference, so that any machine ranks alike. Without `turns`,
    ranking keys by turn prefer nobody.
    """
    drawn = hashlib.sha256(f"{call.places.seed}|{call.id}|{applicant.reference}".encode()).hexdigest()
    return (*merits(call, applicant, turns), drawn)


def merits(call: Call, applicant: Applicant, turns: Turns | None = None) -> tuple[object, ...]:
    """Return all that applicants are sorted by, but for the draw among equals."""
    keys = tuple(_place(call, key, applicant, turns or {}) for key in call.places.rank_by)
    return (own_tier(call, applicant), *keys, applicant.response.submitted)


def own_tier(call: Call, applicant: Applicant) -> int:
    """Return an applicant's tier, 0 for the best; who applied late comes behind all who were in time."""
    tier = 0
    for key in call.places.tiers:
        tier = tier * (len(key.order) + 1) + _in_order(call, key, applicant)
    return tier + call.late(applicant.response.submitted) * prod(
        len(key.order) + 1 for key in call.places.tiers
    )


def count_turns(call: Call, applicants: Iterable[Applicant], before: Iterable[Applicant]) -> Turns:
    """Count who is the first, second, ... with an answer, by all other keys; those `before` were first."""
    ordered, earlier = sorted(applicants, key=lambda person: rank_key(call, person)), tuple(before)
    turns: dict[tuple[str, str], float] = {}
    for key in (rank.key for rank in call.places.rank_by if rank.by is By.TURN):
        counts = Counter(_group(call, key, person) for person in earlier)
        for person in ordered:
            answer = _group(call, key, person)
            counts[answer] += 1
            shares = not is_no_group(call.columns.question(key), answer)
            turns[key, person.reference] = (counts[answer] if shares else 1) if answer else inf
    return turns


def _place(call: Call, key: RankKey, applicant: Applicant, turns: Turns) -> float:
    """Return where an answer stands by one key; an answer that the key cannot place comes after all others."""
    if key.by is By.ORDER:
        return _in_order(call, key, applicant)
    if key.by is By.TURN:
        return turns.get((key.key, applicant.reference), 0)
    question, answer = call.columns.question(key.key), applicant.response.answers.get(key.key, "")
    if question.scale:
        step = understand(question, answer).option
        at = question.scale.index(step) if step else inf
        return at if key.by is By.LOWEST or not step else -at
    number = read_number(answer)
    if number is None:
        return inf
    least = number.low if isfinite(number.low) else number.high  # “10+” and “5-7” count as the least they say
    return least if key.by is By.LOWEST else -least


def _in_order(call: Call, key: RankKey, applicant: Applicant) -> int:
    question, answer = call.columns.question(key.key), _group(call, key.key, applicant)
    order = [group(question, option) for option in key.order]
    return order.index(answer) if answer in order else len(order)


def _group(call: Call, key: str, applicant: Applicant) -> str:
    return group(call.columns.question(key), applicant.response.answers.get(key, ""))
