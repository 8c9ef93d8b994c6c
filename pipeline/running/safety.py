"""What works and is not safe: secrets that others on the machine can read, and a program with every right."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from pipeline.config.load import SERVICE_FILE

SECRET = ("*.env", ".env*", "*.key", "*.pem", "*.p12", "*key*.json", "*credentials*.json")
"""How files are called that hold secrets."""


def find_cautions(root: Path, secrets: tuple[str, ...]) -> tuple[str, ...]:
    """Say what is not safe about a workspace and whoever runs this; empty where nothing is."""
    return (*_as_root(root), *_open_to_others(root, secrets))


def _as_root(root: Path) -> Iterator[str]:
    if os.geteuid() == 0:
        yield (
            "Convene runs as root, and needs no such rights. Make a user for it (useradd --create-home convene), "
            f"give it the folder (chown -R convene: {root}), and run it as that user."
        )


def _open_to_others(root: Path, secrets: tuple[str, ...]) -> Iterator[str]:
    beside = root.parent / f"{root.name}.env"  # where docs/unattended.md puts it
    settings = root / SERVICE_FILE
    written = settings.read_text(encoding="utf-8")
    for path in sorted({beside, settings, *root.glob("*"), *(root / "config").glob("*")}):
        is_secret = any(fnmatch(path.name, pattern) for pattern in SECRET)
        if path == settings:
            is_secret = any(secret in written for secret in secrets)
        if is_secret and _can_others_read(path):
            yield f"{path} can be read by others on this machine. Run `chmod 600 {path}`."


def _can_others_read(path: Path) -> bool:
    try:
        return path.is_file() and bool(path.stat().st_mode & 0o077)
    except OSError:
        return False
