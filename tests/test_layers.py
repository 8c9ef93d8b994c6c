"""The shape of the code: imports point one way, and the core touches nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layers import CORE, EDGES, FORBIDDEN, PURE, SHELL, TOP

ROOT = Path(__file__).parent.parent / "pipeline"
MODULES = tuple(sorted(ROOT.rglob("*.py")))
LAYERS = {name: rank for rank, layer in enumerate((CORE, EDGES, SHELL, TOP)) for name in layer}


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to: `sheets` for pipeline/sheets/workbook.py."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def ours(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}
    return (names & LAYERS.keys()) - {part_of(path)}


def test_every_module_belongs_to_a_layer() -> None:
    assert {part_of(path) for path in MODULES} - {"__init__"} == LAYERS.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    if part_of(path) == "__init__":
        return
    rank = LAYERS[part_of(path)]
    upwards = {name for name in ours(path) if LAYERS[name] > rank}
    sideways = {name for name in ours(path) if rank == 1 and LAYERS[name] == 1}
    assert (upwards, sideways) == (set(), set())


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) in CORE], ids=str)
def test_core_imports_nothing_that_touches_the_world(path: Path) -> None:
    touching = {name for name in imports(path) if not name.startswith(PURE)}
    assert {name.split(".")[0] for name in touching} & FORBIDDEN == set()


@pytest.mark.parametrize("path", [path for path in MODULES if part_of(path) in CORE], ids=str)
def test_core_reads_no_clock_and_opens_no_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    banned = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "open", "print", "input"}
    assert called & banned == set()


def test_print_is_used_nowhere_but_in_the_console() -> None:
    printing = {
        part_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "click.echo", "click.secho"}
    }
    assert printing == {"commands"}
