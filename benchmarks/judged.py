"""How well the rules judge: the figures of every labelled set.

python benchmarks/judged.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.support.judged import SETS, score


def main() -> None:
    for name in SETS:
        print(f"{name}: {score(name)}")


if __name__ == "__main__":
    main()
