"""What `convene explain` and `convene audience` say: sections of lines, and data for machines."""

from collections.abc import Iterable
from dataclasses import asdict

from pipeline.audience.counts import AudienceCounts
from pipeline.audience.trace import TracedRule
from pipeline.model.text import counted, quote, shorten
from pipeline.views.explain import Explanation, Section
from pipeline.views.table import Json

_OUTCOMES = {"eligible": "Eligible", "ineligible": "Ineligible", "review": "To review", "held": "On hold"}


def explanation_json(explanation: Explanation) -> Json:
    """Return an explanation for machines; docs/commands.md describes the keys."""
    found = explanation.found
    return {
        "row": explanation.row,
        "reference": explanation.reference,
        "eligibility": found.eligibility.value if found else "problem",
        "category": found.category if found else "",
        "reason": found.reason if found else "",
        "rules": [_rule(rule) for rule in explanation.rules],
        "sections": [_section(section) for section in explanation.sections],
    }


def _rule(rule: TracedRule) -> Json:
    return {
        "group": rule.group,
        "id": rule.id,
        "holds": rule.holds,
        "steps": [asdict(step) for step in rule.steps],
    }


def _section(section: Section) -> Json:
    return {"title": section.title, "lines": list(section.lines)}


def counts_sections(counts: AudienceCounts) -> tuple[Section, ...]:
    """Say how many there are, and what was not understood."""
    total = sum(number for _, number in counts.outcomes)
    given = tuple(f"{each.times:>5}  {each.header}: {shorten(each.answer, 60)}" for each in counts.given)
    unknown = tuple(
        f"{each.times} × {quote(each.answer) if each.answer else 'no answer'} to “{each.header}”"
        for each in counts.unknown
    )
    return (
        Section(counted(total, "applicant"), _numbered((_OUTCOMES[name], n) for name, n in counts.outcomes)),
        Section("Categories", _numbered(counts.categories)),
        Section("Rules that decided", _numbered((f"{group}: {name}", n) for group, name, n in counts.rules)),
        *((Section("Answers that places are counted by, of the eligible", given),) if given else ()),
        Section("Answers that no rule understood", unknown or ("None.",)),
    )


def _numbered(entries: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(f"{number:>5}  {name}" for name, number in entries)


def counts_json(counts: AudienceCounts) -> Json:
    """Return the counts for machines; docs/commands.md describes the keys."""
    return {
        "outcomes": dict(counts.outcomes),
        "categories": dict(counts.categories),
        "rules": [{"group": group, "id": name, "times": number} for group, name, number in counts.rules],
        "given": [asdict(each) for each in counts.given],
        "unknown": [asdict(each) for each in counts.unknown],
    }
