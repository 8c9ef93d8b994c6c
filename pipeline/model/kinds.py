"""The kinds of message, as data: what each is called, who gets it when, and which leaves first.

Kinds that are shipped stand in `KINDS`; organisers add their own in `config/call.yaml`. What a kind needs beside its
line here is a template.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import ClassVar

from pipeline.model.applicant import Status
from pipeline.model.appointment import CalendarMethod
from pipeline.model.frozen import dataclass
from pipeline.model.said import Said

_NAME = re.compile("[a-z][a-z0-9_]*")


class Kind(str):
    """The name of a kind of message: of a shipped one, or of one that organisers added.

    Raises ValueError for what cannot be one.
    """

    __slots__ = ()

    def __new__(cls, name: str) -> "Kind":
        if not _NAME.fullmatch(name):
            raise ValueError(f"no kind of message is called {name!r}")
        return super().__new__(cls, name)

    INVITATION: ClassVar["Kind"]
    WAITING_LIST: ClassVar["Kind"]
    NOT_SELECTED: ClassVar["Kind"]
    PLACE_WITHDRAWN: ClassVar["Kind"]
    CANCELLED: ClassVar["Kind"]
    CHANGED: ClassVar["Kind"]
    OFFER_EXPIRED: ClassVar["Kind"]
    CONFIRMED: ClassVar["Kind"]
    WITHDRAWN: ClassVar["Kind"]
    WAITING_LIST_CLOSED: ClassVar["Kind"]
    DELAYED: ClassVar["Kind"]
    REPLY_REMINDER: ClassVar["Kind"]
    PRACTICAL_INFORMATION: ClassVar["Kind"]
    EVENT_REMINDER: ClassVar["Kind"]
    THANKS: ClassVar["Kind"]
    RECEIVED: ClassVar["Kind"]


Kind.INVITATION = Kind("invitation")
Kind.WAITING_LIST = Kind("waiting_list")
Kind.NOT_SELECTED = Kind("not_selected")
Kind.PLACE_WITHDRAWN = Kind("place_withdrawn")
Kind.CANCELLED = Kind("cancelled")
Kind.CHANGED = Kind("changed")
Kind.OFFER_EXPIRED = Kind("offer_expired")
Kind.REPLY_REMINDER = Kind("reply_reminder")
Kind.CONFIRMED = Kind("confirmed")
Kind.WITHDRAWN = Kind("withdrawn")
Kind.WAITING_LIST_CLOSED = Kind("waiting_list_closed")
Kind.PRACTICAL_INFORMATION = Kind("practical_information")
Kind.EVENT_REMINDER = Kind("event_reminder")
Kind.THANKS = Kind("thanks")
Kind.DELAYED = Kind("delayed")
Kind.RECEIVED = Kind("received")


class Weight(IntEnum):
    """What goes first where not everything can leave at once."""

    DECISION = 0
    ANSWER = 1
    REMINDER = 2
    THANKS = 3


class Group(StrEnum):
    """To whom a letter goes whose day has come. `all` are the other three: nobody refused, held or withdrawn."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    ALL = "all"


GROUPS: Mapping[Group, frozenset[Status]] = {
    Group.OFFERED: frozenset({Status.OFFERED}),
    Group.CONFIRMED: frozenset({Status.CONFIRMED}),
    Group.WAITING: frozenset({Status.WAITING}),
    Group.ALL: frozenset({Status.OFFERED, Status.CONFIRMED, Status.WAITING}),
}
"""Where the people of a group stand."""

REACHED = {
    status.lower().replace(" ", "_"): status
    for status in (
        *(Status.OFFERED, Status.CONFIRMED, Status.WAITING, Status.NOT_SELECTED, Status.INELIGIBLE),
        *(Status.WITHDRAWN, Status.EXPIRED, Status.NO_SHOW, Status.CANCELLED),
    )
}
"""The statuses that people reach, by what they are called in `config/call.yaml`."""


