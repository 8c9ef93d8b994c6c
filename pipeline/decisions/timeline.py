"""What can move a person on, and where to: one table of (status, event) to (status, message that tells it).

A status is what was concluded and recorded; `Received` stands for nothing yet. `To review` and `On hold` are only
shown, over what was concluded: whoever holds a place keeps it meanwhile. A message is due unless the person knows
already what it tells (see `planning.due`).
"""

from collections.abc import Mapping
from enum import Enum, auto

from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.frozen import dataclass
from pipeline.model.message import Kind

RECEIVED, REVIEW, ON_HOLD = Status.RECEIVED, Status.TO_REVIEW, Status.ON_HOLD
OFFERED, CONFIRMED, WAITING = Status.OFFERED, Status.CONFIRMED, Status.WAITING
NOT_SELECTED, INELIGIBLE = Status.NOT_SELECTED, Status.INELIGIBLE
WITHDRAWN, EXPIRED = Status.WITHDRAWN, Status.EXPIRED
NO_SHOW, CANCELLED = Status.NO_SHOW, Status.CANCELLED

CONCLUDED = (
    *(OFFERED, CONFIRMED, WAITING, NOT_SELECTED, INELIGIBLE),
    *(WITHDRAWN, EXPIRED, NO_SHOW, CANCELLED),
)
"""The statuses that are put on record."""


class Event(Enum):
    """What happens in the life of an application."""

    # An organiser types a word in the Decision column.
    TYPED_INVITE = auto()
    TYPED_WAITING = auto()
    TYPED_DECLINE = auto()
    TYPED_HOLD = auto()
    TYPED_CONFIRMED = auto()
    TYPED_WITHDRAWN = auto()
    TYPED_CANCEL = auto()
    TYPED_NO_SHOW = auto()
    TYPED_REPLACE = auto()
    TYPED_EXTEND = auto()
    TYPED_ELIGIBLE = auto()
    # The same, in the row of somebody whose place this person is to have.
    PLACE_PASSED_ON = auto()
    # The applicant answers an offer.
    SAID_YES = auto()
    SAID_NO = auto()
    # A date passes.
    REPLY_DATE_PASSED = auto()
    MEETING_BEGAN = auto()
    # From the selection date on the rules are told, and places given by rank: at first, and when one becomes free.
    RULED_OUT = auto()
    PLACE_GIVEN = auto()
    LISTED = auto()
    TURNED_AWAY = auto()
    PASSED_OVER = auto()
    # The form sends something.
    APPLIED = auto()
    APPLIED_AGAIN = auto()
    ANSWERS_CHANGED = auto()


@dataclass(frozen=True, slots=True)
class To:
    """Where an event leads: the status from then on, and the message that tells it.

    A word that `asks` is followed only where the person knows of nothing that it takes back, or organisers tell it
    themselves; else they are asked. One that asks and leads nowhere never fits.
    """

    status: Status
    message: Kind | None = None
    asks: bool = False


E, K = Event, Kind

