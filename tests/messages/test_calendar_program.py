"""A calendar program takes in what letters carry, moves it and takes it out: Evolution's calendar, as GNOME uses it."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.messages.calendar import write_appointment
from pipeline.model.appointment import Appointment, CalendarMethod, Session
from tests.messages.test_calendar import HELSINKI, MEETING, NOW
from tests.support.build import at

PYTHON, SCRIPT = "/usr/bin/python3", Path(__file__).parent.parent / "support" / "evolution.py"
MEETS = "import gi; gi.require_version('ECal', '2.0')"


def raise_if_missing() -> None:
    """Skip the test, and say what it wants."""
    if not shutil.which("dbus-run-session") or subprocess.run([PYTHON, "-c", MEETS], check=False).returncode:
        pytest.skip(
            "Evolution's calendar is not installed: evolution-data-server, gir1.2-ecal-2.0, python3-gi, dbus"
        )


def shown_after(home: Path, *appointments: Appointment) -> list[list[list[str]]]:
    """Return what stands in an empty calendar after each appointment that it was handed."""
    texts = [write_appointment(each, "calendar.ics", NOW).data.decode() for each in appointments]
    (home / "run").mkdir(mode=0o700)
    mine = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run")}
    done = subprocess.run(
        ["dbus-run-session", "--", PYTHON, str(SCRIPT)],
        input=json.dumps(texts),
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **mine},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found: list[list[list[str]]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
def test_a_calendar_takes_in_moves_and_takes_out_what_letters_carry(tmp_path: Path) -> None:
    raise_if_missing()
    autumn = Session(at("2023-10-29 09:00"), at("2023-10-29 12:00"))
    spring = at("2024-03-31 09:00").replace(tzinfo=HELSINKI)
    north = Session(spring, spring.replace(hour=10, minute=30))
    moved = replace(
        MEETING, sequence=3, is_sure=True, session=replace(MEETING.session, starts=at("09-12 10:00"))
    )

    def there(hour: str, status: str) -> list[str]:
        return ["5c8d1f", "Étude; a, b", f"20230912T{hour}0000Z", "20230912T153000Z", status]

    second = ["second", "Étude; a, b", "20231029T080000Z", "20231029T110000Z", "tentative"]
    third = ["third", "Étude; a, b", "20240331T060000Z", "20240331T073000Z", "tentative"]
    assert shown_after(
        tmp_path,
        MEETING,
        replace(MEETING, uid="second", session=autumn),
        replace(MEETING, uid="third", session=north),
        moved,
        replace(moved, sequence=4, method=CalendarMethod.CANCEL),
    ) == [
        [there("07", "tentative")],
        [there("07", "tentative"), second],
        [there("07", "tentative"), second, third],
        [there("08", "confirmed"), second, third],
        [second, third],
    ]
