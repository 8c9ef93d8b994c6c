"""Made-up contests of any size: the same people and rules for the same size and seed, on any machine."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from pipeline.selection.contest import Contender, Contest, Limit, Minimum

COUNTRIES, PER_ORGANISATION = 30, 2
CATEGORIES = {"management": 0.36, "operational": 0.26, "external": 0.18, "research": 0.12, "policy": 0.08}
"""The share of those who apply; from three quarters to five quarters of it may come."""
FIRST_LINE, WOMEN = 0.25, {"yes": 0.2, "no": 0.45}
"""Shares of those who apply, of women among those who are first-line and those who are not."""
LEAST_WOMEN, LEAST_FIRST_LINE = 0.5, 0.5
"""Shares of those who should come: they get in each other's way."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who applies; entrants stand in rank order."""

    reference: str
    tier: int
    country: str
    organisation: str
    category: str
    gender: str
    first_line: str


@dataclass(frozen=True, slots=True)
class Quota:
    """From `least` to `most` people with a given value of an attribute."""

    attribute: str
    value: str
    least: int
    most: int


def make_entrants(people: int, places: int, seed: int) -> tuple[Entrant, ...]:
    """Make up people: some countries and organisations send many, most send few; the best tiers are small."""
    random = Random(seed)
    weights = [1 / (country + 2) for country in range(COUNTRIES)]
    return tuple(
        _make_entrant(random, number, min(2, number // places), weights, people) for number in range(people)
    )


def _make_entrant(random: Random, number: int, tier: int, weights: list[float], people: int) -> Entrant:
    first_line = "yes" if random.random() < FIRST_LINE else "no"
    country = random.choices(range(COUNTRIES), weights)[0]
    organisation = int(random.random() ** 2 * weights[country] * people / 4)
    return Entrant(
        f"P-{number:06}",
        tier,
        f"country {country}",
        f"organisation {country}-{organisation}",
        random.choices(list(CATEGORIES), list(CATEGORIES.values()))[0],
        "woman" if random.random() < WOMEN[first_line] else "man",
        first_line,
    )


def quotas(places: int) -> tuple[Quota, ...]:
    """Return the rules on everything but organisations; each has both numbers, as a lottery wants them."""
    most_of_one = -(-places * 3 // (2 * COUNTRIES))
    women, first_line = round(places * LEAST_WOMEN), round(places * LEAST_FIRST_LINE)
    return (
        *(Quota("country", f"country {number}", 0, most_of_one) for number in range(COUNTRIES)),
        *(
            Quota("category", name, int(share * places * 0.75), int(share * places * 1.25) + 1)
            for name, share in CATEGORIES.items()
        ),
        Quota("gender", "woman", women, places),
        Quota("gender", "man", 0, places - women),
        Quota("first_line", "yes", first_line, places),
        Quota("first_line", "no", 0, places),
    )


def make_contest(entrants: Iterable[Entrant], places: int) -> Contest:
    """Make the contest: the quotas, and no more than two of one organisation."""
    everybody = tuple(entrants)
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entrant in everybody:
        for attribute in ("country", "organisation", "category", "gender", "first_line"):
            members[attribute, getattr(entrant, attribute)].add(entrant.reference)
    limits = [
        Limit(value, frozenset(group), PER_ORGANISATION)
        for (attribute, value), group in members.items()
        if attribute == "organisation" and len(group) > PER_ORGANISATION
    ]
    minimums = []
    for quota in quotas(places):
        group = frozenset(members[quota.attribute, quota.value])
        name = f"{quota.attribute}: {quota.value}"
        limits += [Limit(name, group, quota.most)] if quota.most < places else []
        minimums += [Minimum(name, group, quota.least)] if quota.least else []
    contenders = tuple(Contender(entrant.reference, entrant.tier) for entrant in everybody)
    return Contest(places, contenders, limits=tuple(limits), minimums=tuple(minimums))
