"""Who comes with whom: a team gets places as a whole or not at all, and where it no longer is one, a person decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.audience.answers import group
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import is_no_group
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import SEATED, Standing
from pipeline.model.reason import Reason, ReasonKind, because


@dataclass(frozen=True, slots=True)
class Teams:
    """Of those who compete, who does so with their whole team, or alone.

    `asked` names those whose team is not whole any more, with the reason; `followed` those whose team has its places.
    """

    asked: Mapping[str, Reason]
    followed: Mapping[str, Reason]


def team_of(call: Call, case: Case) -> str:
    """Return the team that somebody names, in any spelling the same; empty for whoever comes alone."""
    key = call.places.team
    if not key:
        return ""
    question, answer = call.columns.question(key), case.applicant.response.answers.get(key, "")
    return "" if is_no_group(question, answer) else group(question, answer)


def by_team(call: Call, cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Return the people of each team."""
    teams: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if name := team_of(call, case):
            teams[name].append(case)
    return {name: tuple(team) for name, team in teams.items()}


def look_at_teams(
    call: Call, left: tuple[Case, ...], settled: Mapping[str, Verdict], shut: frozenset[str]
) -> Teams:
    """Find the teams that are not whole; to some of those `left` the places are `shut`.

    Whom organisers call eligible, they take with those of the team who compete, be it alone. Who was of the team when
    it got its places, and was not told yet, follows it: so a run that stopped half-way parts nobody.
    """
    asked, followed = dict[str, Reason](), dict[str, Reason]()
    teams = by_team(call, (*left, *(verdict.case for verdict in settled.values())))
    competing = {case.reference for case in left}
    for case in (
        case for team in teams.values() for case in team if case.reference in competing and not case.override
    ):
        mates = tuple(mate for mate in teams[team_of(call, case)] if mate is not case)
        seated = [mate for mate in mates if _got_places_with(settled.get(mate.reference), case)]
        away = [
            mate for mate in mates if mate not in seated and not _competes_with(case, mate, settled, shut)
        ]
        if not mates:
            asked[case.reference] = because(ReasonKind.TEAM_ALONE)
        elif away:
            asked[case.reference] = because(ReasonKind.TEAM_APART, others=_references(away))
        elif seated:
            followed[case.reference] = because(ReasonKind.TEAM_FOLLOWED, others=_references(seated))
    return Teams(asked, followed)


def _competes_with(case: Case, mate: Case, settled: Mapping[str, Verdict], shut: frozenset[str]) -> bool:
    """Whether one gets a place where the other does; of whom both are turned away, the letters may leave one by one."""
    if mate.reference not in settled:
        return (mate.reference in shut) is (case.reference in shut)
    standing = _standing(settled[mate.reference])
    is_turned_away = standing is not None and standing.status is Status.NOT_SELECTED and not standing.decision
    return is_turned_away and case.reference in shut


def _got_places_with(verdict: Verdict | None, case: Case) -> bool:
    """Whether the ranking gave somebody a place when the other one was of the team already."""
    standing = _standing(verdict) if verdict else None
    return (
        standing is not None
        and standing.status in SEATED
        and not standing.decision
        and not case.standing
        and case.applicant.response.submitted <= standing.at
    )


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
