"""What holds for all tests: none may fail because the machine is slow, and none writes into anybody's home."""

import os
import tempfile

from hypothesis import settings

settings.register_profile("any speed", deadline=None)
settings.load_profile("any speed")

_STATE = tempfile.TemporaryDirectory(prefix="convene-tests-")
os.environ["XDG_STATE_HOME"] = _STATE.name  # for witnesses, where a test leaves any
