"""The weeks after the invitation, played with plain values: what people do, and what must hold after every run."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.decisions.timeline import TRANSITIONS, TYPED, Event
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_words import Misunderstood, read_override
from pipeline.messages.reading import Templates, make_templates
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.kinds import KINDS, NOTICES, Group, Kind, Occasion
from pipeline.model.message import State
from pipeline.model.offers import Offers
from pipeline.model.places import Places
from pipeline.model.problem import NeedKind
from pipeline.model.ranks import RankKey
from pipeline.model.reason import ReasonKind
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from tests.support.approval_play import Play
from tests.support.build import SELECTION, at
from tests.support.promises import Promises, left_open
from tests.support.reply_form import CALL_WITH_FORM, answered

E = Event
Pair = tuple[Status, Event]
DAY = timedelta(days=1)
NAMES = ("ana", "bea", "clo", "dan", "eva", "fay", "gus", "hal", "ida")
COUNTRIES = ("Spain", "Italy", "Malta")

TEXT = "---\nsubject: '{{{{ call.title }}}}: {kind}'\n---\nDear reader, it is on {{{{ call.starts }}}}.\n"
TEMPLATES = make_templates(
    {kind: (f"{kind}.md", TEXT.format(kind=kind)) for kind in KINDS}, "<html><body>{{ body }}</body></html>"
)
"""Every letter says when the meeting is: none may leave to somebody who was told another day."""

RANKED = {E.RULED_OUT, E.PLACE_GIVEN, E.LISTED, E.TURNED_AWAY, E.PASSED_OVER, E.REPLY_DATE_PASSED}
"""What happens to somebody because of others, or of silence: only the verdict says whether it did."""


def on(call: Call, starts: datetime) -> Call:
    """Return a call with the meeting on another day, and its letters with it."""
    ends, closes = starts + timedelta(days=1, hours=3), starts - 6 * DAY
    dates = replace(call.dates, starts=starts, ends=ends, last_offers=closes)
    occasions = {
        Kind.REPLY_REMINDER: Occasion(Group.OFFERED),
        Kind.CONFIRMED: Occasion(when=Status.CONFIRMED, until=starts),
        Kind.WITHDRAWN: Occasion(when=Status.WITHDRAWN, until=ends),
        Kind.WAITING_LIST_CLOSED: Occasion(Group.WAITING, closes, until=ends),
        Kind.PRACTICAL_INFORMATION: Occasion(Group.CONFIRMED, starts - 14 * DAY, until=starts),
        Kind.EVENT_REMINDER: Occasion(Group.CONFIRMED, starts - 2 * DAY, until=starts),
        Kind.THANKS: Occasion(Group.CONFIRMED, ends),
    }
    return replace(call, dates=dates, occasions=occasions)


STARTS = at("09-12 09:00")
CALL = on(
    replace(
        CALL_WITH_FORM,
        places=Places(2, rank_by=(RankKey("vetos", ("Yes", "Aims to")),), seed="seed"),
        offers=Offers(within=timedelta(days=5), remind_before=timedelta(days=2)),
        approve=NOTICES,
    ),
    STARTS,
)


SAYING = {
    Status.OFFERED: "Confirmed",
    Status.EXPIRED: "Decline",
    Status.CONFIRMED: "Confirmed",
    Status.WAITING: "Decline",
    Status.NOT_SELECTED: "Decline",
    Status.INELIGIBLE: "Decline",
    Status.NO_SHOW: "No show",
    Status.CANCELLED: "Cancel",
}
"""What organisers say in the end of whom they are asked about."""


@dataclass
class Weeks(Play):
    """A call, its people by name, and what happened to each since the last run.

    `covered` are the pairs of the table that were met, and led where it says.
    """

    call: Call = CALL
    now: datetime = SELECTION
    answers: list[str] = field(default_factory=list)
    is_frozen: bool = False
    news: dict[str, set[Event]] = field(default_factory=dict)
    covered: set[Pair] = field(default_factory=set)
    promises: Promises = field(default_factory=Promises)
    last: datetime = SELECTION - DAY
    templates: Templates = TEMPLATES

    # --- what people do ------------------------------------------------------------------------------

    def apply(
        self, name: str, country: str = "Spain", vetos: str = "Yes", when: datetime | None = None
    ) -> None:
        """Let somebody fill in the form; a second time, too."""
        again = any(f"{name}@" in row for row in self.rows)
        when = when or at(f"07-10 09:{len(self.rows):02}")
        row = f"{when:%m-%d %H:%M} | {name}@example.org | {name.title()} Lind | Manager | {vetos} > country={country}"
        self.rows.append(row)
        self._happens(name, E.APPLIED_AGAIN if again else E.APPLIED)

    def correct(self, name: str) -> None:
        """Let an answer be another one: it says another thing of who can come."""
        nth = self._row_of(name)
        row = self.rows[nth]
        self.rows[nth] = (
            row.replace("| No >", "| Yes >") if "| No >" in row else re.sub(r"[^|]+>", " No >", row)
        )
        self._happens(name, E.ANSWERS_CHANGED)

    def says(self, name: str, word: str) -> None:
        """Let organisers type a word; another person in it goes by the name."""
        nth = self._row_of(name)
        if self.words.get(nth, "") == word:
            return
        self.words[nth] = word
        if event := _event_of(self.call, word):
            self._happens(name, event)

    def passes_on(self, name: str, heir: str) -> None:
        """Let organisers pass somebody's place on."""
        self.says(name, f"Replace by {heir}@example.org")
        self._happens(heir, E.PLACE_PASSED_ON)

    def replies(self, name: str, *, is_yes: bool) -> None:
        """Let somebody fill in the reply form, if a letter with the reference has left."""
        if reference := self.reference(name):
            said = "Yes" if is_yes else "No"
            self.answers.append(f"{self.now:%m-%d %H:%M} | {name}@example.org | {reference} | {said}")
            self._happens(name, E.SAID_YES if is_yes else E.SAID_NO)

    @property
    def names(self) -> list[str]:
        """Everybody who applied."""
        return list(dict.fromkeys(row.split("|")[1].strip().partition("@")[0] for row in self.rows))

    def reference(self, name: str) -> str:
        known = {address.partition("@")[0]: one for one, address in self.history.addresses.items()}
        return known.get(name, "")

    def _row_of(self, name: str) -> int:
        return max(nth for nth, row in enumerate(self.rows) if f" {name}@" in row)

    def _happens(self, name: str, event: Event) -> None:
        self.news.setdefault(name, set()).add(event)

    # --- what Convene does ---------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        found = super().snapshot()
        controls = replace(found.controls, freeze=self.is_frozen)
        return replace(found, replies=answered(*self.answers), controls=controls)

    def run(self, state: State = State.ACCEPTED, *, writes: bool = True, scope: Scope = EVERYTHING) -> Plan:
        """Run once, and hold all that must hold against what came of it."""
        before, now = self.history, self.now
        made = super().run(state, writes=writes, scope=scope)
        self.promises.see(self.call, made, before, self.history)
        for verdict in made.assessment.verdicts:
            name = verdict.case.applicant.response.address.partition("@")[0]
            self._follow(verdict.now, self.news.pop(name, set()), made)
        self.last = now
        return made

    def end(self) -> None:
        """Let organisers see to all that they are asked, and time pass until the meeting is over; then look at each."""
        latest = max(self.call.dates.starts, self.now + 30 * DAY)
        self.is_frozen, self.call = False, on(replace(self.call, cancelled=False), latest)
        for days in (0, 1, 5, 2, 5):
            self.now += days * DAY
            self._see_to_all()
        for moment in (self.call.dates.last_offers, self.call.dates.starts, self.call.dates.ends):
            self.now = max(self.now, moment + timedelta(minutes=1)) if moment else self.now
            self._see_to_all()
        left = list(left_open(self.made, self.history))
        assert not left, left

    def _see_to_all(self) -> None:
        """Run, approve what waits, answer what is asked, and run again, until nobody is asked any more."""
        for _ in range(4):
            self.made = self.run()
            if self.history.proposals:
                self.approve_all()
            if self.made.is_empty and not self.made.needs:
                break
            asked = {need.problem.reference for need in self.made.needs if need.kind is not NeedKind.REFUSED}
            for verdict in self.made.assessment.verdicts:
                if verdict.reference in asked or verdict.status is Status.ON_HOLD:
                    self._answer(verdict)

    def _answer(self, verdict: Verdict) -> None:
        """Let organisers say once more what is so, and turn down whom nothing was told."""
        row, known = verdict.case.applicant.row - 2, verdict.case.standing
        told = SAYING.get(known.status, "Withdrawn") if known else "Decline"
        for nth, line in enumerate(self.rows):
            if line.split("|")[1] == self.rows[row].split("|")[1]:
                self.words[nth] = told if nth == row else ""

    def _follow(self, verdict: Verdict, events: set[Event], made: Plan) -> None:
        """Note which pair of the table was met, and that it led where the table says."""
        starts = self.call.dates.starts
        events = set(events)
        if self.last < starts <= made.now:
            events.add(E.MEETING_BEGAN)
        if verdict.event in RANKED:
            events.add(verdict.event)
        before = verdict.case.standing.status if verdict.case.standing else Status.RECEIVED
        for event in events:
            if (before, event) not in TRANSITIONS:
                continue
            if _leads_there(verdict, before, event, is_alone=len(events) == 1):
                self.covered.add((before, event))


def _event_of(call: Call, word: str) -> Event | None:
    try:
        said = read_override(word, call.audience)
    except Misunderstood:
        return None
    return TYPED.get(said.word) if said else None


def _leads_there(verdict: Verdict, before: Status, event: Event, *, is_alone: bool) -> bool:
    """Whether what became of somebody is what the table says of this event, and by it."""
    to, after = TRANSITIONS[before, event], verdict.status
    is_asked = verdict.case.doubt is not None and verdict.case.doubt.kind is ReasonKind.MISFIT
    if to.asks:
        return is_asked and after in {before, Status.TO_REVIEW}
    if verdict.event is event:
        return after is to.status
    if to.status is Status.RECEIVED:
        return verdict.event in RANKED or after in {Status.RECEIVED, Status.TO_REVIEW}
    return is_alone and verdict.standing is None and not is_asked and after is to.status
