"""Letters found in a copy of the outbox: what their own headers say. Reading files is left to others."""

import re
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message as Mime
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from pipeline.intake.own_rows import REFERENCE
from pipeline.intake.rows import Unusable, read_address
from pipeline.model.call import Call
from pipeline.model.history import Posted
from pipeline.model.kinds import KINDS, Kind
from pipeline.model.message import State

_REVISION = re.compile(r"[1-9][0-9]{0,5}")


def read_letter(call: Call, data: bytes) -> Posted | None:
    """Read the headers of a letter of this call as `compose` writes them; None for anything else."""
    mime = HeaderParser(policy=compat32).parsestr(data.decode("utf-8", "replace"))
    try:
        call_id, reference, kind, revision = _header(mime, "X-Convene-Ref").rsplit("/", 3)
        address, moment = read_address(_header(mime, "To")).key, parsedate_to_datetime(_header(mime, "Date"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # RFC 5322, 3.3: "-0000" is UTC
        found, at = Kind(kind), aware.astimezone(call.zone)
    except (ValueError, LookupError, TypeError, OverflowError, Unusable):
        return None
    is_kind = found in KINDS.keys() | call.messages.keys()
    is_ours = call_id == call.id and is_kind and REFERENCE.fullmatch(reference)
    if not is_ours or not _REVISION.fullmatch(revision) or not 2000 <= at.year < 2100:
        return None
    return Posted(0, reference, found, int(revision), State.ACCEPTED, at, address)


def _header(mime: Mime, name: str) -> str:
    """Return a header as it was meant, unfolded; empty where there is none. Raises ValueError, LookupError."""
    return str(make_header(decode_header(str(mime.get(name, ""))))).strip()