OWN_DAY = "remind_before"
"""Instead of a date: so long before the offer of each person is to be answered."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What is known of a kind before any call; what people call it is among the phrases.

    A letter is called for `at` a date (`14 days before starts`), `to` a group of people, or `when` a status is reached;
    the letters that tell decisions are called for by decisions. `until` are dates of the call of which the first that
    is to come makes it untrue. It always waits for approval where it `asks`. `calendar` is what it does to the
    reader's calendar, if anything.
    """

    weight: Weight
    to: Group | None = None
    at: str = ""
    when: str = ""
    until: tuple[str, ...] = ()
    asks: bool = False
    calendar: CalendarMethod | None = None


KINDS: Mapping[Kind, Sort] = {
    Kind.INVITATION: Sort(Weight.DECISION, until=("starts",), calendar=CalendarMethod.PUBLISH),
    Kind.WAITING_LIST: Sort(Weight.DECISION, until=("starts",)),
    Kind.NOT_SELECTED: Sort(Weight.DECISION),
    Kind.PLACE_WITHDRAWN: Sort(Weight.DECISION, until=("starts",), calendar=CalendarMethod.CANCEL),
    Kind.CANCELLED: Sort(Weight.ANSWER, until=("ends",), asks=True, calendar=CalendarMethod.CANCEL),
    Kind.CHANGED: Sort(Weight.ANSWER, until=("ends",), asks=True, calendar=CalendarMethod.PUBLISH),
    Kind.OFFER_EXPIRED: Sort(Weight.DECISION, calendar=CalendarMethod.CANCEL),
    Kind.CONFIRMED: Sort(Weight.ANSWER, when="confirmed", until=("starts",), calendar=CalendarMethod.PUBLISH),
    Kind.WITHDRAWN: Sort(Weight.ANSWER, when="withdrawn", until=("ends",), calendar=CalendarMethod.CANCEL),
    Kind.WAITING_LIST_CLOSED: Sort(Weight.ANSWER, to=Group.WAITING, at="last_offers", until=("ends",)),
    Kind.DELAYED: Sort(Weight.ANSWER, until=("starts",)),
    Kind.RECEIVED: Sort(Weight.ANSWER, until=("selection",)),
    Kind.REPLY_REMINDER: Sort(Weight.REMINDER, to=Group.OFFERED, at=OWN_DAY),
    Kind.PRACTICAL_INFORMATION: Sort(
        Weight.REMINDER, to=Group.CONFIRMED, at="14 days before starts", until=("starts",)
    ),
    Kind.EVENT_REMINDER: Sort(
        Weight.REMINDER, to=Group.CONFIRMED, at="2 days before starts", until=("starts",)
    ),
    Kind.THANKS: Sort(Weight.THANKS, to=Group.CONFIRMED, at="ends"),
}
"""The shipped kinds, in the order in which they leave."""

OWN = Sort(Weight.REMINDER)
"""What is known of a kind that organisers added."""

NOTICES = frozenset({Kind.CANCELLED, Kind.CHANGED})
"""The kinds that tell what is no longer as other letters say."""

DECISIONS = frozenset(kind for kind, sort in KINDS.items() if sort.weight is Weight.DECISION)
"""The kinds that tell what was decided."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What calls for letters of a kind in one call: a date that came, for a group, or a status that is reached.

    A date may be each person's own (`at` and `when` are None): the day by which an offer is to be answered draws near.
    From `until` on they would be nonsense (None: never).
    """

    to: Group | None = None
    at: datetime | None = None
    when: Status | None = None
    until: datetime | None = None


def sort_of(kind: str) -> Sort:
    """Return what is known of a kind."""
    return KINDS.get(Kind(kind), OWN)


def title_of(kind: str) -> str:
    """Return what people read of a kind, in any language; one that organisers added goes by its name: “Visa letter”."""
    return Said(f"kind {kind}") if kind in KINDS else kind.replace("_", " ").capitalize()


def kind_titled(title: str) -> Kind | None:
    """Return the kind that organisers added and that goes by this title; None for what none can be called."""
    name = title.lower().replace(" ", "_")
    return Kind(name) if _NAME.fullmatch(name) and title_of(name) == title else None


def turn_of(kind: str) -> tuple[int, int, str]:
    """Order kinds as they leave; organisers' own come behind the shipped ones of their weight."""
    shipped = list(KINDS)
    place = shipped.index(Kind(kind)) if kind in KINDS else len(shipped)
    return sort_of(kind).weight, place, kind
