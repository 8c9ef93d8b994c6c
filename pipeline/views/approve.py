"""What waits for approval, for people and machines."""

from pipeline.decisions.verdict import Verdict
from pipeline.model.effect import Effect, hash_of
from pipeline.model.kinds import title_of
from pipeline.model.message import DECISIONS
from pipeline.model.short_code import short_code
from pipeline.planning.effects import code_of_set, count_kinds
from pipeline.planning.plan import Plan
from pipeline.views.table import Json, Table


def waiting_lines(plan: Plan) -> tuple[str, ...]:
    """Say what waits for approval, and how it is released; nothing where nothing does."""
    if not plan.unreleased:
        return ()
    verb = "waits" if len(plan.unreleased) == 1 else "wait"
    code = code_of_set(plan.unreleased)
    return (
        f"{count_kinds(plan.unreleased)} {verb} for approval, code {code}: convene approve --effects {code}",
    )


def early_lines(plan: Plan) -> tuple[str, ...]:
    """Say what is proposed before selection day, and how it is released by then; nothing where nothing is."""
    if not plan.early:
        return ()
    code = code_of_set(plan.early)
    kinds = count_kinds(plan.early)
    return (f"Proposed for selection day: {kinds}, code {code}: convene approve --early --effects {code}",)


def waiting_table(plan: Plan, effects: tuple[Effect, ...]) -> Table:
    """List what waits for approval, or will, by row."""
    people = {verdict.reference: verdict for verdict in plan.assessment.verdicts}
    rows = sorted((people[effect.reference].case.applicant.row, effect) for effect in effects)
    return Table(
        ("Row", "Reference", "Mail", "Status", "Code", "Why"),
        tuple(
            (
                str(row),
                effect.reference,
                title_of(effect.kind),
                _status(effect, people[effect.reference]),
                short_code(effect.digest),
                people[effect.reference].reason,
            )
            for row, effect in rows
        ),
    )


def _status(effect: Effect, verdict: Verdict) -> str:
    """Say what a letter concludes; beside one that tells no decision, where the person stands."""
    return effect.conclusion if effect.kind in DECISIONS else verdict.now.status.value


def waiting_json(effects: tuple[Effect, ...], early: tuple[Effect, ...] | None = None) -> Json:
    """Return effects for machines; docs/commands.md describes the keys."""
    return {
        "code": code_of_set(effects),
        "hash": hash_of(effects) if effects else "",
        "effects": [
            {
                "reference": effect.reference,
                "to": effect.to,
                "kind": effect.kind,
                "conclusion": effect.conclusion,
                "until": effect.until or None,
                "code": short_code(effect.digest),
                "hash": effect.digest,
            }
            for effect in effects
        ],
        **({} if early is None else {"early": waiting_json(early)}),
    }
