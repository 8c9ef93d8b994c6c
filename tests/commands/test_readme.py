"""What the README says and the documentation links to is there."""

import re
import shutil
import struct
from importlib import import_module
from pathlib import Path

import click
import pytest

from pipeline.commands.base import cli
from pipeline.commands.named import HELP
from pipeline.model.exit_codes import MEANINGS
from tests.support import pictures
from tests.support.documents import ROOT, read
from tests.support.pictures import PROGRAMS

DOCUMENTS = ("README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")))


def test_the_exit_codes_are_those_of_the_one_table() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", read("docs/commands.md"), re.MULTILINE)
    assert rows == [(str(code.value), meaning) for code, meaning in MEANINGS.items()]


def test_every_command_is_listed() -> None:
    listed = re.findall(
        r"^    convene ([\w-]+)", read("docs/commands.md").partition("\n\n`")[0], re.MULTILINE
    )
    assert sorted(listed) == sorted(HELP)


def test_the_table_of_the_commands_says_what_each_says_of_itself() -> None:
    """And every module in the folder that makes a command is in it."""
    context = click.Context(cli)
    said = {name: cli.get_command(context, name) for name in HELP}
    assert {name: command and command.get_short_help_str(200) for name, command in said.items()} == HELP
    for file in (ROOT / "pipeline" / "commands").glob("*.py"):
        import_module(f"pipeline.commands.{file.stem}")
    assert sorted(cli.commands) == sorted(HELP)


def test_what_the_readme_makes_is_there() -> None:
    for target in ("demo", "test", "test-slow", "format"):
        assert f"make {target}" in read("README.md")
        assert f"\n{target}:" in read("Makefile")


TAKEN = ["alert.png", "digest.png", "letter.png", "sheet.png", "tab.png"]


def test_the_readme_is_short_and_begins_with_what_to_type() -> None:
    readme = read("README.md")
    assert readme.startswith("# Convene\n\n    git clone ")
    assert len(readme.splitlines()) < 80


def test_the_pictures_are_there_and_small() -> None:
    shown = [target for target, _ in links("README.md") if target.endswith(".png")]
    assert shown == ["docs/pictures/sheet.png", "docs/pictures/letter.png"]
    assert sorted(path.name for path in (ROOT / "docs" / "pictures").iterdir()) == TAKEN
    for name in TAKEN:
        data = (ROOT / "docs" / "pictures" / name).read_bytes()
        assert data.startswith(b"\x89PNG\r\n")
        assert len(data) < 150_000


@pytest.mark.slow
@pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason=f"one of {PROGRAMS} is not installed")
def test_the_pictures_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "INTO", tmp_path)
    assert pictures.main() == 0
    for path in tmp_path.iterdir():
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        assert 300 < height < 1000 <= width * 2 < 4000
        assert (height < width) == (path.name in ("sheet.png", "tab.png"))
    assert sorted(path.name for path in tmp_path.iterdir()) == TAKEN


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), ["README.md"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead += [target for target, _ in links(name) if target in DOCUMENTS and target not in reached]
    assert set(DOCUMENTS) - reached == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    for target, part in links(name):
        assert (ROOT / target).exists(), target
        assert not part or part in anchors(target), (target, part)


def links(name: str) -> list[tuple[str, str]]:
    """Return where a document's links lead that lead to no other site: the file, and the part of it."""
    found = re.findall(r"\]\(([^()\s]+)\)", re.sub(r"`[^`]*`", "", read(name)))
    local = (link.partition("#") for link in found if not re.match(r"\w+:", link))
    here = Path(name).parent
    return [(str(_plain(here / path)) if path else name, part) for path, _, part in local]


def _plain(path: Path) -> Path:
    return (ROOT / path).resolve().relative_to(ROOT)


def anchors(name: str) -> set[str]:
    """Return the parts of a document that can be linked to, by their headings."""
    headings = re.findall(r"^#+ (.*)$", read(name), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
