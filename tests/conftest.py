"""What holds for all tests: each is the same in every run, none may fail because the machine is slow, and none
writes into anybody's home.
"""

import os
import tempfile
from random import SystemRandom

import pytest
from hypothesis import HealthCheck, core, settings
from hypothesis.internal.conjecture import providers

if os.environ.get("SEED") == "random":
    os.environ["SEED"] = str(SystemRandom().randrange(1_000_000))  # the processes of this run inherit it

core.global_force_seed = int(os.environ.get("SEED") or 0)  # type: ignore[assignment]  # as --hypothesis-seed does
_NONE = type(providers._local_constants)()
providers._get_local_constants = lambda: _NONE  # else what is drawn hangs on which modules were imported

settings.register_profile(
    "everywhere the same",
    database=None,
    deadline=None,
    derandomize=False,  # or the seed would not count
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("everywhere the same")

_STATE = tempfile.TemporaryDirectory(prefix="convene-tests-")
os.environ["XDG_STATE_HOME"] = _STATE.name  # for witnesses, where a test leaves any


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what hypothesis draws for: coverage is measured without it, since it costs most and proves least there."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("drawn")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what repeats this run."""
    terminalreporter.write_line(f"SEED={core.global_force_seed}")
