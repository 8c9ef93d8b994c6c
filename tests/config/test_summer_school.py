"""A call that has nothing in common with the reference call, in configuration only."""

import shutil
from pathlib import Path

from pipeline.audience.examples import failures
from pipeline.config.call.examples import read_examples
from pipeline.config.load import load
from pipeline.model.call import Call
from tests.support.config_case import make_workspace

HERE = Path(__file__).parent / "summer_school"


def summer_school(folder: Path) -> Call:
    make_workspace(folder, (HERE / "call.yaml").read_bytes())
    shutil.copy(HERE / "examples.yaml", folder / "config")
    shutil.copytree(HERE / "vocabulary", folder / "config" / "vocabulary")
    return load(folder, {}).call


def test_every_example_is_judged_as_its_organisers_expect(tmp_path: Path) -> None:
    call = summer_school(tmp_path)
    examples = read_examples(tmp_path, call)
    assert (failures(call, examples), len(examples)) == ((), 17)
