"""One e-mail to one applicant: its kind, how far it got, its words and its bytes."""

from dataclasses import field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

from pipeline.model.frozen import dataclass
from pipeline.model.kinds import DECISIONS as DECISIONS
from pipeline.model.kinds import Kind as Kind


class State(StrEnum):
    """How far a message got (the sending protocol: see docs/sending.md)."""

    PREPARED = "prepared"
    SENDING = "sending"
    COMMITTING = "committing"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    HELD = "held"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


OPEN_STATES = frozenset({State.PREPARED, State.SENDING, State.DEFERRED})
"""The relay surely does not have the message: it may still go out, or be cancelled."""


VOID_STATES = frozenset({State.HELD, State.CANCELLED})
"""The message never went out and never will: what it would have told was not told."""


DOUBTFUL_STATES = frozenset({State.COMMITTING, State.IN_DOUBT})
"""The message may have been delivered: a person decides."""


# A message that is REPLACED did not arrive, by a person's word, and its bytes cannot go out again: what it would have
# told is still owed, in a new revision.

UNSETTLED_STATES = DOUBTFUL_STATES | {State.REFUSED}
"""Only a person's word moves the message on."""


ASTRAY = UNSETTLED_STATES | {State.ACCEPTED}
"""The message left, and may have reached somebody else: the address was wrong."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a letter shows: its name in templates/, and its bytes."""

    name: str
    data: bytes = field(repr=False)

    @property
    def content_id(self) -> str:
        """How the HTML part names it (RFC 2392); another picture has another id, and so other words."""
        return f"{sha256(self.data).hexdigest()[:16]}@{self.name}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along with a letter; `type` is its media type with what has to stand behind it."""

    name: str
    type: str
    data: bytes = field(repr=False)


ATTACHABLE = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": 'text/plain; charset="utf-8"',
}
"""What organisers can attach, by how its name ends. Neither sheets nor keys: those are never meant for applicants."""


def media_type(name: str) -> str | None:
    """Return the media type of a file that can be attached, by its name; None for all others."""
    return ATTACHABLE.get(PurePath(name).suffix.lower())


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled in: one subject line, a text part and an HTML part with the pictures that it shows.

    `printed` are the values of the call that stand in it, by name: what they mean (see `messages.printed`).
    `calendar` is what stands in the reader's calendar beside the appointment.
    """

    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    calendar: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail to one applicant of one kind and revision, rendered and not yet sent.

    `until` is how long what it says is true (None: for ever), `occasion` what called for it (empty: a decision, or an
    application).
    """

    reference: str
    to: str
    kind: Kind
    revision: int
    content: Rendered
    why: str
    until: datetime | None = None
    occasion: str = ""


MOST_COPIES = 10
"""So many organisers at most get a copy of one letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as bytes with its envelope; the bytes never change once made."""

    sender: str
    to: str
    message_id: str
    data: bytes
