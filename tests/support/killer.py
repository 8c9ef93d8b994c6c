"""A program that runs Convene and kills itself at a given step, for `test_kill`.

Told `N MINUTES` on a line, it forks a child that runs so many minutes after the selection and is killed (SIGKILL)
immediately before its N-th step; told `0`, the child runs to its end. It waits for a relay in no time. A step is any
call of the operating system or the database that leaves a trace: on disk, on the wire, in the ledger. It answers with
`killed`, `done`, or `refused` where the ledger is behind its witness; told `-1`, with how many steps there were. A file
`title` beside the folder is another title of the call.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType

from pipeline.mail.outbox import Outbox
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.model.errors import StaleLedger
from pipeline.model.kinds import NOTICES
from pipeline.model.settings import SmtpSettings
from pipeline.running.run import run
from pipeline.sheets.xlsx.workbook import Workbook
from tests.support.build import CALL, SELECTION
from tests.support.desk import DRESSING, make_workspace
from tests.support.passing import passing

STEPS = frozenset(
    {
        "connect",
        "execute",
        "flock",
        "fsync",
        "link",
        "recv_into",
        "rename",
        "replace",
        "send",
        "sendall",
        "unlink",
    }
)

TLS_STEPS = frozenset({"do_handshake", "read", "write"})
"""What stands for sending and receiving under TLS."""

COUNT = -1

REFUSED = 3
"""What a child ends with whose ledger is behind."""


def kill_before(step: int, steps: frozenset[str] = STEPS) -> Callable[[], int]:
    """Arrange for this process to be killed before its `step`-th of these `steps`; return what counts them."""
    count = 0

    def watch(_frame: FrameType, event: str, what: object) -> None:
        nonlocal count
        if event == "c_call" and getattr(what, "__name__", "") in steps:
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)
    return lambda: count


def run_once(folder: Path, port: int, minutes: int) -> None:
    sheet = Workbook(folder / "responses.xlsx", "", DRESSING)
    title = folder.with_name("title")
    call = replace(CALL, title=title.read_text(), approve=NOTICES) if title.exists() else CALL
    settings = SmtpSettings("127.0.0.1", port, "none", timeout=10, dot_timeout=10)
    workspace = make_workspace(
        folder,
        sheet,
        lambda: SmtpMailer(settings) if port else Outbox(folder / "outbox"),
        call,
        witness=folder.parent / "witness" if port else None,
    )
    run(workspace, passing(SELECTION + timedelta(minutes=minutes)))


def main(folder: Path, port: int) -> None:
    for line in sys.stdin:
        step, minutes = map(int, line.split())
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            counted = kill_before(step) if step else int
            try:
                run_once(folder, port, minutes)
            except StaleLedger:
                os._exit(REFUSED)
            os.write(tell, str(counted()).encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.close(tell)
        with os.fdopen(told) as pipe:
            number = pipe.read()
        ended = os.waitstatus_to_exitcode(status)
        if ended not in {0, REFUSED, -signal.SIGKILL}:
            sys.exit("the run failed")
        done = number if step == COUNT else "done"
        print({0: done, REFUSED: "refused"}.get(ended, "killed"), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
