"""One of the calls that Convene ships beside the reference call, played by hand: runs, typed words, a reply form."""

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from pipeline.intake.rows import read_entries
from pipeline.model.history import History
from pipeline.model.sheet import CellValue, Snapshot
from pipeline.planning.choice import Pick
from pipeline.planning.result import Result
from pipeline.running.approve import approve
from pipeline.running.clock import Clock
from pipeline.running.new_workspace import make_workspace
from pipeline.running.run import run
from pipeline.running.workspace import open_workspace
from pipeline.sheets.xlsx.by_hand import type_in


class Play:
    """A workspace, and the people in it by the part of their address before the @."""

    def __init__(self, folder: Path, like: str) -> None:
        self.workspace = make_workspace(folder, like)
        self.path, self.call = folder / "responses.xlsx", self.workspace.call
        self.replies = 1
        self.result: Result

    def run(self, moment: str) -> Mapping[str, int]:
        """Run at a time on the call's clock; return how many letters of each kind it sent."""
        before = len(self.history().posted)
        self.result = run(self.workspace, self.clock(moment))
        return Counter(str(message.kind) for message in self.history().posted[before:])

    def clock(self, moment: str) -> Clock:
        return Clock(datetime.fromisoformat(moment).replace(tzinfo=self.call.zone))

    def history(self) -> History:
        with closing(self.workspace.ledger()) as ledger:
            return ledger.history()

    def snapshot(self) -> Snapshot:
        return self.workspace.sheet.read()

    def reference(self, name: str) -> str:
        return {address.partition("@")[0]: one for one, address in self.history().addresses.items()}[name]

    def shown(self, column: str) -> dict[str, str]:
        """Return what the sheet shows of everybody in one column, in the organisers' language."""
        snapshot = self.snapshot()
        at = snapshot.headers.index(column)
        people = read_entries(snapshot, self.call)
        rows = {row.number: row for row in snapshot.rows}
        return {one.address.partition("@")[0]: rows[one.row].cell(at).text for one in people}

    def standing(self, status: str) -> dict[str, str]:
        """Return everybody on record with a status, with their category."""
        names = {one: address.partition("@")[0] for one, address in self.history().addresses.items()}
        found = self.history().standings.values()
        return {names[one.reference]: one.category for one in found if one.status == status}

    def type(self, header: str, **words: CellValue) -> None:
        """Let organisers type into the rows of some people."""
        snapshot = self.snapshot()
        rows = {one.address.partition("@")[0]: one.row for one in read_entries(snapshot, self.call)}
        at = snapshot.headers.index(header) + 1
        self._put({(rows[name], at): word for name, word in words.items()}, "Form responses 1")

    def type_at(self, row: int, header: str, text: CellValue) -> None:
        self._put({(row, self.snapshot().headers.index(header) + 1): text}, "Form responses 1")

    def reply(self, day: str, answers: Mapping[str, bool], *, address: str = "") -> None:
        """Let people fill in the reply form at noon, by the link in their letters; from another `address` if named."""
        form = self.call.replies
        assert form is not None
        own = {to.partition("@")[0]: (reference, to) for reference, to in self.history().addresses.items()}
        first = next(iter(answers))
        assert form.link_for(own[first][0]) in self.letter(first, "invitation")
        cells: dict[tuple[int, int], CellValue] = {}
        for name, is_yes in answers.items():
            self.replies += 1
            reference, to = own[name]
            said = min(form.yes if is_yes else form.no)
            values: tuple[CellValue, ...] = (
                datetime.fromisoformat(f"{day} 12:00"),
                address or to,
                reference,
                said,
            )
            cells |= {(self.replies, at): value for at, value in enumerate(values, 1)}
        self._put(cells, form.tab)

    def _put(self, cells: Mapping[tuple[int, int], CellValue], tab: str) -> None:
        type_in(self.path, cells, tab)

    def release(self, moment: str) -> int:
        """Release all that waits for approval; return how many letters that is."""
        return len(approve(self.workspace, self.clock(moment), Pick()))

    def change(self, old: str, new: str) -> None:
        """Let organisers write something else into config/call.yaml."""
        file = self.workspace.root / "config" / "call.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        self.workspace = open_workspace(self.workspace.root, {})
        self.call = self.workspace.call

    def letter(self, name: str, kind: str) -> str:
        """Return subject and text of the letter of a kind that somebody got last."""
        wanted = (self.reference(name), kind)
        numbers = [one.id for one in self.history().posted if (one.reference, one.kind) == wanted]
        with closing(self.workspace.ledger()) as ledger:
            (posted,) = ledger.outgoing(tuple(numbers[-1:]))
        mail = message_from_bytes(posted.letter.data, policy=default)
        body = mail.get_body(("plain",))
        assert body is not None
        return f"{mail['Subject']}\n{body.get_content()}"
