"""What is installed is what was looked at: every release by its hash, every licence listed, nothing unused."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAMED = {
    "Babel": "babel",
    "css-inline": "css_inline",
    "dnspython": "dns",
    "google-auth": "google",
    "Jinja2": "jinja2",
    "PyYAML": "yaml",
    "email-validator": "email_validator",
    "markdown-it-py": "markdown_it",
}
"""Distributions whose package has another name."""

BY_DATE = {"tzdata"}
"""Distributions whose versions are dates: no later one breaks what an earlier one had."""


def names_in(file: str) -> list[str]:
    return re.findall(r"^([a-z0-9-]+)==", (LISTS / file).read_text(), re.MULTILINE)


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_every_release_is_known_by_its_hashes_and_no_host_is_named(file: str) -> None:
    text = (LISTS / file).read_text()
    releases = re.findall(r"^\S+==.*(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+$", text, re.MULTILINE)
    assert len(releases) == len(names_in(file)) > 30
    assert "://" not in text
    assert not re.findall(r"^-", text, re.MULTILINE)


def test_every_licence_is_listed_and_asks_for_no_more_than_a_notice() -> None:
    listed = dict(re.findall(r"^\| (\S+) \| (.+) \|$", (LISTS / "README.md").read_text(), re.MULTILINE)[1:])
    listed.pop("---", None)
    assert sorted(listed) == sorted({*names_in("run.txt")})
    free = r"(MIT(-0)?|BSD-[23]-Clause|Apache-2\.0|ISC|MPL-2\.0|PSF-2\.0|Unlicense|0BSD|Zlib|CC0-1\.0)"
    assert [
        name for name, licence in listed.items() if not re.fullmatch(rf"{free}( (OR|AND) {free})*", licence)
    ] == []


def test_every_dependency_is_pinned_bounded_and_used() -> None:
    sources = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "pipeline").rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    imported = {
        alias.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {str(node.module).partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    named = re.findall(r"^[\w-]+", "\n".join(PROJECT["dependencies"]), re.MULTILINE)
    ours = {NAMED.get(name, name) for name in named} | {"pipeline", *sys.stdlib_module_names}
    # The last three come with pydantic, Jinja2 and highspy, whose values they are.
    assert imported - ours <= {"msal", "pydantic_core", "markupsafe", "numpy"}
