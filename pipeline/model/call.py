"""A call as the organisers decided it: the validated content of `config/call.yaml`, as plain values."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from re import Match
from zoneinfo import ZoneInfo

from pipeline.model.appointment import AS_USUAL, CalendarSettings, Session
from pipeline.model.frozen import dataclass
from pipeline.model.kinds import Kind, Occasion
from pipeline.model.languages import ENGLISH_ONLY, Languages
from pipeline.model.offers import USUAL, Offers
from pipeline.model.places import Places
from pipeline.model.question import Question as Question
from pipeline.model.replies import ReplyForm
from pipeline.model.rules import Audience, Condition

NAMED = re.compile(
    r"(?P<before>column “)?\b(?P<name>Decision|Organiser note|Reference|Reason)\b|[“«„‘‹][^”»“’›]*[”»“’›]"
)
"""A column that a sentence names, or what is quoted in it. The other columns' names are also words of their own."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The call's dates, aware, in its zone.

    `deadline` is the last second in time; `selection` is when decisions may be told, up to `reviews_by` only those that
    no open review can change (None: all at once). `reply_by` is the day by which invited people should answer, whenever
    they were invited (see `offers`); after `last_offers` no place is given by rank any more. `sessions` are those of
    the programme, in order.
    """

    deadline: datetime
    selection: datetime
    starts: datetime
    ends: datetime
    opens: datetime | None = None
    reply_by: datetime | None = None
    last_offers: datetime | None = None
    reviews_by: datetime | None = None
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The questions of the form, by the key of their answer.

    The keys `timestamp` and `email` must be there; `first_name` and `family_name` make names.
    `timestamp_formats` are `strptime` patterns tried for time stamps that are text, `timestamp_language` that of the
    names in them (empty: any); `timestamp_zone` is their clock (None: that of the sheet, or the call's).
    Rows of which `no_response` holds are passed over: further header lines, totals, notes. The headers stand in row
    `header_row`; `own_columns` are other names for Convene's and the organisers' columns, where a form has such a one.
    With `choices_below`, a choice whose header is blank is named in the line below the headers.
    """

    questions: Mapping[str, Question]
    timestamp_formats: tuple[str, ...] = ()
    timestamp_language: str = ""
    timestamp_zone: ZoneInfo | None = None
    no_response: Condition | None = None
    header_row: int = 1
    own_columns: Mapping[str, str] = field(default_factory=dict)
    choices_below: bool = False

    def title(self, header: str) -> str:
        """Return what a column of Convene's or of the organisers is headed in the sheet."""
        return self.own_columns.get(header, header)

    def say(self, text: str) -> str:
        """Call Convene's and the organisers' columns in a sentence as they are headed; what is quoted stays."""
        return NAMED.sub(self._headed, text) if self.own_columns else text

    def _headed(self, found: Match[str]) -> str:
        before, name = found["before"], found["name"]
        if name is None or name not in self.own_columns:
            return found[0]
        return f"{before}{self.title(name)}" if before else f"“{self.title(name)}”"

    @property
    def form(self) -> tuple[str, ...]:
        """The headers of all the form's columns."""
        return tuple(header for question in self.questions.values() for header in question.columns)

    @property
    def or_headed(self) -> tuple[str, ...]:
        """The other headers under which the form's columns may stand."""
        return tuple(header for question in self.questions.values() for header in question.or_headed)

    @property
    def headers(self) -> Mapping[str, str]:
        """The header of each answer's column."""
        return {key: question.header for key, question in self.questions.items()}

    def question(self, key: str) -> Question:
        """Return a question; one that offers nothing for a key that is no column (the category)."""
        return self.questions.get(key) or Question(key)


NO_QUESTIONS = Columns({})
"""Only Convene's and the organisers' columns."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call for participants. `facts` are the organisers' own words for templates (place, language).

    `messages` is the template of each kind that is sent; `occasions` what calls for those that tell no
    decision.
    `cancelled` says that it does not take place: nothing leaves but that.
    Messages of the kinds in `approve` leave when a person released them. `settle` is how long an organiser's word waits
    after it was first seen, in case it is changed. By the form `replies`, invited people say whether they come.
    """

    id: str
    title: str
    zone: ZoneInfo
    dates: Dates
    columns: Columns
    audience: Audience
    places: Places
    messages: Mapping[Kind, str]
    reply_to: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    approve: frozenset[Kind] = frozenset()
    settle: timedelta = timedelta()
    languages: Languages = ENGLISH_ONLY
    replies: ReplyForm | None = None
    occasions: Mapping[Kind, Occasion] = field(default_factory=dict)
    attachments: Mapping[Kind, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    copies: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)
    calendar: CalendarSettings = AS_USUAL
    cancelled: bool = False
    offers: Offers = USUAL

    def late(self, submitted: datetime) -> bool:
        """Whether a response came after the deadline's last second."""
        return submitted > self.dates.deadline


def when(call: Call, moment: datetime) -> str:
    """Write a time as the sheet shows it: to the minute, in the call's zone."""
    return f"{moment.astimezone(call.zone):%Y-%m-%d %H:%M}"


def may_tell(dates: Dates, now: datetime) -> bool:
    """Whether decisions may be told: from the selection date on."""
    return now >= dates.selection


def awaits_reviews(dates: Dates, now: datetime) -> bool:
    """Whether what an open review could change is not told yet."""
    return dates.reviews_by is not None and dates.selection <= now <= dates.reviews_by


SESSIONS = "sessions"
"""Under which name a letter keeps when the sessions are that it put into its reader's calendar."""


def is_closed(dates: Dates, now: datetime) -> bool:
    """Whether no place is given by rank any more: the last day for offers is over, or the meeting has begun."""
    return now >= dates.starts or (dates.last_offers is not None and now > dates.last_offers)


def is_over(dates: Dates, now: datetime) -> bool:
    """Whether the event has ended."""
    return now > dates.ends
