"""`convene explain` and `convene audience`: why somebody is in or out, and what was not understood."""

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command
from pipeline.model.errors import UsageError


@command
@click.argument("reference", required=False, metavar="[REF]", default="")
@click.option("--row", type=click.IntRange(min=2), metavar="N", help="The response in row N of the sheet.")
@JSON
def explain(setting: Setting, reference: str, row: int | None, as_json: bool) -> int:
    """Show why applicant REF (or row N) is in or out: the place, every rule, the answer it looked at."""
    from contextlib import closing

    from pipeline.decisions.assess import assess
    from pipeline.model.history import by_reference
    from pipeline.planning.changes import find_differences
    from pipeline.planning.projection import show
    from pipeline.views.audience import explanation_json
    from pipeline.views.explain import explain as explain_row
    from pipeline.views.explain import pick

    if bool(reference) == (row is not None):
        raise UsageError("Name one applicant: convene explain P-7K3F9Q, or convene explain --row 14.")
    workspace, clock = setting.open(letters=False)
    with closing(workspace.ledger()) as ledger:
        history = ledger.history()
        assessment = assess(
            workspace.call, workspace.sheet.read(), history, clock.now(), workspace.service.limits
        )
    item = pick(show(workspace.call, assessment, history), reference.upper(), row)
    who = item.cells.reference
    told = (verdict.now for verdict in assessment.verdicts if verdict.reference == who)
    otherwise = find_differences(workspace.call, told, by_reference(history), clock.now()).get(who, ())
    explanation = explain_row(
        workspace.call, item, assessment.selection, history.standings.get(who), otherwise
    )
    if as_json:
        console.show_json(explanation_json(explanation))
    else:
        console.show_sections(explanation.sections)
    return 0


@command
@JSON
def audience(setting: Setting, as_json: bool) -> int:
    """Count applicants by category, outcome and rule, and list the answers that no rule understood."""
    from contextlib import closing

    from pipeline.audience.counts import count_audience
    from pipeline.decisions.assess import assess
    from pipeline.views.audience import counts_json, counts_sections

    workspace, clock = setting.open(letters=False)
    with closing(workspace.ledger()) as ledger:
        assessment = assess(
            workspace.call,
            workspace.sheet.read(),
            ledger.history(),
            clock.now(),
            workspace.service.limits,
        )
    counts = count_audience(
        workspace.call, (person.response.answers for person in assessment.roll.applicants)
    )
    if as_json:
        console.show_json(counts_json(counts))
    else:
        console.show_sections(counts_sections(counts))
    return 0
