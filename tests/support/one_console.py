"""A program that runs commands, one after the other, each in a child of its own: as a person starts them, but quick.

For each line (a request as JSON: arguments, folder, the largest file it may write, environment) it forks a child
and answers with a line: exit code, output, errors.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from threading import Thread

import highspy  # noqa: F401 - the solver, loaded where it is needed

import pipeline
from pipeline.cli import main as convene

BROKEN = "a pipe that nobody reads any more"


@dataclass(frozen=True)
class Said:
    """What a command said, and what it ended with."""

    code: int
    out: str
    err: str


class OneConsole:
    """Runs commands in `folder`; each is told the fault that it must stand."""

    def __init__(self, program: "subprocess.Popen[str]") -> None:
        self._program = program

    def run(
        self,
        *arguments: str,
        folder: Path,
        full: bool = False,
        out: str = "",
        closed: tuple[int, ...] = (),
        **environ: str,
    ) -> Said:
        """Run a command as a user with no special rights; nobody answers what it asks.

        With `full`, no file may grow. `out` is a file in the place of the terminal, or BROKEN. `closed` are streams (0
        to 2) with which it is started closed.
        """
        assert self._program.stdin
        assert self._program.stdout
        request = {
            "arguments": arguments,
            "folder": str(folder),
            "full": full,
            "out": out,
            "closed": closed,
            "environ": environ,
        }
        self._program.stdin.write(f"{json.dumps(request)}\n")
        self._program.stdin.flush()
        return Said(*json.loads(self._program.stdout.readline()))


@contextmanager
def one_console() -> Iterator[OneConsole]:
    root, pipe = Path(__file__).parent.parent.parent, subprocess.PIPE
    command = [sys.executable, "-m", "tests.support.one_console"]
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as program:
        yield OneConsole(program)


def _answer(request: dict[str, object]) -> tuple[int, str, str]:
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if child == 0:
        for number, (_, end) in enumerate(pipes, 1):
            os.dup2(end, number)
        _be_convene(request)
    said = ["", ""]

    def listen(number: int) -> None:
        os.close(pipes[number][1])
        with os.fdopen(pipes[number][0], encoding="utf-8") as source:
            said[number] = source.read()

    readers = [Thread(target=listen, args=(number,)) for number in (0, 1)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said[0], said[1]


def _be_convene(request: dict[str, object]) -> None:
    """Do in the child what was asked for; whatever happens, it does not come back."""
    os.chdir(str(request["folder"]))
    os.environ.clear()
    os.environ.update({"HOME": str(request["folder"]), **request["environ"]})  # type: ignore[dict-item]  # from JSON
    _give_up_rights()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if request["out"] == BROKEN:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
    elif request["out"]:
        os.dup2(os.open(str(request["out"]), os.O_WRONLY), 1)
    for number in request["closed"]:  # type: ignore[attr-defined]  # from JSON
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)  # as Python itself begins then
    if request["full"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # Python ignores the signal and is told EFBIG
    sys.argv = ["convene", *request["arguments"]]  # type: ignore[misc]  # from JSON
    code = 70
    try:
        convene()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - shown as the interpreter would
        sys.excepthook(*sys.exc_info())
    finally:
        try:
            if sys.stdout:
                sys.stdout.flush()
        finally:
            os._exit(code)


def _give_up_rights() -> None:
    """Let root obey the rights of files as everybody does (capset(2)): CAP_DAC_OVERRIDE and the two after it."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        assert libc.capget(header, sets) == 0
        for number in (0, 1):  # what is in effect, and what may be: of each, the first 32
            sets[number] &= ~0b1110
        assert libc.capset(header, sets) == 0


def load_everything() -> None:
    """Import all that commands import when they need it, so that no child has to."""
    for module in walk_packages(pipeline.__path__, "pipeline."):
        import_module(module.name)


if __name__ == "__main__":
    load_everything()
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)
