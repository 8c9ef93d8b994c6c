"""The order in which results are told: offers, then the waiting list in order, rejections last.

Whoever is told to wait before others stands in front of them from then on, and a no shuts the door to those
who have heard nothing. Offers take nobody's turn, and the organisers' own words none either.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from math import inf

from pipeline.decisions.timeline import BY_RANK, Event
from pipeline.decisions.verdict import Verdict
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.planning.due import Drafts, Mail, choose

LAST = inf
"""The turn of a no."""


def turn(verdict: Verdict) -> float | None:
    """Return at which turn somebody is to be told what newly came of the ranking; None where nothing did."""
    if verdict.standing is None or verdict.event not in BY_RANK:
        return None
    return {Event.PLACE_GIVEN: 0, Event.LISTED: verdict.standing.order, Event.TURNED_AWAY: LAST}[
        verdict.event
    ]


def find_early(verdicts: Iterable[Verdict], left_out: Iterable[Verdict]) -> frozenset[str]:
    """Name those who must wait because somebody ahead of them is not told in this run."""
    first = min((at for verdict in left_out if (at := turn(verdict)) is not None), default=None)
    if first is None:
        return frozenset()
    return frozenset(verdict.reference for verdict in verdicts if (at := turn(verdict)) and at >= first)


def plan_in_turn(
    drafts: Drafts,
    concerned: tuple[Verdict, ...],
    others: tuple[Verdict, ...],
    kept: Collection[str] = (),
    limit: int | None = None,
) -> tuple[tuple[Verdict, ...], Mail]:
    """Choose the mail for those of `concerned` whose turn it is while `others`, and who is `kept`, are told nothing.

    Where a message cannot be written, or waits for a person, nobody is told whose turn comes after that of its
    applicant; and of two between whom a place passes, neither is.
    """
    early = find_early(concerned, others)
    in_turn = _without(concerned, early)
    pairs = _pairs((*concerned, *others))
    apart = {reference for pair in pairs for reference in pair} - {one.reference for one in concerned}
    unwritten = {problem.reference for problem in drafts.problems}
    kept = _both(pairs, {*kept, *apart, *unwritten}) | set(kept)
    waiting = _find_behind(in_turn, kept)
    behind = _find_behind(in_turn, unwritten) - waiting
    in_turn = _without(in_turn, waiting | behind)
    here = {verdict.reference for verdict in in_turn}
    mail = choose(drafts, here, kept, limit)
    if torn := _both(pairs, mail.put_off) - kept:
        mail = choose(drafts, here, kept | torn, limit)
    # Also where no message tells it: what is on record comes before what a limit put off.
    in_turn = _without(in_turn, _find_behind(in_turn, mail.put_off))
    told = (_overtaking(verdict) for verdict in concerned if verdict.reference in early)
    alone = (one for one in concerned if one.reference in _both(pairs, apart))
    problems = (*told, *map(_alone, alone), *mail.problems, *_held_back(len(behind)))
    return in_turn, replace(mail, problems=problems, behind=waiting)


def _pairs(verdicts: Iterable[Verdict]) -> frozenset[frozenset[str]]:
    """Return between whom a place passes, where both are to be told."""
    new = {verdict.reference: verdict for verdict in verdicts if verdict.standing}
    return frozenset(
        frozenset({reference, verdict.case.passed_by})
        for reference, verdict in new.items()
        if verdict.case.passed_by in new
    )


def _both(pairs: Iterable[frozenset[str]], references: Collection[str]) -> frozenset[str]:
    """Return all who are in a pair with somebody."""
    return frozenset[str]().union(*(pair for pair in pairs if not pair.isdisjoint(references)))


def _find_behind(verdicts: tuple[Verdict, ...], unwritten: Collection[str]) -> frozenset[str]:
    """Name those who come after somebody who cannot be written to; a no keeps nobody waiting."""
    first = (verdict for verdict in verdicts if verdict.reference in unwritten and turn(verdict) != LAST)
    return find_early(_without(verdicts, unwritten), first)


def _without(verdicts: tuple[Verdict, ...], references: Collection[str]) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in verdicts if verdict.reference not in references)


def _overtaking(verdict: Verdict) -> Problem:
    return Problem(
        Said("applicant", reference=verdict.reference),
        Said("overtaking"),
        Said("overtaking: do"),
        verdict.case.applicant.row,
        verdict.reference,
    )


def _alone(verdict: Verdict) -> Problem:
    return replace(
        _overtaking(verdict), what="would be told without the other one between whom a place passes"
    )


def _held_back(number: int) -> tuple[Problem, ...]:
    what, advice = Said("decisions put off", number=number), Said("decisions put off: do")
    return (Problem(Said("the waiting list"), what, advice),) if number else ()
