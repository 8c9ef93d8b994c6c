"""Fails unless every branch of the core was taken by the tests that just ran (`make test`)."""

import sys
from pathlib import Path

from coverage import Coverage

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.layers import PURE

coverage = Coverage()
coverage.load()
include = [f"pipeline/{folder}/*" for folder in PURE]
total = coverage.report(include=include, show_missing=True, skip_covered=True)
sys.exit(0 if total == 100.0 else f"The core is covered to {total:.1f} %, not 100 %.")
