"""Reasons in words: which phrase says each, for the sheet, the commands and letters.

The person it speaks of may read it: rules are named, other people never. Nothing reads these sentences back.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.said import Said

Rules: TypeAlias = tuple[tuple[str, int], ...]
"""Rules by name, each with its bound."""

Causes: TypeAlias = tuple[tuple[str, Rules, bool], ...]
"""What speaks for or against somebody's place: the ground, the rules it rests on, and whether it holds only
beside those who rank before (see `pipeline.selection.reasons.why`)."""

Pairs: TypeAlias = tuple[tuple[str, str], ...]


def words(reasons: tuple[Reason, ...]) -> Said:
    """Say reasons in one line, each a sentence."""
    return Said("sentences", sentences=tuple(map(_sentence, reasons)))


def formerly(reasons: tuple[Reason, ...]) -> Said:
    """Say the same in the words of an earlier version, which sheets may still show."""
    said = (
        _FORMERLY[reason.kind](**dict(reason.facts)) if reason.kind in _FORMERLY else _sentence(reason)
        for reason in reasons
    )
    return Said("sentences", sentences=tuple(said))


def _sentence(reason: Reason) -> str:
    """Say one reason: a kind that is not in the table has a phrase that takes its facts as they are."""
    if not reason.said:
        say, facts = _SAYING.get(reason.kind), dict(reason.facts)
        reason.said.append(say(**facts) if say else Said(reason.kind, **facts))
    return reason.said[0]


# --- what the rules find -----------------------------------------------------------------------------------


def _slips(slips: Pairs) -> Said:
    return Said("slips", slips=tuple(Said("slip", said=said, meant=meant) for said, meant in slips))


def _unclear(answers: Pairs) -> Said:
    return Said("unclear", answers=_answers(answers))


def _no_category(answers: Pairs) -> Said:
    return Said("no category", answers=_answers(answers))


def _unknown_answer(answers: Pairs) -> Said:
    return Said("unknown answer", answers=_answers(answers))


def _answers(answers: Pairs) -> tuple[Said, ...]:
    return tuple(Said("answer", answer=answer, header=header) for answer, header in answers)


# --- what became of the places -----------------------------------------------------------------------------


def _offered(rank: int, tier: int, causes: Causes) -> Said:
    """Say why somebody gets a place; rank 0 is for those who waited, tier 0 where the call has none."""
    ranked = Said("rank in tier", tier=tier, rank=rank) if tier else Said("rank", rank=rank)
    return Said("offered", parts=(ranked if rank else Said("from the list"), *_said(causes)))


def _waiting(places: int, full: Rules, position: int) -> Said:
    """Say what somebody waits for: what is full, and when they would be next."""
    return Said("waiting", taken=_taken(places, full), limits=_for(full), position=position)


def _waiting_formerly(places: int, full: Rules, position: int) -> Said:
    return Said("waiting, formerly", taken=_taken(places, full), limits=_for(full), position=position)


def _obstacle(places: int, full: Rules, causes: Causes) -> tuple[str, ...]:
    """Say what keeps somebody from a place: full limits, else that all places are taken, else the causes."""
    if full:
        return (_taken(0, full),)
    return (*((_taken(places, ()),) if places else ()), *_said(causes))


def _passed_over(on: str, places: int, full: Rules, causes: Causes) -> Said:
    why = _obstacle(places, full, causes)
    return Said("passed over on", on=on, obstacle=why) if on else Said("passed over", obstacle=why)


def _no_place(places: int, full: Rules, causes: Causes, *, is_closed: bool) -> Said:
    why = _obstacle(places, full, causes)
    return Said("no place, closed" if is_closed else "no place, full", obstacle=why)


def _taken(places: int, full: Rules) -> Said:
    """Say that all places are taken, or all of each limit that is full."""
    limits = tuple((bound, _for(((name, bound),))) for name, bound in full) or ((places, ""),)
    said = tuple(
        Said("only place" if bound == 1 else "all places", number=bound, limit=limit)
        for bound, limit in limits
    )
    return Said("taken", number=1 if [bound for bound, _ in limits] == [1] else 2, places=said)


def _for(full: Rules) -> str:
    return Said("for limits", names=tuple(name for name, _ in full)) if full else ""


def _said(causes: Causes) -> tuple[str, ...]:
    return tuple(filter(None, (say_cause(*cause) for cause in causes)))


def say_cause(ground: str, rules: Rules, beside: bool) -> str:
    """Say one cause; nothing for the rank, which is said anyway."""
    if ground == "rank":
        return ""
    key = {"taken": "taken before", "needed together": ground if rules else f"{ground} of nothing"}.get(
        ground, ground
    )
    least = tuple(Said("at least", name=name, bound=bound) for name, bound in rules)
    said = Said(key, rules=least)
    return Said("beside", cause=said) if beside else said


# --- the rest ----------------------------------------------------------------------------------------------


def _changed_since(released: str, cause: str, word: str) -> Said:
    return Said("changed since", released=released, cause=Said(f"differs {cause}"), word=word)


def _waits_behind(others: tuple[str, ...]) -> Said:
    more = len(others) - 3
    few = (*others[:3], Said("and more", number=more)) if more > 0 else others
    return Said("waits behind", others=few)


def _unknown_word(word: str, near: str = "", words: tuple[str, ...] = ()) -> Said:
    return (
        Said("unknown word, near", word=word, near=near)
        if near
        else Said("unknown word", word=word, words=words)
    )


def _misfit(word: str, why: str) -> Said:
    """Ask what is meant by a word that does not fit where somebody stands."""
    return Said("misfit", question=Said(f"misfit, {why}", word=word), word=word)


def _as_written(text: str) -> str:
    return text  # as organisers wrote it, with the answer that decided; or as it stood


_SAYING: Mapping[ReasonKind, Callable[..., str]] = {
    ReasonKind.RULE: _as_written,
    ReasonKind.AS_WRITTEN: _as_written,
    ReasonKind.SLIPS: _slips,
    ReasonKind.UNCLEAR: _unclear,
    ReasonKind.NO_CATEGORY: _no_category,
    ReasonKind.UNKNOWN_ANSWER: _unknown_answer,
    ReasonKind.UNKNOWN_WORD: _unknown_word,
    ReasonKind.MISFIT: _misfit,
    ReasonKind.CHANGED_SINCE: _changed_since,
    ReasonKind.WAITS_BEHIND: _waits_behind,
    ReasonKind.OFFERED: _offered,
    ReasonKind.WAITING: _waiting,
    ReasonKind.PASSED_OVER: _passed_over,
    ReasonKind.OBSTACLE: lambda **facts: Said("obstacle", obstacle=_obstacle(**facts)),
    ReasonKind.NO_PLACE: _no_place,
}
"""The reasons whose facts are put into words one by one; the phrase of any other has its kind for a name."""

_FORMERLY: Mapping[ReasonKind, Callable[..., str]] = {ReasonKind.WAITING: _waiting_formerly}
"""Those that an earlier version put into other words."""
