"""How many requests to Google Sheets a run makes, and how long they take, beside one `update_cell` after another.

    python benchmarks/sheets.py --people 20 20000

Against a stand-in for Google Sheets on this machine, which answers at once: whole runs of the shipped call before
selection, without acknowledgements (every row gets a reference, a category, a status and a reason), then a run
with nothing to do. The rival is what a first script does: gspread, all records, and three `update_cell` a row.
What a real connection would add is computed: so much a request, and no more than 60 writes a minute.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from google.auth.credentials import AnonymousCredentials
from gspread.client import Client
from gspread.http_client import HTTPClient

from benchmarks.people import AS_OF, make_rows
from benchmarks.rounds import show_machine
from pipeline.model.message import Kind
from pipeline.model.settings import GoogleSettings, Limits, MailSettings, OutboxSettings, Sender, Service
from pipeline.model.sheet import OWN_COLUMNS
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, run
from pipeline.running.workspace import COLOURS, Workspace, example, open_workspace
from pipeline.sheets.base import SetUp
from pipeline.sheets.google.sheet import GoogleSheet
from tests.support.google_fake import FakeGoogle, make_responses
from tests.support.google_fake.people import RESPONSES_TAB

ROUND_TRIP = 0.15
"""Seconds that a request to the real service is taken to last."""

WRITES_A_MINUTE = 60
"""What Google allows one account (developers.google.com/workspace/sheets/api/limits)."""

RIVALS_MOST = 200
"""So many people at most the rival is let loose on; beyond that its cost is computed from these."""


@dataclass(frozen=True)
class Cost:
    """What one way of writing back cost; `megabytes` is the largest request."""

    reads: int
    writes: int
    seconds: float
    megabytes: float = 0.0

    @property
    def calls(self) -> int:
        return self.reads + self.writes

    @property
    def far(self) -> float:
        """Seconds with a real service: what was measured, a round trip each, and the quota for writes."""
        quota = max(0, self.writes - WRITES_A_MINUTE) / WRITES_A_MINUTE * 60
        return max(self.seconds + self.calls * ROUND_TRIP, quota)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[20, 1_000, 20_000])
    arguments = parser.parse_args()
    show_machine("Google Sheets")
    print(f"\n{'':39}{'reads':>7}{'writes':>8}{'largest':>9}{'here':>9}{'150 ms away':>13}{'ratio':>8}")
    for people in arguments.people:
        rival = _rival(people)
        first, second = _convene(people)
        _show(people, "Convene", first, rival)
        _show(people, "Convene, nothing to do", second, rival)
        computed = ", computed" if people > RIVALS_MOST else ""
        _show(people, f"update_cell, 3 a row{computed}", rival, rival)


def _show(people: int, name: str, cost: Cost, rival: Cost) -> None:
    ratio = f"{rival.far / cost.far:>7.0f}x"
    figures = f"{cost.reads:>7}{cost.writes:>8}{cost.megabytes:>6.2f} MB{cost.seconds:>7.1f} s"
    print(f"{people:>7}  {name:30}{figures}{cost.far:>11.1f} s{ratio}", flush=True)


def _measure(google: FakeGoogle, act: Callable[[], object]) -> Cost:
    google.calls.clear()
    began = perf_counter()
    act()
    seconds = perf_counter() - began
    largest = max((call.sent for call in google.calls), default=0) / 1e6
    return Cost(google.count(writes=False), google.count(writes=True), seconds, largest)


def _convene(people: int) -> tuple[Cost, Cost]:
    headers, rows = make_rows(people)
    document, _, seen = make_responses("sheet", headers, rows, spare=(1_000, 0))
    with TemporaryDirectory() as folder, FakeGoogle(checks=False) as google:
        google.add(document)
        workspace = _workspace(Path(folder), google.url)
        clock = Clock(datetime.fromisoformat("2023-07-31T07:00").replace(tzinfo=workspace.call.zone))
        # The columns are added once, by `convene setup`.
        workspace.sheet.set_up()
        first = _measure(google, lambda: run(_workspace(Path(folder), google.url), clock, Orders(force=True)))
        second = _measure(
            google, lambda: run(_workspace(Path(folder), google.url), clock, Orders(force=True))
        )
        status = seen.column("Status")
        filled = sum(bool(line.box(status).entered) for line in seen.tab.rows[1:])
        if filled != people:
            raise RuntimeError(f"{filled} of {people} rows were written")
    return first, second


def _workspace(folder: Path, url: str) -> Workspace:
    """Return the shipped call on the stand-in, as a new process would see it."""
    shipped = open_workspace(example(), {})
    messages = dict(shipped.call.messages)
    del messages[Kind.RECEIVED]
    mail = MailSettings(Sender("team@example.org", "The team"), OutboxSettings(folder / "outbox"))
    settings = GoogleSettings("sheet", RESPONSES_TAB, PurePath("key.json"), 600.0, emulator=url)
    service = Service(settings, mail, Limits(messages_per_run=10**6))
    form = tuple(shipped.call.columns.headers.values())
    sheet = GoogleSheet(settings, SetUp(("Invite",), COLOURS, form))
    call = replace(shipped.call, messages=messages)
    return replace(shipped, root=folder, call=call, service=service, sheet=sheet)


def _rival(people: int) -> Cost:
    """Measure one update a cell with a few people, and compute it for more."""
    few = min(people, RIVALS_MOST)
    headers, rows = make_rows(few)
    document, _, _ = make_responses("sheet", (*headers, *OWN_COLUMNS), rows)
    with FakeGoogle(checks=False) as google:
        google.add(document)
        cost = _measure(google, lambda: _write_cell_by_cell(google.url, len(headers)))
    more = people / few
    return Cost(cost.reads, round(cost.writes * more), cost.seconds * more, cost.megabytes)


def _write_cell_by_cell(url: str, own: int) -> None:
    class Here(HTTPClient):
        def request(self, method: str, endpoint: str, *details: Any, **more: Any) -> Any:
            return super().request(
                method, endpoint.replace("https://sheets.googleapis.com", url), *details, **more
            )

    client = Client(AnonymousCredentials(), http_client=Here)  # type: ignore[no-untyped-call]  # the library has no types
    tab = client.open_by_key("sheet").worksheet(RESPONSES_TAB)
    for number, _ in enumerate(tab.get_all_records(), 2):
        for column, text in ((3, "Received"), (4, "Works in prison management."), (7, AS_OF)):
            tab.update_cell(number, own + column, text)


if __name__ == "__main__":
    main()
