"""Who comes first: those in time, then the call's ranking keys, then the earlier application."""

import hashlib

from pipeline.call import Call, RankKey
from pipeline.model import Applicant
from pipeline.text import fold


def rank_key(call: Call, applicant: Applicant) -> tuple[object, ...]:
    """Return what applicants are sorted by, lowest first; exact ties are settled by a seeded hash.

    The last part is SHA-256 of seed, call and reference, so that any machine ranks alike.
    """
    response = applicant.response
    keys = tuple(_place(key, response.answers.get(key.key, "")) for key in call.places.rank_by)
    tie = hashlib.sha256(f"{call.places.seed}|{call.id}|{applicant.reference}".encode()).hexdigest()
    return (call.late(response.submitted), *keys, response.submitted, tie)


def _place(key: RankKey, answer: str) -> int:
    """Return where an answer stands in a key's order; an answer outside it comes after all others."""
    order = [fold(option) for option in key.order]
    return order.index(fold(answer)) if fold(answer) in order else len(order)
