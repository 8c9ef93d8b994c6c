"""The one place where time is read."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time: the machine's, or a fixed one for rehearsals, demonstrations and tests."""

    as_of: datetime | None = None

    def now(self) -> datetime:
        """Return the time, aware."""
        return self.as_of or datetime.now(UTC)
