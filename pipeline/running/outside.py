"""What lies outside the workspace of a run: the witness of its ledger, where real mail leaves."""

from dataclasses import replace

from pipeline.ledger.announced import Announced
from pipeline.ledger.boot import boot
from pipeline.ledger.sqlite import Ledger
from pipeline.ledger.witness import Witness, witness_folder
from pipeline.model.errors import StateError
from pipeline.model.frozen import dataclass
from pipeline.model.settings import Service
from pipeline.model.witness import Ended, Reached, Record, find_untold, first_code, how_ended, reached_by
from pipeline.planning.plan import Plan
from pipeline.running.clock import Clock
from pipeline.running.workspace import Workspace

_WITHOUT = (
    "Without a witness outside the workspace, nobody would notice that a copy of the folder, or one from a backup, "
    "sends everything again. Name a folder that can be written under witness.path in config/service.yaml, or say there "
    "`unwitnessed: accepted`"
)


@dataclass(frozen=True, slots=True)
class Outside:
    """The witness, or what is wrong with it; neither where nothing real leaves: the outbox, a rehearsal.

    `is_missed` says that there ought to be one.
    """

    witness: Witness | None = None
    trouble: str = ""
    is_missed: bool = False

    def known(self, ledger: str, call: str) -> Record | None:
        """Return the record of a ledger. Raises StateError."""
        return self.witness.look(ledger, call).record if self.witness else None

    def record(self, ledger: str, call: str, reached: Reached) -> None:
        """Write down how far the ledger has come. Raises StateError."""
        if self.witness:
            write = self.witness.write if reached.is_on_disk else self.witness.mark
            write(Record(ledger, call, self.witness.here, reached.run, reached.letters, reached.group))

    def how_ended(self, ledger: Ledger, group: Announced) -> Ended:
        """Tell how the run ended that left a group open."""
        if not self.witness and not self.is_missed:
            return Ended.KILLED if group.boot == boot() else Ended.UNKNOWN
        history = ledger.history()
        return how_ended(reached_by(history), self.known(history.ledger, ledger.call), boot())

    def group(self, service: Service) -> int:
        """Return how many letters may be announced at once: where nobody could tell a kill from a copy, one."""
        return 1 if self.is_missed else service.ledger.group


def look_outside(workspace: Workspace, clock: Clock) -> Outside:
    """Find the witness of a workspace, and try whether it can be written."""
    service = workspace.service
    if service.mail.via == "outbox" or clock.stands_still:
        return Outside()
    witness = Witness(witness_folder(service), workspace.ledger_path)
    try:
        witness.prove_writable()
    except StateError as error:
        accepted = service.witness.unwitnessed == "accepted"
        return Outside(trouble="" if accepted else f"{error} {_WITHOUT}.", is_missed=True)
    return Outside(witness)


def with_witness(plan: Plan, outside: Outside, call: str, *, first_run_here: bool) -> Plan:
    """Add to a plan what the witness says against it, and that there is none.

    That no witness here knows a ledger can be accepted in the sheet, too, where ledger and sheet agree on all that was
    sent: the code is for this machine, this folder and this state of the ledger, and no copy of the folder can use it.
    """
    if outside.witness is None:
        dangers = (outside.trouble,) if outside.trouble and plan.sends else ()
        return replace(plan, dangers=(*plan.dangers, *dangers))
    seen = outside.witness.look(plan.history.ledger, call)
    code = first_code(plan.history, seen)
    is_first = first_run_here or bool(code and plan.controls.accept == code)
    untold = find_untold(plan.history, seen, first_run_here=is_first)
    is_all = untold and not plan.stale  # what else is wrong, nobody can accept
    stale = (*plan.stale, *untold)
    return replace(plan, stale=stale, new_here=code if is_all else "", is_first_here=is_first)
