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

    from pipeline.decisions.assess import take_stand
    from pipeline.planning.projection import show
    from pipeline.views.audience import explanation_json
    from pipeline.views.explain import explain as explain_row
    from pipeline.views.explain import pick

    if bool(reference) == (row is not None):
        raise UsageError("Name one applicant: convene explain P-7K3F9Q, or convene explain --row 14.")
    workspace, clock = setting.open()
    with closing(workspace.ledger()) as ledger:
        history = ledger.history()
        stand = take_stand(workspace.call, workspace.sheet.read(), history, clock.now())
    item = pick(show(workspace.call, stand, history), reference.upper(), row)
    explanation = explain_row(
        workspace.call, item, stand.selection, history.standings.get(item.cells.reference)
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

    from pipeline.audience.counts import count
    from pipeline.decisions.assess import take_stand
    from pipeline.views.audience import census_json, census_sections

    workspace, clock = setting.open()
    with closing(workspace.ledger()) as ledger:
        stand = take_stand(workspace.call, workspace.sheet.read(), ledger.history(), clock.now())
    census = count(workspace.call, (person.response.answers for person in stand.roll.applicants))
    if as_json:
        console.show_json(census_json(census))
    else:
        console.show_sections(census_sections(census))
    return 0
