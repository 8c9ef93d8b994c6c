"""What must hold after every run, whatever people did: judged by the ledger before and after, and by the plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from pipeline.decisions.timeline import TELLS, Event
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import Call, is_closed, may_tell
from pipeline.model.history import SEATED, History, Posted, Standing, by_reference, is_by_hand, is_open
from pipeline.model.kinds import DECISIONS, NOTICES, Weight, sort_of
from pipeline.model.message import DOUBTFUL_STATES, Kind, State
from pipeline.model.places import CATEGORY
from pipeline.model.printed import meanings
from pipeline.model.reason import WAITS, ReasonKind
from pipeline.planning.plan import Plan

TAKING_BACK = frozenset({Kind.PLACE_WITHDRAWN, Kind.OFFER_EXPIRED})
"""The letters that say themselves that an earlier one holds no longer."""

REFUSALS = frozenset({Kind.WAITING_LIST, Kind.NOT_SELECTED})
NO_PLACE_NOW = frozenset(
    {
        *(ReasonKind.FROZEN, ReasonKind.TOO_SHORT, ReasonKind.TURNED_AWAY, ReasonKind.UNCOUNTED),
        *(ReasonKind.CLOSED, ReasonKind.BEGUN, ReasonKind.REVIEWS, ReasonKind.CALLED_OFF),
    }
)
"""Why somebody gets no place that is free, beside quotas; each stands in the row."""
LEFT_BEFORE = frozenset({State.ACCEPTED, *DOUBTFUL_STATES})


@dataclass
class Promises:
    """What was seen so far: where each person stood in turn, and between which letters."""

    stood: dict[str, list[Standing]] = field(default_factory=dict)

    def see(self, call: Call, made: Plan, before: History, after: History) -> None:
        """Hold one run against all that must be so."""
        for reference, standing in after.standings.items():
            known = self.stood.setdefault(reference, [])
            if not known or known[-1] != standing:
                known.append(standing)
        letters, old = by_reference(after), {each.id: each.state for each in before.posted}
        for reference, posted in letters.items():
            new = [
                each
                for each in posted
                if each.state is State.ACCEPTED and old.get(each.id) not in LEFT_BEFORE
            ]
            self._one_in_force(reference, posted, after)
            self._nothing_contradicts(reference, posted)
            self._dates_do_what_they_say(call, reference, new)
            _says_what_holds(call, posted, new)
        _no_more_than_there_are(call, made, after)
        _what_is_not_understood_decides_nothing(made)
        if not (call.cancelled or made.controls.pause):
            _free_places_are_given(call, made)
            _what_waits_says_why(made)

    def _one_in_force(self, reference: str, posted: tuple[Posted, ...], after: History) -> None:
        """At most one letter that tells a decision is on its way or stands, and it tells what is on record."""
        on_its_way = [each for each in posted if each.kind in DECISIONS and is_open(each)]
        assert len(on_its_way) <= 1, (reference, on_its_way)
        standing = after.standings.get(reference)
        if on_its_way:
            assert standing, (reference, on_its_way)
            assert TELLS.get(standing.status) == on_its_way[0].kind, (standing, on_its_way)
        told = [each.kind for each in posted if each.kind in DECISIONS and _is_known(each)]
        if standing and standing.status in SEATED and told and not is_by_hand(standing):
            is_seated_by_letter = standing.status is Status.OFFERED and not on_its_way
            assert not is_seated_by_letter or told[-1] == Kind.INVITATION or _went_astray(posted), (
                standing,
                told,
            )

    def _nothing_contradicts(self, reference: str, posted: tuple[Posted, ...]) -> None:
        """A refusal follows an invitation only once the place is gone; what follows a refusal is by a word."""
        told = [each for each in posted if each.kind in DECISIONS and _is_known(each)]
        for first, second in pairwise(told):
            between = [one for one in self.stood[reference] if first.at <= one.at <= second.at]
            if any(map(is_by_hand, between)):
                continue  # organisers said something else meanwhile
            gave_up = any(one.status not in SEATED and one.vacated for one in between)
            if first.kind == second.kind:
                assert first.kind == Kind.INVITATION, (reference, first, second)
                assert gave_up, (reference, between)
            if first.kind == Kind.INVITATION and second.kind in REFUSALS:
                assert gave_up, (reference, between)
            if first.kind in {Kind.NOT_SELECTED, *TAKING_BACK} and second.kind not in TAKING_BACK:
                assert any(one.decision for one in between), (reference, first, second, between)

    def _dates_do_what_they_say(self, call: Call, reference: str, new: list[Posted]) -> None:
        """No offer lapses on its last day, no letter leaves before its day, or once it would be nonsense."""
        for first, second in pairwise(self.stood.get(reference, [])):
            if second.status is Status.EXPIRED and first.reply_by:
                assert utc(second.at) > utc(first.reply_by), (first, second)
        for message in new:
            occasion = call.occasions.get(message.kind)
            if occasion and message.occasion:
                assert occasion.at is None or utc(occasion.at) <= utc(message.at), message
                assert occasion.until is None or utc(message.at) < utc(occasion.until), message


def utc(moment: datetime) -> datetime:
    """Return the same moment on the one clock that never turns."""
    return moment.astimezone(UTC)


def _is_known(message: Posted) -> bool:
    return message.state in {State.ACCEPTED, *DOUBTFUL_STATES}


def _went_astray(posted: tuple[Posted, ...]) -> bool:
    return any(each.state in {State.REFUSED, State.REPLACED} for each in posted)


def _says_what_holds(call: Call, posted: tuple[Posted, ...], new: list[Posted]) -> None:
    """No reminder leaves to whom an earlier letter told otherwise; what leaves says what holds."""
    values = meanings(call)
    for message in new:
        assert all(values.get(name, "") == value for name, value in message.printed), message
        assert not call.cancelled or message.kind == Kind.CANCELLED, message
        told = {n: v for each in posted if each.id < message.id and _is_known(each) for n, v in each.printed}
        wrong = {
            name for name, value in told.items() if name in {"title", "starts"} and values[name] != value
        }
        is_reminder = sort_of(message.kind).weight in {Weight.REMINDER, Weight.THANKS}
        assert not (wrong and is_reminder) or message.at > call.dates.ends, (message, wrong)


def _no_more_than_there_are(call: Call, made: Plan, after: History) -> None:
    """Nobody gets a place by rank unless all who hold one then are no more than the places and the overbooking."""
    given = [one.reference for one in made.standings if one.cause == Event.PLACE_GIVEN.name.lower()]
    seated = [one for one in after.standings.values() if one.status in SEATED]
    assert not given or len(seated) <= call.places.seats, (given, len(seated), call.places.seats)


def _what_is_not_understood_decides_nothing(made: Plan) -> None:
    """Whoever has a word that cannot be followed stays what they are, and the reason begins with the question."""
    for verdict in made.assessment.verdicts:
        known, doubt = verdict.case.standing, verdict.case.doubt
        if doubt:
            assert (verdict.standing, verdict.reasons[0]) == (None, doubt), verdict
            assert verdict.status is (known.status if known else Status.TO_REVIEW), verdict


def _free_places_are_given(call: Call, made: Plan) -> None:
    """A free place is offered in this run, or each who could have it is kept from it, and the row says by what."""
    if not may_tell(call.dates, made.now):
        return
    verdicts = {one.reference: one for one in made.assessment.verdicts}
    known = made.history.standings
    seated = {one.reference for one in verdicts.values() if one.holds_place}
    seated |= {ref for ref, one in known.items() if one.status in SEATED and ref not in verdicts}
    if len(seated) >= call.places.seats:
        return
    for verdict in verdicts.values():
        if verdict.reference in seated or not _competes(verdict):
            continue
        kinds = {reason.kind for reason in verdict.reasons}
        if not kinds & NO_PLACE_NOW:
            assert not is_closed(call.dates, made.now), (verdict.status, verdict.reasons)
            full = [
                reason
                for reason in verdict.reasons
                if dict(reason.facts).get("full") or dict(reason.facts).get("causes")
            ]
            assert full, (verdict, "no reason why a free place is not given")
            assert _is_barred(call, made, verdict, seated), verdict


def _competes(verdict: Verdict) -> bool:
    """Whether somebody could have a place by rank: they wait for one, or were told nothing yet."""
    case, standing = verdict.case, verdict.case.standing
    if case.doubt or case.classification.eligibility is not Eligibility.ELIGIBLE:
        return False
    if case.override and case.override.word is not Word.ELIGIBLE:
        return False
    is_kept = case.followed is not None and case.followed.word is Word.WAITING and not case.override
    if standing is None:
        return verdict.standing is None
    return standing.status is Status.WAITING and verdict.status is Status.WAITING and not is_kept


def _is_barred(call: Call, made: Plan, verdict: Verdict, seated: set[str]) -> bool:
    """Whether one more person like this would be more than a quota allows, or would take a place held for another."""
    people = {one.reference: one for one in made.assessment.verdicts}

    def answer(one: Verdict, key: str) -> str:
        if key == CATEGORY:
            return one.case.classification.category
        return one.case.applicant.response.answers.get(key, "")

    def count(key: str, value: str) -> int:
        return sum(answer(people[ref], key) == value for ref in seated if ref in people)

    for quota in call.places.at_most:
        mine = answer(verdict, quota.group)
        if quota.value in ("", mine) and count(quota.group, mine) >= quota.places:
            return True
    kept = sum(
        max(0, hold.places - count(hold.group, hold.value))
        for hold in call.places.held
        if made.now <= hold.until and answer(verdict, hold.group) != hold.value
    )
    return bool(kept) and len(seated) + kept >= call.places.seats


def _what_waits_says_why(made: Plan) -> None:
    """What is concluded and not told in this run waits for a person, and is listed, or its row says for what."""
    told = {standing.reference for standing in made.standings}
    listed = {effect.reference for effect in made.unreleased}
    for verdict in (one.now for one in made.assessment.verdicts):
        if (
            verdict.standing
            and verdict.reference not in told | listed
            and verdict.event is not Event.PASSED_OVER
        ):
            assert {reason.kind for reason in verdict.reasons} & WAITS, verdict


FINAL = frozenset(
    {
        *(Status.CONFIRMED, Status.WITHDRAWN, Status.EXPIRED, Status.NOT_SELECTED, Status.INELIGIBLE),
        *(Status.NO_SHOW, Status.CANCELLED, Status.WAITING),
    }
)
"""Where people stand when all is over; who waited was told that the list is closed."""


def left_open(made: Plan, history: History) -> Iterator[tuple[str, object]]:
    """Yield everybody who agreed and can be reached and did not end in a final status of which they were told."""
    letters = by_reference(history)
    for verdict in made.assessment.verdicts:
        reference, posted = verdict.reference, letters.get(verdict.reference, ())
        standing = history.standings.get(reference)
        is_astray = any(each.state is State.REFUSED for each in posted)
        if verdict.case.found.eligibility is Eligibility.HELD or is_astray:
            continue
        if standing is None or standing.status not in FINAL:
            yield reference, verdict
        elif not _was_told(standing, posted):
            yield reference, (standing, posted)


def _was_told(standing: Standing, posted: tuple[Posted, ...]) -> bool:
    """Whether the last decision that somebody knows is what is on record; what they or organisers report, they know."""
    kind = TELLS.get(standing.status)
    told = [each.kind for each in posted if each.kind in DECISIONS and _is_known(each)]
    return (
        kind is None
        or is_by_hand(standing)
        or told[-1:] == [kind]
        or any(each.kind in NOTICES for each in posted)
    )
