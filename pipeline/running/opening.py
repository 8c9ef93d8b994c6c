"""A workspace opened for a run that others hear of: where it cannot be, whoever can be told is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

Opened = TypeVar("Opened")


def open_watched(
    root: Path, environ: Mapping[str, str], open_it: Callable[[], Opened], tell: Callable[[str], None]
) -> Opened:
    """Open a workspace for a run; where that fails, whoever can be told hears of it. Raises what `open_it` raises."""
    try:
        return open_it()
    except Exception as error:
        from pipeline.running.watched import tell_not_opened  # brings all along that makes letters

        tell_not_opened(root, environ, error, tell)
        raise
