"""A stamp as the text that is kept in a sheet: `ledger run`, or `ledger run sending`."""

import re

from pipeline.model.sheet import Stamp

_STAMP = re.compile(r"([!-~]{1,100}) ([0-9]{1,12})( sending)?")


def read_text(text: str) -> Stamp | None:
    """Return the stamp that a text is; None where it cannot be understood."""
    found = _STAMP.fullmatch(text)
    return Stamp(found[1], int(found[2]), sending=bool(found[3])) if found else None


def write_text(stamp: Stamp) -> str:
    """Return a stamp as text."""
    return f"{stamp.ledger} {stamp.run}{' sending' if stamp.sending else ''}"
