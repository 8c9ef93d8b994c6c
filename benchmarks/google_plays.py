"""Hundreds of plays at one Google sheet, with kills: form, organisers and Convene at once, in each of three worlds.

    python benchmarks/google_plays.py --plays 600

What is counted must be nothing: mail sent twice, lost, a wrong row, a run that is stuck, a row to look at in vain. The
numbers are those of plays (`tests.support.google_play`); references are drawn anew, so a play does not repeat exactly.
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
    arguments = parser.parse_args()
    lost = [_play(world, arguments.plays) for world in World]
    return int(any(lost))


def _play(world: World, plays: int) -> bool:
    begun = time.monotonic()
    with FakeGoogle(world=world) as google:
        counted = rage(google, range(plays))
    print(f"{world}: {counted}, {time.monotonic() - begun:.0f} s", flush=True)
    return bool(counted.losses)


if __name__ == "__main__":
    sys.exit(main())
