"""What the README tells people to type, tried."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.model.exit_codes import MEANINGS
from pipeline.running.workspace import make_workspace

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """Return the indented block that follows the comment `<!-- name -->`."""
    after = README.split(f"<!-- {name} -->\n")[1]
    found = re.match(r"(?:    .*\n|\n)+", after)
    assert found
    return "\n".join(line[4:] for line in found[0].rstrip().splitlines()) + "\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home folder with everything where the README puts it."""
    (tmp_path / "convene" / ".venv" / "bin").mkdir(parents=True)
    program = tmp_path / "convene" / ".venv" / "bin" / "convene"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.append({str(Path(__file__).parent.parent.parent)!r})\n"
        "from pipeline.cli import main\nmain()\n"
    )
    python = program.with_name("python")
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    program.chmod(0o755)
    python.chmod(0o755)
    make_workspace(tmp_path / "calls" / "barcelona")
    (tmp_path / "calls" / "barcelona.env").write_text("CONVENE_TEST_SECRET=handed-on\n")
    return tmp_path


@pytest.mark.parametrize(("name", "times"), [("cron", "0 7 * * *"), ("cron again", "40 8-20 * * *")])
def test_the_cron_line_runs(home: Path, name: str, times: str) -> None:
    schedule, command = re.fullmatch(r"((?:\S+ ){4}\S+)\s+(.*)\n", block(name)).groups()  # type: ignore[union-attr]  # it matches, or the test fails
    assert schedule == times
    stray = home / "pipeline"
    stray.mkdir()
    (stray / "__init__.py").write_text("raise SystemExit('a stray folder took the place of the program')")
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "somebody"}
    environ["PYTHONPATH"] = str(home)
    ran = subprocess.run(
        ["/bin/sh", "-c", command], env=environ, cwd=home, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("nothing to do: sent=0")
    told = command.partition("v=")[0] + " printenv CONVENE_TEST_SECRET"
    ran = subprocess.run(["/bin/sh", "-c", told], env=environ, capture_output=True, text=True, check=False)
    assert ran.stdout == "handed-on\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_systemd_units_are_sound(home: Path, tmp_path: Path) -> None:
    units = [tmp_path / name for name in ("convene.service", "convene.timer")]
    for unit in units:
        unit.write_text(block(unit.name).replace("%h", str(home)))
    verified = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False
    )
    assert [line for line in verified.stderr.splitlines() if "convene" in line] == []
    assert verified.returncode == 0


def test_the_exit_codes_are_those_of_the_one_table() -> None:
    commands = (Path(__file__).parent.parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", commands, re.MULTILINE)
    assert rows == [(str(code.value), meaning) for code, meaning in MEANINGS.items()]
    told = " ".join(README.split())
    assert all(f"{code.value} {meaning.partition(':')[0]}" in told for code, meaning in MEANINGS.items())


def test_the_two_commands_are_there() -> None:
    makefile = (Path(__file__).parent.parent.parent / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "test-slow", "format"):
        assert f"make {target}" in README
        assert f"\n{target}:" in makefile


def test_the_files_that_the_readme_names_exist() -> None:
    root = Path(__file__).parent.parent.parent
    named = set(re.findall(r"\((docs/[\w./-]+)\)|`(tests/[\w./-]+)`", README))
    assert [name for pair in named for name in pair if name and not (root / name).exists()] == []
