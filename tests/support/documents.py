"""What the documentation tells people to type, found by name."""

import re
import sys
from pathlib import Path

from pipeline.running.new_workspace import make_workspace

ROOT = Path(__file__).parent.parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def block(document: str, name: str) -> str:
    """Return the indented block that follows the comment `<!-- name -->` in a document."""
    after = read(document).split(f"<!-- {name} -->\n")[1]
    found = re.match(r"(?:    .*\n|\n)+", after)
    assert found
    return "\n".join(line[4:] for line in found[0].rstrip().splitlines()) + "\n"


def make_home(folder: Path) -> Path:
    """Make a home folder with everything where the documentation puts it; the program is this one."""
    (folder / "convene" / ".venv" / "bin").mkdir(parents=True)
    program = folder / "convene" / ".venv" / "bin" / "convene"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pipeline.cli import main\nmain()\n"
    )
    python = program.with_name("python")
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)
    python.chmod(0o755)
    make_workspace(folder / "calls" / "barcelona")
    (folder / "calls" / "barcelona.env").write_text("CONVENE_TEST_SECRET=handed-on\n")
    return folder
