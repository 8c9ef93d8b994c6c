"""What stands beside each of the organisers' cells: what it does, what to type, what is wrong with what is there."""

from collections.abc import Mapping
from datetime import timedelta

from pipeline.model.controls import LABELS
from pipeline.model.history import How
from pipeline.model.said import Said
from pipeline.model.tab import Control
from pipeline.planning.effects import code_of_set
from pipeline.planning.plan import Plan
from pipeline.planning.tab.facts import Facts, say_kinds

SWITCH = (Said("switch yes"), Said("switch no"))


def make_controls(facts: Facts) -> tuple[Control, ...]:
    """Return the controls with what to say beside them now."""
    odd = dict(facts.plan.controls.odd)
    hints = {
        "pause": _pause(facts, odd),
        "freeze": _freeze(facts, odd),
        "approve": _approve(facts, odd),
        "accept": _accept(facts, odd),
        "run_now": _run_now(facts),
        "seen": _seen(facts, odd),
    }
    return tuple(_control(name, hints[name]) for name in LABELS)


def idle_controls() -> tuple[Control, ...]:
    """Return the controls where no plan could be made: what is typed is read by the next run."""
    return tuple(_control(name, "") for name in LABELS)


def _control(name: str, hint: str) -> Control:
    return Control(name, Said(f"control {name}"), hint, SWITCH if name in ("pause", "freeze") else ())


def _pause(facts: Facts, odd: Mapping[str, str]) -> Said:
    if "pause" in odd:
        return Said("neither, pause", text=odd["pause"])
    if facts.plan.controls.pause:
        waiting = facts.waits.paused
        return Said("paused, waiting", number=waiting) if waiting else Said("paused")
    return Said("pause")


def _freeze(facts: Facts, odd: Mapping[str, str]) -> Said:
    if "freeze" in odd:
        return Said("neither, freeze", text=odd["freeze"])
    return Said("promotion frozen" if facts.plan.controls.freeze else "freeze")


def _approve(facts: Facts, odd: Mapping[str, str]) -> Said:
    """Say what waits, and the code that lets it go; what is shown as proposed in the rows is what will be told."""
    waiting = facts.plan.unreleased
    code, typed = code_of_set(waiting), facts.plan.controls.approve
    kinds = say_kinds(effect.kind for effect in waiting)
    then = Said("approve", code=code, letters=kinds) if waiting else Said("approve nothing")
    if typed and _was_followed(facts.plan, typed):
        return Said("code followed", code=typed, then=then)
    return _unless_wrong("approve", typed, code, odd, then) if waiting else then


def _was_followed(plan: Plan, code: str) -> bool:
    """Whether anything was released by this code."""
    released = {one.digest for one in (*plan.history.releases, *plan.releases) if one.how is How.CODE}
    sets = (shown.effects for shown in plan.history.proposals if shown.code == code)
    return any(effect.digest in released for effects in sets for effect in effects)


def _accept(facts: Facts, odd: Mapping[str, str]) -> Said:
    plan = facts.plan
    if not (plan.new_here or plan.dangers):
        return Said("accept nothing")
    code = plan.new_here or plan.danger_code
    moved = Said("accept new machine", code=code)
    then = moved if plan.new_here else Said("accept", code=code, danger=plan.dangers[0])
    return _unless_wrong("accept", plan.controls.accept, code, odd, then)


def _unless_wrong(name: str, typed: str, code: str, odd: Mapping[str, str], then: Said) -> Said:
    """Say first that what is typed is not the code, if it is not."""
    other = odd.get(name) or typed
    return Said("code wrong", text=other, then=then) if other and other != code else then


def _run_now(facts: Facts) -> Said:
    minutes = round(facts.service.look_every / timedelta(minutes=1))
    return Said("run now within", number=minutes) if minutes else Said("run now")


def _seen(facts: Facts, odd: Mapping[str, str]) -> Said:
    if "seen" in odd:
        return Said("seen odd", text=odd["seen"])
    known = {need.code for need in facts.needs} | {*facts.history.addresses}
    if unknown := [code for code in facts.plan.controls.seen if code not in known]:
        return Said("seen unknown", text=" ".join(unknown))
    return Said("seen")
