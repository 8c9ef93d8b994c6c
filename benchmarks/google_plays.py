"""Hundreds of plays at one Google sheet, with kills: form, organisers and Convene at once, in each of three worlds.

    python benchmarks/google_plays.py --plays 600

What is counted must be nothing: mail sent twice, lost, a wrong row, a run that is stuck, a row to look at in vain. The
numbers are those of plays (`tests.support.google_play`), which repeat exactly: `--first 21 --plays 1 --world travels`,
with as many `--steps`.
"""

import argparse
import sys
import time

from tests.support.google_fake import FakeGoogle, World
from tests.support.google_play import rage


def main() -> int:
    """Print a line for each world; return 1 where anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plays", type=int, default=600, help="for each world")
    parser.add_argument("--first", type=int, default=0, help="the number of the first play")
    parser.add_argument("--steps", type=int, default=10, help="in each play")
    parser.add_argument(
        "--world", action="append", choices=list(World), help="one of them (all, if not given)"
    )
    arguments = parser.parse_args()
    plays = range(arguments.first, arguments.first + arguments.plays)
    lost = [_play(World(world), plays, arguments.steps) for world in arguments.world or World]
    return int(any(lost))


def _play(world: World, plays: range, steps: int) -> bool:
    begun = time.monotonic()
    with FakeGoogle(world=world) as google:
        counted = rage(google, plays, steps)
    print(f"{world}: {counted}, {time.monotonic() - begun:.0f} s", *counted.notes, sep="\n    ", flush=True)
    return bool(counted.losses)


if __name__ == "__main__":
    sys.exit(main())
