"""A look at the letters of a plan before anything leaves, gathered as for a run.

It touches neither ledger nor sheet nor mail server.
"""

from contextlib import closing

from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.locales import locale_of
from pipeline.model.shown_letter import ShownLetter
from pipeline.planning.plan import Plan
from pipeline.planning.preview import odd_letters, open_posted, show_letters
from pipeline.running.clock import Clock
from pipeline.running.run import plan_run
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with its letters, and what is odd in them."""

    plan: Plan
    letters: tuple[ShownLetter, ...]
    odd: tuple[str, ...]


def look_ahead(workspace: Workspace, clock: Clock) -> Preview:
    """Work out what a run would do, and every letter of it as it would leave."""
    call, templates, service = workspace.call, workspace.templates, workspace.service
    with closing(workspace.ledger()) as ledger:
        plan = plan_run(workspace, ledger, clock)
        ids = tuple(message.id for message in open_posted(plan))
        stored = {outgoing.id: outgoing.letter.data for outgoing in ledger.outgoing(ids)}
    letters = show_letters(call, templates, service.mail.sender, plan, stored, service.sheet.language)
    return Preview(plan, letters, odd_letters(call, templates, plan))


def languages_of(call: Call) -> dict[str, str]:
    """Return the English names of the call's languages by their codes."""
    return {code: str(locale_of(code).get_language_name("en")) for code in call.languages.codes}
