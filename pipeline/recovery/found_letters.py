"""Letters found in a copy of the outbox: what their own headers say. Reading files is left to others."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message as Mime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from pipeline.intake.rows import Unusable, read_address
from pipeline.intake.staleness import REFERENCE
from pipeline.model.message import Kind

_REVISION = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class FoundLetter:
    """A letter that went out: which one (see `X-Convene-Ref`), to whom, and when it was written, aware."""

    call: str
    reference: str
    kind: Kind
    revision: int
    to: str
    date: datetime


def read_letter(data: bytes) -> FoundLetter | None:
    """Read the headers of a letter as `compose` writes them; None for anything else."""
    mime = BytesHeaderParser(policy=compat32).parsebytes(data)
    try:
        call, reference, kind, revision = _header(mime, "X-Convene-Ref").rsplit("/", 3)
        address, date = read_address(_header(mime, "To")), _read_date(_header(mime, "Date"))
        found = Kind(kind)
    except (ValueError, LookupError, TypeError, OverflowError, Unusable):
        return None
    if not (REFERENCE.fullmatch(reference) and _REVISION.fullmatch(revision)):
        return None
    return FoundLetter(call, reference, found, int(revision), address, date)


def _header(mime: Mime, name: str) -> str:
    """Return a header as it was meant, unfolded; empty where there is none. Raises ValueError, LookupError."""
    return str(make_header(decode_header(str(mime.get(name, ""))))).strip()


def _read_date(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # RFC 5322, 3.3: "-0000" is UTC
    if not 2000 <= aware.year < 2100:
        raise ValueError(text)
    return aware
