"""What stands above the letters of a preview."""

from collections import Counter
from collections.abc import Iterator

from pipeline.model.call import Call, when
from pipeline.model.locales import ENGLISH
from pipeline.model.said import word
from pipeline.model.shown_letter import ShownLetter, Stand
from pipeline.model.text import counted, listed
from pipeline.planning.effects import code_of_set, effects_hash
from pipeline.planning.plan import Plan
from pipeline.views.letter_site import Cover
from pipeline.views.needs import HINT, needs_lines
from pipeline.views.run import braked_lines

_COUNTED = {
    Stand.LEAVES: ("leaves with the next run", "leave with the next run"),
    Stand.GOES_ON: ("goes on from an earlier run", "go on from an earlier run"),
    Stand.WAITS: ("waits for approval", "wait for approval"),
    Stand.PROPOSED: ("is proposed for selection day", "are proposed for selection day"),
    Stand.KEPT: ("does not leave yet", "do not leave yet"),
}


def preview_cover(
    call: Call,
    plan: Plan,
    letters: tuple[ShownLetter, ...],
    odd: tuple[str, ...],
    languages: dict[str, str],
    sheet_language: str = ENGLISH,
) -> Cover:
    """Say what a preview shows, what speaks against it, and how it is released; cells are called as the sheet does."""
    stops = (f"A run would stop: {reason}" for reason in (*plan.stale, *plan.dangers))
    return Cover(
        call.title,
        f"{say_preview(letters)} As of {when(call, plan.now)} ({call.zone.key}).",
        languages,
        (*stops, *braked_lines(plan.braked), *odd),
        tuple(line.removeprefix("- ") for line in needs_lines(plan.needs, call.zone) if line != HINT),
        "" if plan.unreleased else effects_hash(plan),
        tuple(_release(plan, sheet_language)),
    )


def say_preview(letters: tuple[ShownLetter, ...]) -> str:
    """Count the letters by how far they are."""
    counts = Counter(letter.stand for letter in letters)
    parts = tuple(f"{counts[stand]} {_COUNTED[stand][counts[stand] > 1]}" for stand in Stand if counts[stand])
    return f"{counted(len(letters), 'letter')}{': ' if parts else ''}{listed(parts)}."


def _release(plan: Plan, sheet_language: str) -> Iterator[tuple[str, str]]:
    if plan.unreleased:
        cell = f"“{word('control', 'approve', sheet_language)}” in the tab Convene"
        how = f"All that wait: type {code_of_set(plan.unreleased)} beside {cell}. Or, if nothing changed since, run"
        yield how, f"convene approve --effects {effects_hash(plan)}"
    if plan.early:
        code = code_of_set(plan.early)
        yield "All that are proposed, for selection day: run", f"convene approve --early --effects {code}"
