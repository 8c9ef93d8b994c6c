"""The page of a preview on the disk: what it is made of, and how it comes and goes."""

import os
from pathlib import Path

from pipeline.ledger.own_files import open_own
from pipeline.model.disk import cannot_use

FOLDER, PAGE = "preview", "index.html"
_SITE = Path(__file__).parent.parent / "views" / "site"


def read_assets() -> tuple[str, str, str]:
    """Return the texts that a page of letters is made of: its frame, its style, its script."""
    frame, style, script = (
        (_SITE / f"letters.{end}").read_text(encoding="utf-8") for end in ("html", "css", "js")
    )
    return frame, style, script


def write_preview(state: Path, page: str) -> Path:
    """Write the page in the place of the one before; return where it lies."""
    path = state / FOLDER / PAGE
    write_own(path, page.encode())
    return path


def write_own(path: Path, data: bytes) -> None:
    """Write a file that its owner alone reads, in a folder of the same sort. Raises StateError."""
    descriptor = open_own(path, os.O_TRUNC)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        raise cannot_use(path, error) from error


def forget_preview(state: Path) -> None:
    """Delete the page: it shows letters to people who are to be forgotten, or that have left."""
    (state / FOLDER / PAGE).unlink(missing_ok=True)
