"""The shipped call, read once: the reference rules as they stand in config/."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.audience.classify import classify
from pipeline.config.load import load
from pipeline.model.applicant import Classification
from pipeline.model.call import Call

ROOT = Path(__file__).parent.parent.parent


@cache
def reference_call() -> Call:
    """Return the call in config/call.yaml."""
    return load(ROOT, {}).call


def judge(answers: Mapping[str, str]) -> Classification:
    """Say what the reference rules conclude of answers."""
    call = reference_call()
    return classify(call.audience, call.columns, answers)
