"""What the README says and the documentation links to is there."""

import re
from pathlib import Path

import pytest

from pipeline.model.exit_codes import MEANINGS
from tests.support.documents import ROOT, read

DOCUMENTS = ("README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")))


def test_the_exit_codes_are_those_of_the_one_table() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", read("docs/commands.md"), re.MULTILINE)
    assert rows == [(str(code.value), meaning) for code, meaning in MEANINGS.items()]


def test_the_commands_are_there() -> None:
    for target in ("demo", "test", "test-slow", "format"):
        assert f"make {target}" in read("README.md")
        assert f"\n{target}:" in read("Makefile")


def test_the_readme_is_short_and_begins_with_what_to_type() -> None:
    readme = read("README.md")
    assert readme.startswith("# Convene\n\n    git clone ")
    assert len(readme.splitlines()) < 80


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
