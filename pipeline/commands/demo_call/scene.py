"""The stage of the demonstration: a workspace, the hands that edit its sheet, a clock that is set."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.commands.demo_call.people import Hands, WorkbookHands, read_responses
from pipeline.planning.plan import Scope
from pipeline.planning.result import Result
from pipeline.running.by_hand import create_workbook
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, run
from pipeline.running.workspace import Workspace, with_call_as_it_stands
from pipeline.views.status import StatusRow, status_rows

SEND, AUTOMATIC = "send: ", "automatic"
"""How it stands in config/call.yaml whether e-mails wait for approval."""


@dataclass(slots=True)
class Scene:
    """A workspace to play in, the hands of the people who edit its sheet, and the file that it ends as.

    Its configuration is edited on the way. `stays` tells whether commands find the sheet when the play is over.
    """

    workspace: Workspace
    hands: Hands
    file: str
    stays: bool = True

    def clock(self, moment: str) -> Clock:
        """Return a clock that stands at `moment`, in the call's zone."""
        return Clock(datetime.fromisoformat(moment).replace(tzinfo=self.workspace.call.zone))

    def send(self, how: str) -> None:
        """Let the organisers write into config/call.yaml how e-mails leave."""
        file = self.workspace.root / "config" / "call.yaml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        edited = (f"{SEND}{how}\n" if line.startswith(SEND) else line for line in lines)
        file.write_text("".join(edited), encoding="utf-8")
        self.workspace = with_call_as_it_stands(self.workspace)

    def write(self, old: str, new: str) -> None:
        """Let the organisers write something else into config/call.yaml."""
        file = self.workspace.root / "config" / "call.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text  # noqa: S101 - it is the example's own line
        file.write_text(text.replace(old, new), encoding="utf-8")
        self.workspace = with_call_as_it_stands(self.workspace)

    def reply(self, day: str, answers: Mapping[str, str]) -> None:
        """Let people fill in the reply form on a day at noon, from the link in their letters: address to answer."""
        with closing(self.workspace.ledger()) as ledger:
            references = {address: one for one, address in ledger.history().addresses.items()}
        at = datetime.fromisoformat(f"{day}T12:00")
        self.hands.reply(tuple((at, address, references[address], said) for address, said in answers.items()))

    def arrive(self, after: str, until: str) -> int:
        """Let the form add what was submitted after one day and before the next; return how many."""
        new = tuple(response for response in read_responses() if after <= _arrival(response) < until)
        self.hands.submit(new)
        return len(new)

    def status_rows(self, moment: str) -> tuple[StatusRow, ...]:
        """Return where everybody stands."""
        with closing(self.workspace.ledger()) as ledger:
            now = self.clock(moment).now()
            return status_rows(self.workspace.call, self.workspace.sheet.read(), ledger.history(), now)

    def run(self, moment: str, scope: Scope = Scope()) -> Result:  # noqa: B008 - frozen
        """Run once, at `moment`."""
        return run(self.workspace, self.clock(moment), Orders(scope))


def _arrival(response: dict[str, str]) -> str:
    """Return when a response arrived; one without a readable time stamp came in early July."""
    stamp = response["Timestamp"]
    return stamp if stamp[:2] == "20" else "2023-07-05"


def on_a_workbook(folder: Path, workspace: Workspace) -> Scene:
    """Play on the workbook of the workspace, which gets the reply form's tab."""
    path, form = folder / "responses.xlsx", workspace.call.replies
    assert form  # noqa: S101 - see `_with_reply_form`
    path.unlink()
    create_workbook(path, (), (), {form.tab: tuple(question.header for question in form.questions.values())})
    workspace.sheet.set_up()
    return Scene(workspace, WorkbookHands(folder / "responses.xlsx"), "responses.xlsx")
