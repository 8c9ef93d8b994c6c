"""What organisers were told, so that nothing is told twice: a small file beside the ledger, which may be what failed.

It is written in place, before a notice leaves: a full disk or a read-only folder takes it as long as the file is
there. Where it cannot be written, the user's state directory has it; where neither can, no notice leaves.
"""

import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from platformdirs import user_state_path

from pipeline.ledger.own_files import open_own
from pipeline.model.disk import cannot_use
from pipeline.model.errors import StateError
from pipeline.model.frozen import dataclass

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoticesTold:
    """What was told: keys of the last digest, the day of the last alert by its cause, when notices left and how."""

    keys: frozenset[str] = frozenset()
    alerts: Mapping[str, date] = field(default_factory=dict)
    sent: tuple[tuple[datetime, str], ...] = ()

    def left(self, now: datetime, via: str) -> tuple[datetime, ...]:
        """Return when notices left in the last 24 hours, by one way of sending."""
        return tuple(moment for moment, used in self.sent if used == via and now - DAY < moment <= now)


NOTHING_TOLD = NoticesTold()


def places_of(state: Path) -> tuple[Path, Path]:
    """Return where the record of a workspace is, or may be."""
    name = sha256(str(state).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return state / "notices.json", user_state_path("convene") / f"notices-{name}.json"


class NoticeRecord:
    """The record of one workspace."""

    def __init__(self, state: Path) -> None:
        self._places = places_of(state)

    def read(self) -> NoticesTold:
        """Return all that is known; what cannot be read is not known."""
        known = [_read(place) for place in self._places]
        # Several that left at one time are as many; what both places know of is once.
        first, second = (Counter(told.sent) for told in known)
        sent = sorted((first | second).elements())
        alerts: dict[str, date] = {}
        for cause, day in (pair for told in known for pair in told.alerts.items()):
            alerts[cause] = max(day, alerts.get(cause, day))
        return NoticesTold(frozenset().union(*(told.keys for told in known[:1])), alerts, tuple(sent))

    def write(self, told: NoticesTold) -> None:
        """Write it where that is possible. Raises StateError."""
        first, second = self._places
        try:
            _write(first, told)
        except StateError:
            _write(second, told)


def _read(place: Path) -> NoticesTold:
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        alerts = {str(cause): date.fromisoformat(day) for cause, day in found["alerts"].items()}
        sent = tuple((datetime.fromisoformat(moment), str(via)) for moment, via in found["sent"])
        return NoticesTold(frozenset(map(str, found["keys"])), alerts, sent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # not there, or cut off by a kill
        return NOTHING_TOLD


def _write(place: Path, told: NoticesTold) -> None:
    latest = max((moment for moment, _ in told.sent), default=None)
    form = {
        "keys": sorted(told.keys),
        "alerts": {cause: day.isoformat() for cause, day in sorted(told.alerts.items())},
        "sent": [(moment.isoformat(), via) for moment, via in told.sent if latest and moment > latest - DAY],
    }
    data = json.dumps(form).encode()
    file = open_own(place)
    try:
        os.pwrite(file, data, 0)
        os.ftruncate(file, len(data))
    except OSError as error:
        raise cannot_use(place, error) from error
    finally:
        os.close(file)
