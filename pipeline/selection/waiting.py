"""The waiting list: who is next, what keeps others back, and who comes if somebody leaves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.selection.contest import Choice, Contest


@dataclass(frozen=True, slots=True)
class Full:
    """A limit that has no room: `count` people under it have a place, and `most` may."""

    name: str
    count: int
    most: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Where somebody waits: `position` by rank, from 1, and the full limits that keep them back.

    `position_if_freed` is the position if one place frees and with it one under exactly the limits in
    `blocked_by`, and none under any other: 1 means that `select` would then take this person, all others
    who have a place being seated.
    """

    reference: str
    position: int
    blocked_by: tuple[Full, ...]
    position_if_freed: int


def waiting_list(contest: Contest, choice: Choice) -> tuple[Turn, ...]:
    """Return everyone who was not chosen, in rank order."""
    raise NotImplementedError


def next_if_leaves(
    contest: Contest, choice: Choice, seconds: float | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Return for everyone who has a place who would come if they left; () if nobody could.

    Equal to what `select` does with that person gone and all others who have a place seated. Several come
    only where places had stayed empty.
    """
    raise NotImplementedError


def say_turn(turn: Turn) -> str:
    """Say it as “3rd; 1st if a place for Country: Germany frees; full: Country: Germany (4 of 4)”."""
    raise NotImplementedError
