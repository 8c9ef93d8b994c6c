"""The shape of the code: one folder a stage, imports point one way, and pure folders touch nothing."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.layers import EDGES, FLOORS, FORBIDDEN, HARMLESS, MAY_IMPORT, PURE

ROOT = Path(__file__).parent.parent / "pipeline"
MODULES = tuple(sorted(ROOT.rglob("*.py")))
FLOOR = {folder: number for number, folders in enumerate(FLOORS) for folder in folders}


def folder_of(path: Path) -> str:
    """Return the folder that a module belongs to: `sheets` for pipeline/sheets/xlsx/read.py."""
    return path.relative_to(ROOT).parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def ours(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imports(path) if name.startswith("pipeline.")}
    return names - {folder_of(path), "__version__"}


def test_only_the_entry_point_stands_beside_the_folders() -> None:
    top = {folder_of(path) for path in MODULES}
    assert top == {"__init__.py", "cli.py", *FLOOR}
    assert len(FLOOR) <= 16
    assert len(FLOORS) <= 7


def test_the_map_in_the_readme_is_the_folder_list() -> None:
    readme = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    block = readme.partition("    pipeline/")[2].partition("    cli.py")[0]
    floors = [
        {word for word in line.strip().split("   ")[0].split() if word in FLOOR}
        for line in block.splitlines()
    ]
    assert [floor for floor in floors if floor] == list(FLOORS)


@pytest.mark.parametrize("folder", sorted(FLOOR))
def test_every_folder_says_what_it_takes_and_gives(folder: str) -> None:
    doc = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8")))
    assert doc is not None
    assert 2 <= doc.count(". ") + doc.count(".\n") + 1 <= 5


@pytest.mark.parametrize("folder", sorted(MAY_IMPORT))
def test_a_folder_may_import_from_lower_floors_only(folder: str) -> None:
    assert {below for below in MAY_IMPORT[folder] if FLOOR[below] >= FLOOR[folder]} == set()
    assert not (folder in EDGES and MAY_IMPORT[folder] & EDGES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    if folder_of(path) in FLOOR:
        assert ours(path) - MAY_IMPORT[folder_of(path)] == set()


@pytest.mark.parametrize("path", [path for path in MODULES if folder_of(path) in PURE], ids=str)
def test_pure_folders_import_nothing_that_touches_the_world(path: Path) -> None:
    touching = {name for name in imports(path) if not name.startswith(HARMLESS)}
    assert {name.split(".")[0] for name in touching} & FORBIDDEN == set()


@pytest.mark.parametrize("path", [path for path in MODULES if folder_of(path) in PURE], ids=str)
def test_pure_folders_read_no_clock_and_open_no_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    banned = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "open", "print", "input"}
    assert called & banned == set()


def test_print_is_used_nowhere_but_in_the_console() -> None:
    printing = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "click.echo", "click.secho"}
    }
    assert printing == {"commands/console.py"}


def test_no_class_has_the_name_of_another() -> None:
    """A reader who meets a name knows what it is, whatever folder it comes from; private ones stay at home."""
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in names.items() if number > 1] == []
