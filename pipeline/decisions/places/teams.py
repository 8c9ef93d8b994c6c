"""Who comes with whom: a team gets places as a whole or not at all, and where it no longer is one, a person decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.decisions.case import Case
from pipeline.decisions.places.give import Outcome, Placed
from pipeline.decisions.places.line_up import team_of
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, Standing
from pipeline.model.reason import ReasonKind, because
from pipeline.selection.reasons.why import Ground

_NO_ROOM = because(ReasonKind.OBSTACLE, places=0, full=(), causes=((Ground.TEAM.value, (), False),))


def by_team(call: Call, cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Return the people of each team."""
    teams: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if name := team_of(call, case):
            teams[name].append(case)
    return {name: tuple(team) for name, team in teams.items()}


def look_at_teams(
    call: Call, left: tuple[Case, ...], settled: Mapping[str, Verdict], shut: frozenset[str]
) -> Mapping[str, Placed]:
    """Return what becomes of those `left` who do not compete with their team as it is; to some the places are `shut`.

    Whom organisers call eligible, they take with those of the team who compete, be it alone. So that a run that stopped
    half-way parts nobody, whoever was of a team when some of it were told what came of it gets the same.
    """
    competing = {case.reference for case in left}
    teams = by_team(call, (*left, *(verdict.case for verdict in settled.values())))
    return {
        case.reference: placed
        for team in teams.values()
        for case in team
        if case.reference in competing and not case.override
        if (placed := _look(case, [mate for mate in team if mate is not case], settled, shut))
    }


def _look(
    case: Case, mates: list[Case], settled: Mapping[str, Verdict], shut: frozenset[str]
) -> Placed | None:
    told = {mate.reference: _told_with(settled.get(mate.reference), case) for mate in mates}
    away = (
        reference
        for reference, status in told.items()
        if not status and (reference in settled or (reference in shut) is not (case.reference in shut))
    )
    if not mates:
        return Placed(Outcome.ASK, because(ReasonKind.TEAM_ALONE))
    if others := tuple(sorted(away)):
        return Placed(Outcome.ASK, because(ReasonKind.TEAM_APART, others=others))
    if others := tuple(sorted(reference for reference, status in told.items() if status in SEATED)):
        return Placed(Outcome.OFFER, because(ReasonKind.TEAM_FOLLOWED, others=others))
    if any(told.values()):
        return Placed(Outcome.TURN_AWAY, _NO_ROOM)
    return None


def _told_with(verdict: Verdict | None, case: Case) -> Status | None:
    """Return what the ranking brought somebody when the other one was of the team already, and is told nothing yet."""
    standing = _standing(verdict) if verdict else None
    if standing is None or standing.decision or case.standing:
        return None
    is_by_rank = standing.status in SEATED | {Status.NOT_SELECTED}
    return standing.status if is_by_rank and case.applicant.response.submitted <= standing.at else None


def _standing(verdict: Verdict) -> Standing | None:
    return verdict.standing or verdict.case.standing


def _references(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(sorted(case.reference for case in cases))


def torn(call: Call, verdicts: Iterable[Verdict]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield of each team of whom some have places and others gave theirs up, the former and the latter."""
    now = {verdict.reference: verdict for verdict in verdicts}
    for team in by_team(call, (verdict.case for verdict in now.values())).values():
        stands = [now[case.reference].now for case in team]
        gone = [one.case for one in stands if (standing := _standing(one)) and standing.vacated]
        here = [one.case for one in stands if one.holds_place]
        if gone and here:
            yield _references(here), _references(gone)
