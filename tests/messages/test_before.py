"""The templates that earlier versions shipped print what they printed, to the byte: a call that is running goes on."""

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from pipeline.messages.context import make_context
from pipeline.messages.render import render
from pipeline.model.kinds import KINDS
from pipeline.model.message import Kind
from tests.messages.test_render import CALL, person
from tests.support.shipped import read_shipped

FOLDER = Path(__file__).parent / "before"
TEMPLATES = read_shipped(FOLDER)
WRITTEN = [kind for kind in KINDS if (FOLDER / f"{kind}.md").exists()]
PRINTED: dict[str, list[str]] = json.loads((FOLDER / "printed.json").read_text("utf-8"))
"""By state: the subject, and the SHA-256 of subject, text and HTML, as the version before languages made them."""


@pytest.mark.parametrize(
    ("kind", "late", "held", "passed"),
    list(product(WRITTEN, (False, True), (False, True), ((), ("reply_by", "selection")))),
)
def test_a_template_of_before_prints_what_it_printed(
    kind: Kind, late: bool, held: bool, passed: Sequence[str]
) -> None:
    context = make_context(CALL, person(), category="pilot", late=late, held=held, passed=passed)
    said = render(TEMPLATES, kind, context)
    digest = sha256("\0".join((said.subject, said.text, said.html)).encode()).hexdigest()
    assert [said.subject, digest] == PRINTED[f"{kind}, late {late}, held {held}, passed {len(passed)}"]
