"""A call under approval, played with plain values: people, words, codes and runs; the sheet as it was written last."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.messages.reading import Templates
from pipeline.model.call import Call
from pipeline.model.controls import Controls
from pipeline.model.effect import Effect
from pipeline.model.history import History, Standing
from pipeline.model.kinds import KINDS
from pipeline.model.message import VOID_STATES, Kind, State
from pipeline.model.settings import Service
from pipeline.model.sheet import OwnCells, Snapshot
from pipeline.planning.effects import code_of_set
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from pipeline.planning.recheck import write_back
from tests.support.build import CALL, SELECTION, SERVICE, TEMPLATES, carried_out, filled, responses

APPROVED = replace(CALL, approve=frozenset(KINDS) - {Kind.RECEIVED})


@dataclass
class Play:
    """What a run needs, and what runs did: `sent` are the effects that left, `cells` what rows show."""

    call: Call = APPROVED
    service: Service = SERVICE
    rows: list[str] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)
    code: str = ""
    now: datetime = SELECTION
    history: History = field(default_factory=lambda: History(secret="s", ledger="ledger"))
    cells: dict[int, OwnCells] = field(default_factory=dict)
    sent: list[Effect] = field(default_factory=list)
    templates: Templates = TEMPLATES
    recorded: list[tuple[Standing, int | None]] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        lines = (f"{row}, decision={self.words.get(nth, '')}" for nth, row in enumerate(self.rows))
        sheet = responses(*(line if ">" in line else line.replace(", ", " > ", 1) for line in lines))
        return replace(filled(sheet, self.cells), controls=Controls(approve=self.code))

    def plan(self, scope: Scope = EVERYTHING) -> Plan:
        history = self.history
        return make_plan(self.call, self.service, self.templates, self.snapshot(), history, self.now, scope)

    def run(self, state: State = State.ACCEPTED, *, writes: bool = True, scope: Scope = EVERYTHING) -> Plan:
        """Run once; every message ends in `state`, and the sheet is written unless something keeps it from that."""
        made, shown = self.plan(scope), self.history.proposals
        if state is State.ACCEPTED:
            self.sent += made.effects
        self.record(made, state)
        if writes:
            self.write(write_back(self.call, made, self.snapshot(), self.history))
        else:
            self.history = replace(self.history, proposals=shown)
        self.now += timedelta(minutes=30)
        return made

    def record(self, made: Plan, state: State) -> None:
        """Put a run on record as the ledger does: what no letter tells any more, is as if it had never been."""
        after = carried_out(made, self.history, state)
        known = {message.id for message in self.history.posted}
        tells = {one.reference: one.id for one in after.posted if one.id not in known and not one.occasion}
        self.recorded += [(standing, tells.get(standing.reference)) for standing in made.standings]
        void = {message.id for message in after.posted if message.state in VOID_STATES}
        standings = {each.reference: each for each, told_by in self.recorded if told_by not in void}
        self.history = replace(after, standings=standings)

    def write(self, changes: tuple[object, ...]) -> None:
        self.cells |= {change.row: change.after for change in changes}  # type: ignore[attr-defined]  # changes of rows

    def type(self, **words: str) -> None:
        """Type words under Decision, by the beginning of the address."""
        for nth, row in enumerate(self.rows):
            name = row.split("|")[1].strip().partition("@")[0]
            if name in words:
                self.words[nth] = words[name]

    def approve_all(self) -> None:
        """Type the code of what the sheet shows as waiting."""
        self.code = self.history.proposals[-1].code

    def shown(self) -> Mapping[str, tuple[str, str]]:
        """Return Status and Reason of everybody, by the beginning of the address."""
        names = {nth + 2: row.split("|")[1].strip().partition("@")[0] for nth, row in enumerate(self.rows)}
        return {names[row]: (cells.status, cells.reason) for row, cells in sorted(self.cells.items())}

    def statuses(self) -> dict[str, str]:
        return {name: status for name, (status, _) in self.shown().items()}

    def told(self) -> list[tuple[str, str]]:
        """Return what left, in order: to whom, by the beginning of the address, and of which kind."""
        return [(effect.to.partition("@")[0], effect.kind) for effect in self.sent]


def waiting(made: Plan) -> list[tuple[str, str]]:
    """Return what waits for approval in a plan: to whom, and what is concluded."""
    return sorted((effect.to.partition("@")[0], effect.conclusion) for effect in made.unreleased)


def code_of(made: Plan) -> str:
    return code_of_set(made.unreleased)
