"""What stands beside each of the organisers' cells: what it does, what to type, what is wrong with what is there."""

from collections.abc import Mapping
from datetime import timedelta

from pipeline.model.controls import LABELS
from pipeline.model.history import How
from pipeline.model.tab import Control
from pipeline.model.text import counted, quote, shorten
from pipeline.planning.effects import code_of_set
from pipeline.planning.plan import Plan
from pipeline.planning.tab.facts import Facts, say_kinds

SWITCH = ("yes", "no")
LONGEST = 110
"""Characters of a hint that are seen without scrolling sideways."""


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
    return tuple(
        Control(name, label, hints[name], SWITCH if name in ("pause", "freeze") else ())
        for name, label in LABELS.items()
    )


def idle_controls() -> tuple[Control, ...]:
    """Return the controls where no plan could be made: what is typed is read by the next run."""
    return tuple(
        Control(name, label, "", SWITCH if name in ("pause", "freeze") else ())
        for name, label in LABELS.items()
    )


def _pause(facts: Facts, odd: Mapping[str, str]) -> str:
    if "pause" in odd:
        return f"{quote(odd['pause'], 30)} is neither yes nor no. Nothing is sent until you type one of them."
    if facts.plan.controls.pause:
        waiting = facts.waits.paused
        more = f" {counted(waiting, 'e-mail')} {'waits' if waiting == 1 else 'wait'}." if waiting else ""
        return f"Nothing is sent until you type no.{more}"
    return "yes: Convene goes on deciding and showing, and sends nothing."


def _freeze(facts: Facts, odd: Mapping[str, str]) -> str:
    if "freeze" in odd:
        return f"{quote(odd['freeze'], 30)} is neither yes nor no. It is taken as yes until you type one of them."
    if facts.plan.controls.freeze:
        return (
            "Nobody gets a place that becomes free until you type no. Your words under Decision still count."
        )
    return "yes: places that become free are not offered to the waiting list."


def _approve(facts: Facts, odd: Mapping[str, str]) -> str:
    """Say what waits, and the code that lets it go; what is shown as proposed in the rows is what will be told."""
    waiting = facts.plan.unreleased
    code, typed = code_of_set(waiting), facts.plan.controls.approve
    followed = f"{typed} was followed. " if typed and _was_followed(facts.plan, typed) else ""
    if not waiting:
        return f"{followed}Nothing waits for your approval."
    kinds = say_kinds(effect.kind for effect in waiting)
    return f"{followed or _wrong_code('approve', typed, code, odd)}Type {code} to send what is proposed: {kinds}."


def _was_followed(plan: Plan, code: str) -> bool:
    """Whether anything was released by this code."""
    released = {one.digest for one in (*plan.history.releases, *plan.releases) if one.how is How.CODE}
    sets = (shown.effects for shown in plan.history.proposals if shown.code == code)
    return any(effect.digest in released for effects in sets for effect in effects)


def _accept(facts: Facts, odd: Mapping[str, str]) -> str:
    plan = facts.plan
    if plan.new_here:
        wrong = _wrong_code("accept", plan.controls.accept, plan.new_here, odd)
        return (
            f"{wrong}Type {plan.new_here} if Convene moved to another machine and runs nowhere else any more."
        )
    if not plan.dangers:
        return "Nothing speaks against going on."
    wrong = _wrong_code("accept", plan.controls.accept, plan.danger_code, odd)
    return f"{wrong}Type {plan.danger_code} to go on all the same: {shorten(plan.dangers[0], 80)}"


def _wrong_code(name: str, typed: str, code: str, odd: Mapping[str, str]) -> str:
    """Say that what is typed is not the code, if it is not."""
    other = odd.get(name) or typed
    return f"{quote(other, 20)} is not the code. " if other and other != code else ""


def _run_now(facts: Facts) -> str:
    minutes = round(facts.service.look_every / timedelta(minutes=1))
    within = f"within {counted(minutes, 'minute')}, or " if minutes else ""
    return f"Anything new, such as 1, then 2: Convene runs {within}at its next time."


def _seen(facts: Facts, odd: Mapping[str, str]) -> str:
    if "seen" in odd:
        return f"{quote(odd['seen'], 30)} is no code of a line below."
    known = {need.code for need in facts.needs} | {*facts.history.addresses}
    if unknown := [code for code in facts.plan.controls.seen if code not in known]:
        return f"{quote(' '.join(unknown), 30)} is no code of a line below, or no longer."
    return "Codes of lines below that you know of: they count no more. A space between two."
