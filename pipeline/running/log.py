"""The log of a workspace: one line a run, no personal data, for its owner's eyes only."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.ledger.own_files import open_own
from pipeline.model.disk import cannot_use


class _Lines(logging.Handler):
    """Adds lines to a file; where one cannot be written, `complain` is told, and whoever logs goes on."""

    def __init__(self, path: Path, complain: Callable[[str], None]) -> None:
        super().__init__()
        self._path, self._complain = path, complain
        self._file = open_own(path, os.O_APPEND)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self._file, f"{self.format(record)}\n".encode())
        except OSError as error:
            self._complain(f"The log is not complete: {cannot_use(self._path, error)}")


def open_log(state: Path, complain: Callable[[str], None]) -> logging.Logger:
    """Log to `convene.log` in a folder of our own; raise StateError where that cannot be begun."""
    log = logging.getLogger("convene")
    if not log.handlers:
        handler = _Lines(state / "convene.log", complain)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    return log
