import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model.errors import LockHeld
from pipeline.running.lock import hold_lock
from tests.support.build import SELECTION

HOLDER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from pipeline.running.lock import hold_lock
with hold_lock(Path(sys.argv[1]), datetime(2023, 8, 2, 7, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lock"
    with hold_lock(path, SELECTION), pytest.raises(LockHeld) as caught, hold_lock(path, SELECTION):
        pass
    said = f"process {os.getpid()} on"
    assert said in str(caught.value)
    assert "since 2023-08-02 07:00:00. Wait until it has ended and run again." in str(caught.value)
    assert caught.value.exit_code == 75


def test_a_lock_is_free_after_its_holder_ended(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with hold_lock(path, SELECTION):
            pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    arguments = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockHeld, match=f"process {holder.pid} on"), hold_lock(path, SELECTION):
            pass
        holder.kill()
        holder.wait()
    with hold_lock(path, SELECTION):
        pass
