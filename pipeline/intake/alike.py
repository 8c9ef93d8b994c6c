"""Who may be one person: whoever shares an address, or a name and a place of work, with somebody who came before.

An address is not a person. Nothing is taken for granted where two applicants are alike: the one who came first, or who
was told something, stands as if alone; the other waits for a person's word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pipeline.intake.memory import name_key
from pipeline.intake.own_rows import address_of
from pipeline.model.applicant import Entry
from pipeline.model.frozen import dataclass
from pipeline.model.mailbox import mailbox
from pipeline.model.text import fold

PLACE_OF_WORK = ("organisation", "job_title")
"""The keys of answers of which one, beside the name, makes two applicants alike."""

ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Compared:
    """One applicant for comparison: `rows` by age, none if they are gone from the sheet; `addresses` are all known.

    `is_told` says that something is on record for them; `is_other` that a person said they are nobody else; `is_here`
    that a row is theirs beyond doubt.
    """

    reference: str
    rows: tuple[Entry, ...]
    addresses: frozenset[str]
    is_told: bool = False
    is_other: bool = False
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whom an applicant is like, who comes first: `by_address` alone, or else by name."""

    reference: str
    by_address: bool


def find_alike(people: Iterable[Compared]) -> Mapping[str, tuple[Likeness, ...]]:
    """Return, for everybody who has to wait, for whom."""
    groups: dict[tuple[str, ...], list[Compared]] = defaultdict(list)
    for person in people:
        if not person.is_other:
            for sign in _signs(person):
                groups[sign].append(person)
    alike: dict[str, dict[str, Likeness]] = defaultdict(dict)
    for sign, members in ((sign, several) for sign, several in groups.items() if len(several) > 1):
        first = min(members, key=standing_order)
        for person in members:
            if person is not first and not person.is_told:
                like = Likeness(first.reference, sign[0] == ADDRESS)
                alike[person.reference].setdefault(first.reference, like)
    return {reference: tuple(others[name] for name in sorted(others)) for reference, others in alike.items()}


def standing_order(person: Compared) -> tuple[object, ...]:
    """Order people who are alike: who was told something, then who applied first."""
    first = person.rows[0].response if person.rows else None
    moment = first.submitted.timestamp() if first else 0.0
    return not person.is_told, moment, person.reference


def _signs(person: Compared) -> Iterable[tuple[str, ...]]:
    """Yield what makes two people alike, if they have it in common; an address before all else."""
    for address in sorted(person.addresses):
        yield ADDRESS, address
    newest = person.rows[-1].response if person.rows else None
    name = name_key(newest) if newest else ""
    if newest and name:
        yield "mailbox", name, mailbox(address_of(newest.key))
        for key in PLACE_OF_WORK:
            answer = fold(newest.answers.get(key, ""))
            if any(map(str.isalnum, answer)):
                yield key, name, answer
