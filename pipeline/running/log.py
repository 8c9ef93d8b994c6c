"""The log of a workspace: one line a run, no personal data, for its owner's eyes only."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from pipeline.ledger.own_files import open_own
from pipeline.model.disk import cannot_use


class _Lines(logging.Handler):
    """Adds lines to a file, each made `clean`; where one cannot be written, `complain` hears it, and all goes on."""

    def __init__(self, path: Path, complain: Callable[[str], None], clean: Callable[[str], str]) -> None:
        super().__init__()
        self._path, self._complain, self._clean = path, complain, clean
        self._file = open_own(path, os.O_APPEND)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self._file, f"{self._clean(self.format(record))}\n".encode())
        except OSError as error:
            self._complain(f"The log is not complete: {cannot_use(self._path, error)}")


def open_log(state: Path, complain: Callable[[str], None], clean: Callable[[str], str]) -> logging.Logger:
    """Log to `convene.log` in a folder of our own; raise StateError where that cannot be begun."""
    log = logging.getLogger("convene")
    if not log.handlers:
        handler = _Lines(state / "convene.log", complain, clean)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    return log
