"""Explains one response row: where it stands, its place, what the rules conclude, and every rule that was asked."""

from pipeline.audience.answers import find_slips
from pipeline.audience.classify import classify
from pipeline.audience.trace import GROUPS, TracedRule, trace_rules
from pipeline.decisions.places.explain import place_lines
from pipeline.decisions.places.give import Selection
from pipeline.model.applicant import Classification, Eligibility, Response, Status
from pipeline.model.call import Call
from pipeline.model.errors import UsageError
from pipeline.model.frozen import dataclass
from pipeline.model.history import Standing
from pipeline.model.printed import Differences
from pipeline.model.text import day, quote
from pipeline.model.wordings import words
from pipeline.planning.changes import say_difference
from pipeline.planning.projection import Shown

_TITLES = {
    "hold": "Rules that hold an application back",
    "ineligible": "Rules that exclude",
    "review": "Rules that ask a person",
    "categories": "Categories",
}

_OUTCOMES = {
    Eligibility.ELIGIBLE: "Eligible",
    Eligibility.INELIGIBLE: "Ineligible",
    Eligibility.REVIEW: "To review",
    Eligibility.HELD: "On hold",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an explanation, to be shown one below the other."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that explains one row; `found` and `rules` are missing where the row cannot be used."""

    row: int
    reference: str
    sections: tuple[Section, ...]
    found: Classification | None = None
    rules: tuple[TracedRule, ...] = ()


def pick(shown: tuple[Shown, ...], reference: str, row: int | None) -> Shown:
    """Return the row that is meant: by its number, or the newest of an applicant. Raises UsageError."""
    rows = [item for item in shown if (item.entry.row == row if row else item.cells.reference == reference)]
    if not rows:
        what = f"Row {row} holds no response." if row else f"Nobody has the reference {reference}."
        raise UsageError(f"{what} `convene status` lists everybody.")
    return min(rows, key=lambda item: item.cells.status == Status.SUPERSEDED)


def explain(
    call: Call,
    item: Shown,
    selection: Selection | None = None,
    decided: Standing | None = None,
    otherwise: Differences = (),
) -> Explanation:
    """Explain a row by the rules as they are now, and its place by the `selection`, where one was made.

    `decided` is what the ledger holds of its applicant, and `otherwise` what letters said that is not so now.
    """
    entry, cells = item.entry, item.cells
    lines = (cells.reason, *_organisers(item), _decided(decided), _hour(entry.response))
    standing = Section(_heading(item), tuple(filter(None, lines)))
    if entry.response is None:
        return Explanation(entry.row, cells.reference, (standing,))
    answers = entry.response.answers
    found = classify(call.audience, call.columns, answers)
    rules = trace_rules(call.audience, call.columns, answers)
    slips = find_slips(call.columns.questions, answers)
    title = f", category “{call.audience.title(found.category)}”" if found.category else ""
    said = (
        f"{_OUTCOMES[found.eligibility]}{title}: {found.reason}",
        *(words((slip,)) for slip in slips if slip not in found.reasons),
    )
    place = Section("The place", place_lines(selection, cells.reference) if _counts(item) else ())
    of_rules = Section("What the rules say of the answers", said)
    letters = Section("What letters said otherwise", tuple(map(say_difference, otherwise)))
    more = tuple(section for section in (place, letters) if section.lines)
    sections = (standing, *more, of_rules, *_by_group(rules))
    return Explanation(entry.row, cells.reference, sections, found, rules)


def _counts(item: Shown) -> bool:
    """Whether it is the row by which its applicant is judged."""
    return item.cells.status not in {Status.SUPERSEDED, Status.CHECK_ROW}


def _heading(item: Shown) -> str:
    name = item.cells.reference or "no reference"
    return f"{name}, row {item.entry.row}: {item.cells.status}"


def _organisers(item: Shown) -> tuple[str, ...]:
    """Say what the organisers typed in the row; their note is for themselves and no message has it."""
    decision, note = item.entry.decision, item.entry.note
    return (
        f"Decision: {quote(decision)}" if decision else "",
        f"Organiser note: {quote(note)}" if note else "",
    )


def _decided(standing: Standing | None) -> str:
    """Say which word of the organisers was followed, when, and what they noted beside it then."""
    if standing is None or not standing.decision:
        return ""
    noted = f", with the note {quote(standing.note)}" if standing.note else ""
    return f"Followed on {day(standing.at)}: {quote(standing.decision)}{noted}"


def _hour(response: Response | None) -> str:
    if response is None or not response.is_ambiguous:
        return ""
    moment = f"{response.submitted:%H:%M} on {day(response.submitted)}"
    return f"Sent at {moment}, an hour that the clocks had twice that night: the first is taken."


def _by_group(rules: tuple[TracedRule, ...]) -> tuple[Section, ...]:
    lines = {
        group: tuple(line for rule in rules if rule.group == group for line in rule.lines())
        for group in GROUPS
    }
    return tuple(Section(_TITLES[group], lines[group]) for group in GROUPS if lines[group])
