"""Who gets the free places: down the queue, within the caps, keeping places for unmet minimums.

Greedy, in one pass: everyone is taken in order unless a cap is full or the places left are needed for a
minimum that others can still fill; places that no minimum could use in the end are filled in order too.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.call import AtLeast, AtMost, Places
from pipeline.text import fold, quote


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may get a place: `groups` are the answers that quotas look at, by answer key."""

    reference: str
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seating:
    """Who gets a place and who waits, both in the order of the queue; for the waiting, why."""

    offered: tuple[str, ...]
    waiting: Mapping[str, str]


class _Room:
    """The places left while they are given away: counts by group, and what minimums still need."""

    def __init__(self, places: Places, seated: tuple[Candidate, ...], unknown: int) -> None:
        self.places = places
        self.free = places.capacity - len(seated) - unknown
        self.count: Counter[tuple[str, str]] = Counter()
        for person in seated:
            self._count(person)

    def take(self, person: Candidate) -> None:
        self.free -= 1
        self._count(person)

    def full_cap(self, person: Candidate) -> AtMost | None:
        """Return the first cap that has no room for `person`."""
        return next((cap for cap in self.places.at_most if self._is_full(cap, person)), None)

    def unmet(self, person: Candidate, behind: Counter[AtLeast]) -> tuple[AtLeast, ...]:
        """Return the minimums that want the places left and that `person` would not help to meet.

        `behind` counts, per minimum, who could still fill it: no place is kept for people who are not there.
        """
        wanting = {quota: min(self._missing(quota), behind[quota]) for quota in self.places.at_least}
        if any(wanted and fills(person, quota) for quota, wanted in wanting.items()):
            return ()
        return (
            tuple(quota for quota, wanted in wanting.items() if wanted)
            if self.free <= sum(wanting.values())
            else ()
        )

    def _count(self, person: Candidate) -> None:
        self.count.update((group, fold(value)) for group, value in person.groups.items())

    def _is_full(self, cap: AtMost, person: Candidate) -> bool:
        value = fold(person.groups.get(cap.group, ""))
        # “-” is nobody's organisation
        exempt = not any(map(str.isalnum, value)) or value in map(fold, cap.exempt)
        return not exempt and self.count[cap.group, value] >= cap.places

    def _missing(self, quota: AtLeast) -> int:
        return max(0, quota.places - self.count[quota.group, fold(quota.value)])


def fills(person: Candidate, quota: AtLeast) -> bool:
    """Whether `person` counts towards a minimum."""
    return fold(person.groups.get(quota.group, "")) == fold(quota.value)


def give_places(
    places: Places, queue: tuple[Candidate, ...], seated: tuple[Candidate, ...], unknown: int = 0
) -> Seating:
    """Give the free places to `queue`, first come first; `seated` keep theirs whatever the quotas say.

    `unknown` counts people who hold a place and whose answers are not to be had.
    """
    room = _Room(places, seated, unknown)
    behind = Counter({quota: sum(fills(person, quota) for person in queue) for quota in places.at_least})
    passed, offered = [], set()
    for person in queue:
        if _is_refused(room, person, behind):
            passed.append(person)
        else:
            room.take(person)
            offered.add(person.reference)
        behind.subtract(quota for quota in places.at_least if fills(person, quota))
    for person in passed:
        if room.free > 0 and not room.full_cap(person):
            room.take(person)
            offered.add(person.reference)
    waiting = {person.reference: _why(room, person) for person in passed if person.reference not in offered}
    return Seating(tuple(person.reference for person in queue if person.reference in offered), waiting)


def _is_refused(room: _Room, person: Candidate, behind: Counter[AtLeast]) -> bool:
    return room.free <= 0 or room.full_cap(person) is not None or bool(room.unmet(person, behind))


def _why(room: _Room, person: Candidate) -> str:
    """Say why somebody waits: a full cap, named as a rule and never as people, or no place left."""
    cap = room.full_cap(person)
    if cap:
        value = quote(person.groups[cap.group], 40)
        return f"at most {cap.places} with the same {cap.group} can come, and {value} has {cap.places}"
    return f"all {room.places.capacity} places are taken"
