"""Whatever happens to the shipped files, they load, or every problem has a line that exists."""

import re
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config.load import load
from pipeline.model.errors import ConfigError
from tests.support.config_case import LOGIN, make_workspace
from tests.support.yaml_texts import read_yaml

FILES = {
    name: (Path(__file__).parent.parent.parent / "config" / f"{name}.yaml").read_text("utf-8")
    for name in ("call", "service")
}
PROBLEM = re.compile(r"config/(call|service)\.yaml:(\d+): [^\n]+\. [^\n]+[.?”)\]}>]", re.DOTALL)
TEXTS = ["", " ", "No", "x", "{x}", "${X}", "*", "smtp", "2023-13-01", "é" * 300, "\u2028"]
LISTS = [[], [[]], [None], ["a", "A"]]
KEYS = [{}, {"a": {"b": "c"}}, {"is": "No"}, {"not": {"not": {}}}]
VALUES = st.sampled_from([None, True, 0, 1, -3, 1.5, 10**30, *TEXTS, *LISTS, *KEYS])


def check(call: str, service: str) -> None:
    """Load the texts; every problem must have a line that exists, and nothing else may be raised."""
    with TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder), call, service)
        try:
            load(workspace, LOGIN)
        except ConfigError as error:
            problems = error.problems
        else:
            return
    assert problems
    for problem in problems:
        found = PROBLEM.fullmatch(problem)
        assert found, problem
        text = call if found[1] == "call" else service
        assert 1 <= int(found[2]) <= len(text.splitlines()) + 1


def places_in(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [found for step, each in inner for found in places_in(each, (*path, step))]
    return [path, *below] if path else below


def change(data: st.DataObject, tree: object) -> None:
    """Drop, replace or misspell one place of the tree."""
    path = data.draw(st.sampled_from(places_in(tree)))
    around: dict[object, object] = tree  # type: ignore[assignment]  # or a list: both take steps in brackets
    for step in path[:-1]:
        around = around[step]  # type: ignore[assignment]  # JSON of any shape
    act, value = data.draw(st.sampled_from(["drop", "replace", "misspell"])), deepcopy(data.draw(VALUES))
    if act == "replace":
        around[path[-1]] = value
    elif act == "misspell" and isinstance(around, dict):
        around[f"{path[-1]}x"] = around.pop(path[-1])
    else:
        del around[path[-1]]


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_load_of_changed_files_loads_or_says_which_line(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    tree = read_yaml(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        if places_in(tree):
            change(data, tree)
    check(**{**FILES, name: yaml.safe_dump(tree)})


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_load_of_files_with_lines_damaged_loads_or_says_which_line(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[at])))
    noise = data.draw(st.text("{}[]:,-\t #'\"*&!|>%@`xé\n$?\x00\ud800", max_size=4))
    lines[at] = lines[at][:column] + noise + lines[at][column + data.draw(st.integers(0, 6)) :]
    check(**{**FILES, name: "".join(lines)})
