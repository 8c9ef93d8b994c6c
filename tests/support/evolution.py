"""Run by the system's own Python: hands calendar files to Evolution's calendar, and says what stands in it after each.

Reads a JSON list of files; writes a JSON list with, for each, a list of (uid, summary, start and end in UTC, status).
"""

import json
import sys

import gi

gi.require_version("ECal", "2.0")
gi.require_version("EDataServer", "1.2")
gi.require_version("ICalGLib", "3.0")
from gi.repository import ECal, EDataServer, ICalGLib  # noqa: E402 - once their versions are chosen

UTC = ICalGLib.Timezone.get_utc_timezone()
client = ECal.Client.connect_sync(
    EDataServer.SourceRegistry.new_sync(None).ref_builtin_calendar(), ECal.ClientSourceType.EVENTS, 1, None
)


def events() -> list[list[str]]:
    """Return every event of the calendar, as it shows it."""
    found: list[list[str]] = []

    def note(component, start, end, *_):  # type: ignore[no-untyped-def]  # the library's own types
        moments = [moment.convert_to_zone(UTC).as_ical_string() for moment in (start, end)]
        status = str(component.get_status().value_nick)
        found.append([component.get_uid(), component.get_summary(), *moments, status])
        return True

    client.generate_instances_sync(0, 4_000_000_000, None, note)
    return sorted(found)


seen = []
for text in json.load(sys.stdin):
    client.receive_objects_sync(ICalGLib.Component.new_from_string(text), 0, None)
    seen.append(events())
json.dump(seen, sys.stdout)
