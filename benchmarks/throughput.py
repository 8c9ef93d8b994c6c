"""How fast mail leaves, beside mailmerge and beside a bare loop over smtplib.

    python benchmarks/throughput.py --messages 300 --rounds 5

Three servers: one on this machine, the same 20 ms away, and one with TLS and login. First the sending step alone,
then whole runs from the start of the program to its end, then the ledger alone. Nothing is asserted: a ratio between
medians of interleaved rounds is what to look at.
"""

import argparse
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import ledger
from benchmarks.contestants import (
    get_mailmerge,
    set_mailmerge_up,
    timed_mailmerge,
    timed_sending,
    whole_convene,
    whole_mailmerge,
)
from benchmarks.people import Server, make_workspace, prepare
from benchmarks.rounds import Contestants, measure, show, show_machine
from benchmarks.servers import distant, guarded, sink

MAILMERGE_HOME = Path("/tmp/convene-benchmark-mailmerge")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=150, help="letters, and rows of the whole runs")
    parser.add_argument("--far", type=int, default=20, help="letters to the server that is 20 ms away")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("sending", "whole", "ledger"), help="measure one thing")
    arguments = parser.parse_args()
    show_machine("Throughput")
    with TemporaryDirectory() as name:
        bench = Bench(Path(name), arguments.rounds)
        if arguments.only in {None, "sending", "whole"}:
            bench.at_servers(arguments.messages, arguments.far, arguments.only)
        if arguments.only in {None, "ledger"}:
            times = measure(ledger.contestants(Path(name), arguments.messages), arguments.rounds)
            show("Ledger alone, not pinned", times, arguments.messages, 1e6, "µs a message", ("two commits",))


class Bench:
    """The contestants, and what they work on, in a folder."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self._folder, self._rounds = folder, rounds
        self._python = get_mailmerge(MAILMERGE_HOME)

    def at_servers(self, messages: int, far: int, only: str | None) -> None:
        """Measure at each server, one after the other."""
        with ExitStack() as stack:
            places = (
                ("on this machine", messages, stack.enter_context(sink())),
                ("20 ms away", far, stack.enter_context(distant())),
                ("TLS and login", messages, stack.enter_context(guarded(self._folder))),
            )
            if only != "whole":
                for where, count, server in places:
                    times = measure(self._senders(count, server), self._rounds)
                    title = f"Sending {count} letters, {where}"
                    show(title, times, count, 1e3, "ms a letter", ("mailmerge", "smtplib"))
            if only != "sending":
                for where, count, server in places:
                    times = measure(self._runs(count, server), self._rounds)
                    show(f"Whole run of {count} people, {where}", times, 1, 1, "s", ("mailmerge",))

    def _prepared(self, count: int, server: Server) -> tuple[Path, Path, Path]:
        """Return, for so many people, a workspace, its prepared ledger, and mailmerge's folder."""
        home = self._folder / f"{count}"
        prepared = home / "prepared.sqlite"
        if not home.exists():
            make_workspace(home / "workspace", count)
            prepare(home / "workspace", prepared)
        set_mailmerge_up(home / "mailmerge", prepared, server)
        return home / "workspace", prepared, home / "mailmerge"

    def _senders(self, count: int, server: Server) -> Contestants:
        _, prepared, rival = self._prepared(count, server)
        ours = {
            f"Convene, {many}": partial(timed_sending, many, prepared, server) for many in ("1", "3", "4")
        }
        return {
            "mailmerge": partial(timed_mailmerge, self._python, rival),
            "smtplib": partial(timed_sending, "loop", prepared, server),
            **ours,
        }

    def _runs(self, count: int, server: Server) -> Contestants:
        workspace, _, rival = self._prepared(count, server)
        return {
            "mailmerge": partial(whole_mailmerge, self._python, rival),
            "Convene, 1": partial(whole_convene, workspace, server, 1, count),
            "Convene, 3": partial(whole_convene, workspace, server, 3, count),
        }


if __name__ == "__main__":
    main()
