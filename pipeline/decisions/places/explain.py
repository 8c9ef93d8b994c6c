"""All that can be said of one person's place, for organisers: each line is proved (see `why`). Pure."""

from pipeline.decisions.places.give import PATIENCE, Selection
from pipeline.model.text import listed
from pipeline.selection.contest import Contest
from pipeline.selection.reasons.waiting import next_if_leaves, say_turn, waiting_list
from pipeline.selection.reasons.why import Cause, Ground, Why, find_reason, say_cause

_FULL = {
    Ground.RANK: "Would be chosen by rank alone, without any minimum or wish.",
    Ground.NEEDED: "Without this rule, the best choice would not have this person.",
    Ground.NEEDED_TOGETHER: "Without all minimums and wishes, the best choice would not have this person.",
    Ground.NO_PLACES: "Every place was taken before this choice began.",
    Ground.TAKEN: "Everybody who was chosen ranks before.",
    Ground.LIMIT: "Everybody under this limit has a place already or ranks before.",
    Ground.MINIMUM: "With this person, the minimums would miss more people.",
    Ground.EMPTY: "With this person, fewer places could be filled.",
    Ground.TIER: "With this person, fewer people of a better tier could come.",
    Ground.WISH: "With this person, what was asked for under “nice_to_have” would miss more people.",
    Ground.TEAM: "There is room for some of the team, and not for all of it.",
    Ground.TIE: "Equal in all that ranks to somebody who was chosen: the draw by the seed decided.",
    Ground.UNPROVED: "A comparison took longer than the time allowed.",
}


def place_lines(selection: Selection | None, reference: str) -> tuple[str, ...]:
    """Explain somebody's place line by line; nothing for those who do not compete for one."""
    if selection is None:
        return ()
    contest, choice = selection.contest, selection.choice
    if reference in contest.seated:
        return (
            "Has a place, which nothing takes away by itself.",
            *_rules(contest, reference),
            _next(selection, reference),
        )
    if reference not in {person.reference for person in contest.contenders}:
        return ()
    why = find_reason(contest, choice, reference, PATIENCE)
    lines = (_heading(why, contest), *map(_line, why.causes), *_rules(contest, reference))
    if why.is_in:
        return (*lines, _next(selection, reference), f"The choice was made {choice.method}.")
    turn = next(turn for turn in waiting_list(contest, choice) if turn.reference == reference)
    return (*lines, f"Among those who wait for a place by rank: {say_turn(turn)}.")


def _heading(why: Why, contest: Contest) -> str:
    tier = f"tier {why.tier} of {why.tiers}, " if why.tiers > 1 else ""
    place = "Gets a place" if why.is_in else "Gets no place now"
    return f"{place}: {tier}rank {why.rank} of {len(contest.contenders)}."


def _line(cause: Cause) -> str:
    said = say_cause(cause)
    return f"{said[0].upper()}{said[1:]}. {_FULL[cause.ground]}" if said else _FULL[cause.ground]


def _rules(contest: Contest, reference: str) -> tuple[str, ...]:
    """Say which rules somebody is under."""
    limits = tuple(
        f"{each.name} (at most {each.most})" for each in contest.limits if reference in each.members
    )
    least = tuple(
        f"{each.name} ({asks} {each.least})"
        for rules, asks in ((contest.minimums, "at least"), (contest.wishes, "wished for:"))
        for each in rules
        if reference in each.members
    )
    return (f"Counts for {listed((*limits, *least))}.",) if limits or least else ()


def _next(selection: Selection, reference: str) -> str:
    comes = next_if_leaves(selection.contest, selection.choice, PATIENCE)[reference]
    return (
        f"If this place becomes free, {listed(comes)} would come."
        if comes
        else "If this place becomes free, nobody could come."
    )
