"""What a run that found nothing to do leaves for the next one: good until anything in the ledger changes."""

import hmac
from sqlite3 import Connection

from pipeline.ledger.file import LedgerFile
from pipeline.ledger.meta import REST, keep_value
from pipeline.ledger.reading import read_id, read_meta


class Rest:
    """That there was nothing to do, in the ledger's file. Every method is one transaction."""

    def __init__(self, file: LedgerFile) -> None:
        self._file = file

    @property
    def _db(self) -> Connection:
        return self._file.db

    def read(self) -> str:
        """Return what was kept; nothing where anything has changed since."""
        with self._file.reading():
            return read_meta(self._db, REST)

    def keep(self, text: str) -> None:
        """Keep it, if nothing in the ledger has changed since it was opened here."""
        with self._file.noting():
            if self._file.is_untouched():
                keep_value(self._db, REST, text)

    def mark(self, data: bytes) -> str:
        """Return a mark of what may have secrets in it, by which nobody can find them out."""
        with self._file.reading():
            secret = read_meta(self._db, "secret")
        return hmac.new(secret.encode(), data, "sha256").hexdigest()

    def ledger(self, call: str) -> str:
        """Return the id under which the ledger goes on with a call."""
        with self._file.reading():
            return read_id(self._db, call)
