"""Thousands of kills and faults over the sending of mail: what was doubled or lost (it must be nothing).

    python benchmarks/storm.py --kills 2000

Each kill is `kill -9` of a program in the middle of sending, often with a power cut, through a relay that refuses, puts
off, hangs up and loses answers at random (see `tests.support.storm`). With one connection and with three, without and
with TLS and a login; `--connections 3 --tls` is one of the four.
"""

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.relay import Certificates
from tests.support.storm import Losses, rage

COLUMNS = (
    "messages",
    "kills",
    "cuts",
    "delivered",
    "in_doubt",
    "doubled",
    "lost",
    "unsettled",
    "too_many_doubts",
)
MUST_BE_NOTHING = COLUMNS[5:]


def main() -> int:
    """Print a table; return 1 where anything was doubled, lost or left open."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=2000, help="in each storm")
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--connections", type=int, action="append", help="1 and 3, if not given")
    parser.add_argument("--tls", action=argparse.BooleanOptionalAction, help="both, if not given")
    arguments = parser.parse_args()
    print(
        f"{'':17}" + "".join(f"{name.replace('_', ' ').split()[-1]:>10}" for name in COLUMNS[:8]), flush=True
    )
    stormed = [
        _storm(connections, arguments.kills, arguments.seed, is_safe=is_safe)
        for is_safe in ((False, True) if arguments.tls is None else (arguments.tls,))
        for connections in arguments.connections or (1, 3)
    ]
    return int(any(getattr(losses, name) for losses in stormed for name in MUST_BE_NOTHING))


def _storm(connections: int, kills: int, seed: int, *, is_safe: bool) -> Losses:
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        certificates = Certificates(Path(folder)) if is_safe else None
        storm = Path(folder) / "storm"
        losses = rage(storm, lambda now: now.kills < kills, seed + connections, connections, certificates)
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    counts = "".join(f"{getattr(losses, name):>10}" for name in COLUMNS[:8])
    print(f"{connections} connection{'s' if connections > 1 else ' '} {'TLS' if is_safe else '   '}{counts}")
    print(
        f"    {minutes} min {seconds} s; more in doubt than connections: {losses.too_many_doubts} times",
        flush=True,
    )
    return replace(losses, notes=[])


if __name__ == "__main__":
    sys.exit(main())
