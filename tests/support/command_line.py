"""The command line as a person starts it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

CONVENE = (sys.executable, "-c", "from pipeline.cli import main; main()")


def convene(*arguments: str, folder: Path, columns: int = 80) -> "subprocess.CompletedProcess[str]":
    """Run a command in `folder`, as cron does: no terminal, hardly any environment."""
    environ = {"PATH": os.defpath, "HOME": str(folder), "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    environ["PYTHONPATH"] = str(Path(__file__).parent.parent.parent)
    return subprocess.run(
        [*CONVENE, *arguments], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
