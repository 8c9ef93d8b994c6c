"""Which start of the machine this is: what only a kill ended has the same one as who comes after it."""

import secrets
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NEVER_AGAIN = secrets.token_hex(16)


def boot() -> str:
    """Return the name of the machine's last start; where it has none, one that no other process will return."""
    try:
        return _BOOT.read_text().strip() or _NEVER_AGAIN
    except OSError:
        return _NEVER_AGAIN