TRANSITIONS: Mapping[tuple[Status, Event], To] = {
    # --- nothing was concluded yet ---
    (RECEIVED, E.APPLIED): To(RECEIVED, K.RECEIVED),  # the form arrived; the applicant hears so once
    (RECEIVED, E.ANSWERS_CHANGED): To(RECEIVED),  # a correction in time: the newest answers count
    (RECEIVED, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # the organisers want this person in any case
    (RECEIVED, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST),  # they keep this person in reserve
    (RECEIVED, E.TYPED_DECLINE): To(NOT_SELECTED, K.NOT_SELECTED),  # they turn this person down
    (RECEIVED, E.TYPED_HOLD): To(ON_HOLD),  # they want to ask first; nobody is written to
    (RECEIVED, E.TYPED_CONFIRMED): To(CONFIRMED),  # a speaker, say, who agreed on the telephone
    (RECEIVED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # somebody wrote that they cannot come after all
    (RECEIVED, E.TYPED_ELIGIBLE): To(RECEIVED),  # a question is answered: the ranking decides
    (RECEIVED, E.SAID_NO): To(WITHDRAWN),  # does not wait for the decision
    (RECEIVED, E.RULED_OUT): To(INELIGIBLE, K.NOT_SELECTED),  # the call is for others
    (RECEIVED, E.PLACE_GIVEN): To(
        OFFERED, K.INVITATION
    ),  # selection day, or a late application and a free place
    (RECEIVED, E.LISTED): To(WAITING, K.WAITING_LIST),  # all places are taken
    (RECEIVED, E.TURNED_AWAY): To(NOT_SELECTED, K.NOT_SELECTED),  # the waiting list is full or closed
    (RECEIVED, E.MEETING_BEGAN): To(REVIEW),  # too late for a place by rank: a person answers
    # --- a place was offered ---
    (OFFERED, E.SAID_YES): To(CONFIRMED),  # the invited person comes
    (OFFERED, E.SAID_NO): To(WITHDRAWN),  # the person withdrew after the offer
    (OFFERED, E.REPLY_DATE_PASSED): To(
        EXPIRED, K.OFFER_EXPIRED
    ),  # no answer in time; the next one gets the place
    (OFFERED, E.TYPED_INVITE): To(OFFERED),  # the organisers say what is so already
    (OFFERED, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST, asks=True),  # they take the place back
    (OFFERED, E.TYPED_DECLINE): To(
        NOT_SELECTED, K.NOT_SELECTED, asks=True
    ),  # they take the place back for good
    (OFFERED, E.TYPED_HOLD): To(ON_HOLD),  # something has to be cleared up; the place is kept
    (OFFERED, E.TYPED_CONFIRMED): To(CONFIRMED),  # the answer came by telephone
    (OFFERED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # the refusal came by telephone
    (OFFERED, E.TYPED_CANCEL): To(CANCELLED, K.PLACE_WITHDRAWN),  # the organisers take the invitation back
    (OFFERED, E.TYPED_NO_SHOW): To(NO_SHOW),  # never answered, and did not come
    (OFFERED, E.TYPED_REPLACE): To(CANCELLED, K.PLACE_WITHDRAWN),  # the place passes to somebody else
    (OFFERED, E.TYPED_EXTEND): To(OFFERED),  # the person asked for more time, and has it
    (OFFERED, E.TYPED_ELIGIBLE): To(OFFERED),  # who has a place needs no ranking
    (OFFERED, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers would not have got the place
    (OFFERED, E.MEETING_BEGAN): To(OFFERED),  # whoever came, came
    # --- the invited person comes ---
    (CONFIRMED, E.SAID_YES): To(CONFIRMED),  # a second click
    (CONFIRMED, E.SAID_NO): To(WITHDRAWN),  # fell ill
    (CONFIRMED, E.TYPED_INVITE): To(CONFIRMED),  # an old word still stands in the cell
    (CONFIRMED, E.TYPED_WAITING): To(
        WAITING, K.WAITING_LIST, asks=True
    ),  # the organisers take the place back
    (CONFIRMED, E.TYPED_DECLINE): To(
        NOT_SELECTED, K.NOT_SELECTED, asks=True
    ),  # they take the place back for good
    (CONFIRMED, E.TYPED_HOLD): To(ON_HOLD),  # something has to be cleared up; the place is kept
    (CONFIRMED, E.TYPED_CONFIRMED): To(CONFIRMED),  # said again
    (CONFIRMED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # called off by telephone
    (CONFIRMED, E.TYPED_CANCEL): To(CANCELLED, K.PLACE_WITHDRAWN),  # they take it back after a yes
    (CONFIRMED, E.TYPED_NO_SHOW): To(NO_SHOW),  # said yes, and did not come
    (CONFIRMED, E.TYPED_REPLACE): To(CANCELLED, K.PLACE_WITHDRAWN),  # the place passes to somebody else
    (CONFIRMED, E.TYPED_EXTEND): To(CONFIRMED),  # needs no more time
    (CONFIRMED, E.TYPED_ELIGIBLE): To(CONFIRMED),  # who comes needs no ranking
    (CONFIRMED, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers would not have got the place
    (CONFIRMED, E.MEETING_BEGAN): To(CONFIRMED),  # the person is there
    # --- on the waiting list ---
    (WAITING, E.PLACE_GIVEN): To(OFFERED, K.INVITATION),  # a place became free
    (WAITING, E.PASSED_OVER): To(WAITING),  # a place went to somebody behind, for a quota; the reason says so
    (WAITING, E.SAID_NO): To(WITHDRAWN),  # does not want to wait any longer
    (WAITING, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # the organisers call this person up
    (WAITING, E.TYPED_WAITING): To(WAITING),  # said again
    (WAITING, E.TYPED_DECLINE): To(NOT_SELECTED, K.NOT_SELECTED),  # they end the waiting
    (WAITING, E.TYPED_HOLD): To(ON_HOLD),  # not to be called up for now; the turn is kept
    (WAITING, E.TYPED_CONFIRMED): To(CONFIRMED),  # called up by telephone, and agreed
    (WAITING, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # wrote that they made other plans
    (WAITING, E.TYPED_ELIGIBLE): To(WAITING),  # goes on waiting by rank
    (WAITING, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers would not have got onto the list
    (WAITING, E.MEETING_BEGAN): To(WAITING),  # no place is given by rank any more
    # --- turned down, for want of places or by the organisers ---
    (NOT_SELECTED, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # the organisers change their mind
    (NOT_SELECTED, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST),  # they give some hope again
    (NOT_SELECTED, E.TYPED_DECLINE): To(NOT_SELECTED),  # said again
    (NOT_SELECTED, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (NOT_SELECTED, E.TYPED_CONFIRMED): To(CONFIRMED),  # let in by telephone
    (NOT_SELECTED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # wants to hear no more
    (NOT_SELECTED, E.TYPED_ELIGIBLE): To(RECEIVED),  # competes again, as if nothing had been concluded
    (NOT_SELECTED, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers might have got a place
    (NOT_SELECTED, E.MEETING_BEGAN): To(NOT_SELECTED),  # nothing changes
    # --- not in the target audience ---
    (INELIGIBLE, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # the organisers make an exception
    (INELIGIBLE, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST),  # they make an exception, if there is room
    (INELIGIBLE, E.TYPED_DECLINE): To(NOT_SELECTED, K.NOT_SELECTED),  # they say the same
    (INELIGIBLE, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (INELIGIBLE, E.TYPED_CONFIRMED): To(CONFIRMED),  # let in by telephone
    (INELIGIBLE, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # wants to hear no more
    (INELIGIBLE, E.TYPED_ELIGIBLE): To(RECEIVED),  # the rules were wrong: the ranking decides
    (INELIGIBLE, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers are in the target audience
    (INELIGIBLE, E.MEETING_BEGAN): To(INELIGIBLE),  # nothing changes
    # --- gave the place, or the application, up ---
    (WITHDRAWN, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # wants to come after all, and may
    (WITHDRAWN, E.TYPED_WAITING): To(
        WAITING, K.WAITING_LIST
    ),  # wants to come after all, if a place becomes free
    (WITHDRAWN, E.TYPED_DECLINE): To(NOT_SELECTED, K.NOT_SELECTED),  # asked again, and in vain
    (WITHDRAWN, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (WITHDRAWN, E.TYPED_CONFIRMED): To(CONFIRMED),  # comes after all
    (WITHDRAWN, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # said again
    (WITHDRAWN, E.TYPED_ELIGIBLE): To(RECEIVED),  # competes again
    (WITHDRAWN, E.SAID_YES): To(REVIEW),  # wants to come after all, and the place may be another's now
    (WITHDRAWN, E.SAID_NO): To(WITHDRAWN),  # says it again
    (WITHDRAWN, E.APPLIED_AGAIN): To(REVIEW),  # a new response after the withdrawal: which one holds?
    (WITHDRAWN, E.ANSWERS_CHANGED): To(WITHDRAWN),  # who is not coming may answer what they like
    (WITHDRAWN, E.MEETING_BEGAN): To(WITHDRAWN),  # nothing changes
    # --- the offer lapsed ---
    (EXPIRED, E.SAID_YES): To(REVIEW),  # a yes that came too late: a person may give a place
    (EXPIRED, E.SAID_NO): To(WITHDRAWN),  # says so at least
    (EXPIRED, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # the organisers offer a place once more
    (EXPIRED, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST),  # next time a place becomes free
    (EXPIRED, E.TYPED_DECLINE): To(NOT_SELECTED, K.NOT_SELECTED),  # answered too late, and in vain
    (EXPIRED, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (EXPIRED, E.TYPED_CONFIRMED): To(CONFIRMED),  # the late yes is taken
    (EXPIRED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # the late no is noted
    (EXPIRED, E.TYPED_ELIGIBLE): To(RECEIVED),  # competes again
    (EXPIRED, E.APPLIED_AGAIN): To(REVIEW),  # a new response in place of an answer: which one holds?
    (EXPIRED, E.ANSWERS_CHANGED): To(EXPIRED),  # a correction is no answer to the offer
    (EXPIRED, E.MEETING_BEGAN): To(EXPIRED),  # nothing changes
    # --- had a place, and did not come ---
    (NO_SHOW, E.TYPED_INVITE): To(NO_SHOW, asks=True),  # the meeting is over
    (NO_SHOW, E.TYPED_WAITING): To(NO_SHOW, asks=True),  # the meeting is over
    (NO_SHOW, E.TYPED_DECLINE): To(NO_SHOW, asks=True),  # the meeting is over
    (NO_SHOW, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (NO_SHOW, E.TYPED_CONFIRMED): To(CONFIRMED),  # was there, only late
    (NO_SHOW, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # had called off in time
    (NO_SHOW, E.TYPED_NO_SHOW): To(NO_SHOW),  # said again
    (NO_SHOW, E.TYPED_ELIGIBLE): To(NO_SHOW),  # nothing is left to compete for
    (NO_SHOW, E.ANSWERS_CHANGED): To(NO_SHOW),  # whatever is answered afterwards
    (NO_SHOW, E.MEETING_BEGAN): To(NO_SHOW),  # nothing changes
    # --- the organisers took the invitation back ---
    (CANCELLED, E.TYPED_INVITE): To(OFFERED, K.INVITATION),  # they change their mind
    (CANCELLED, E.TYPED_WAITING): To(WAITING, K.WAITING_LIST),  # they give some hope again
    (CANCELLED, E.TYPED_DECLINE): To(CANCELLED),  # the person knows
    (CANCELLED, E.TYPED_HOLD): To(ON_HOLD),  # not to be written to for now
    (CANCELLED, E.TYPED_CONFIRMED): To(CONFIRMED),  # comes after all
    (CANCELLED, E.TYPED_WITHDRAWN): To(WITHDRAWN),  # says that it is all right
    (CANCELLED, E.TYPED_CANCEL): To(CANCELLED),  # said again
    (CANCELLED, E.TYPED_ELIGIBLE): To(RECEIVED),  # competes again
    (CANCELLED, E.ANSWERS_CHANGED): To(REVIEW),  # the new answers may be those of somebody they want
    (CANCELLED, E.MEETING_BEGAN): To(CANCELLED),  # nothing changes
    # --- words about a place, typed for somebody who has none ---
    **{
        (status, event): To(status, asks=True)
        for status in (RECEIVED, WAITING, NOT_SELECTED, INELIGIBLE, WITHDRAWN, EXPIRED, NO_SHOW, CANCELLED)
        for event in (E.TYPED_CANCEL, E.TYPED_NO_SHOW, E.TYPED_REPLACE, E.TYPED_EXTEND)
        if (status, event) not in {(CANCELLED, E.TYPED_CANCEL), (NO_SHOW, E.TYPED_NO_SHOW)}
    },
    # --- the place of somebody else, whatever the list and the rules say ---
    **{
        (status, E.PLACE_PASSED_ON): To(OFFERED, K.INVITATION)
        for status in (RECEIVED, WAITING, NOT_SELECTED, INELIGIBLE, WITHDRAWN, EXPIRED, CANCELLED)
    },
}
"""Where each event leads. What is not in it cannot happen; the table's test says why, pair by pair."""

UNTOLD = {
    Eligibility.ELIGIBLE: RECEIVED,
    Eligibility.INELIGIBLE: INELIGIBLE,
    Eligibility.REVIEW: REVIEW,
    Eligibility.HELD: ON_HOLD,
}
"""What is shown of people to whom nothing was told yet, by what the rules found."""

TELLS = {to.status: to.message for to in TRANSITIONS.values() if to.message and to.status is not RECEIVED}
"""Which message tells a status. The others are told by nobody but the applicant or the organisers."""

TYPED = {
    Word.INVITE: Event.TYPED_INVITE,
    Word.WAITING: Event.TYPED_WAITING,
    Word.DECLINE: Event.TYPED_DECLINE,
    Word.HOLD: Event.TYPED_HOLD,
    Word.CONFIRMED: Event.TYPED_CONFIRMED,
    Word.WITHDRAWN: Event.TYPED_WITHDRAWN,
    Word.CANCEL: Event.TYPED_CANCEL,
    Word.NO_SHOW: Event.TYPED_NO_SHOW,
    Word.REPLACE: Event.TYPED_REPLACE,
    Word.EXTEND: Event.TYPED_EXTEND,
    Word.ELIGIBLE: Event.TYPED_ELIGIBLE,
}
"""What an organiser's word is in the table."""

MESSAGES = {
    event: frozenset(to.message for (_, each), to in TRANSITIONS.items() if each is event and to.message)
    for event in Event
}
"""Which messages can come of an event."""

REACHES = {
    event: frozenset(to.status for (_, each), to in TRANSITIONS.items() if each is event) for event in Event
}
"""Which statuses an event can lead to."""

REPORTED = frozenset(
    {
        *(Event.TYPED_CONFIRMED, Event.TYPED_WITHDRAWN, Event.TYPED_NO_SHOW),
        *(Event.SAID_YES, Event.SAID_NO),
    }
)
"""What is reported rather than decided: it needs no selection date, and nobody is written to."""

BY_RANK = frozenset({Event.PLACE_GIVEN, Event.LISTED, Event.TURNED_AWAY})
"""What the ranking decides, and what is therefore told in turn."""
