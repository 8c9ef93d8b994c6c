"""What works and is not safe: who can read the secrets, and with which rights Convene runs."""

import os
from pathlib import Path

import pytest

from pipeline.running.safety import find_cautions

SECRET = "Tr0ub4dor-Geheim"


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a workspace in which every file can be read by everybody, with its environment beside it."""
    call = tmp_path / "barcelona"
    (call / "config").mkdir(parents=True)
    for name in (
        "../barcelona.env",
        "google-key.json",
        "notes.txt",
        "config/service.yaml",
        "config/relay.pem",
    ):
        (call / name).write_text(f"password: {SECRET}")
        (call / name).chmod(0o644)
    return call


@pytest.mark.parametrize(
    ("secrets", "told"),
    [
        ((), {"barcelona.env", "google-key.json", "relay.pem"}),
        ((SECRET,), {"barcelona.env", "google-key.json", "relay.pem", "service.yaml"}),
    ],
)
def test_secrets_that_others_can_read_are_told_of(
    call: Path, secrets: tuple[str, ...], told: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    cautions = find_cautions(call, secrets)
    assert {caution.partition(" ")[0].rpartition("/")[2] for caution in cautions} == told
    for path in (call.parent / "barcelona.env", *call.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert find_cautions(call, secrets) == ()


def test_root_is_told_the_way_out(call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert find_cautions(call, ())[0] == (
        "Convene runs as root, and needs no such rights. Make a user for it (useradd --create-home convene), give it "
        f"the folder (chown -R convene: {call}), and run it as that user."
    )
