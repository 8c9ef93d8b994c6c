"""What Convene writes to the organisers themselves: a digest after a run, an alert where one failed."""

from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH


class NoticeKind(StrEnum):
    """The kinds of notices."""

    DIGEST = "digest"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a notice: its title, and lines that say one thing each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in words, before it is made text and HTML. `title` is the call's; `headline` says it all in a line.

    `link` leads to the sheet; `foot` says why the notice comes; all is in `language`.
    """

    kind: NoticeKind
    title: str
    headline: str
    parts: tuple[Part, ...]
    foot: str
    link: str = ""
    language: str = ENGLISH

    @property
    def subject(self) -> str:
        """What a list of mails shows: the beginning is all that a phone has room for."""
        return f"{self.headline} ({self.title})"
