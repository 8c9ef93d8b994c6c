"""The reference call run from its sheet alone: organisers type into cells, `convene schedule` does the rest."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.commands.demo_call.people import read_responses
from pipeline.commands.demo_call.story import LATE, REVIEWED
from pipeline.mail.base import Handover, Reply
from pipeline.model.errors import UnsafePlan
from pipeline.running.new_workspace import make_workspace
from tests.support.alone import Alone, GoogleDesktop, WorkbookDesktop
from tests.support.build import MADRID
from tests.support.desk import kind_of
from tests.support.google_demo import on_google
from tests.support.google_fake import FakeGoogle

MOST = 45
"""Letters that a run may send without being asked: fewer than the selection has."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2023-{text}").replace(tzinfo=MADRID)


def make_root(root: Path) -> None:
    """Make a workspace where decisions are approved; nobody touches its files again."""
    make_workspace(root)
    call, service = root / "config" / "call.yaml", root / "config" / "service.yaml"
    approve = "send: {default: approve, received: automatic}\n"
    text = call.read_text("utf-8").replace("  reply_by:", "  reviews_by: at_once\n  reply_by:")
    call.write_text(text.replace("send: automatic\n", approve), "utf-8")
    service.write_text(
        service.read_text("utf-8").replace("messages_per_run: 250", f"messages_per_run: {MOST}"), "utf-8"
    )


@pytest.fixture(params=["workbook", "google"])
def alone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Alone]:
    root = tmp_path / "call"
    make_root(root)
    if request.param == "workbook":
        yield Alone(root, {}, WorkbookDesktop(root / "responses.xlsx"))
        return
    with FakeGoogle() as google:
        from pipeline.model.sheet_settings import EMULATOR
        from pipeline.running.workspace import open_workspace

        scene = on_google(google, root, open_workspace(root, {}))
        (document,) = google.documents.values()
        yield Alone(root, {EMULATOR: google.url}, GoogleDesktop(document, scene.hands))


class Organisers:
    """What the organisers do, in its order; each act looks at the sheet before and after."""

    def __init__(self, alone: Alone) -> None:
        self.alone, self.chosen, self.doubtful, self.leaving = alone, "", "", ""

    def apply(self, *days: str) -> list[tuple[datetime, Callable[[], None]]]:
        """Let the form bring the responses of each stretch of days on the morning after it."""
        stretches = ((f"2023-{after} 06:00", f"2023-{until} 06:00") for after, until in pairwise(days))
        return [(at(until[5:]), partial(self.submit, after, until)) for after, until in stretches]

    def submit(self, after: str, until: str) -> None:
        stamps = [
            (r["Timestamp"] if r["Timestamp"][:2] == "20" else "2023-07-05", r) for r in read_responses()
        ]
        self.alone.desktop.hands.submit(tuple(r for stamp, r in stamps if after <= stamp < until))

    def review(self) -> None:
        self.alone.desktop.hands.decide(REVIEWED)

    def see_proposals_and_change_one(self) -> None:
        proposed = Counter(self.alone.statuses().values())
        assert proposed["Proposed: offer"] == 35
        assert self.sent("invitation") == 0
        offers = [who for who, status in sorted(self.alone.statuses().items()) if status == "Proposed: offer"]
        self.chosen, self.doubtful, self.leaving = offers[:3]
        self.alone.desktop.hands.decide({self.chosen: "Hold"})
        self.doubtful_letter()
        self.ask("1")

    def doubtful_letter(self) -> None:
        """The mail server will lose one connection at the wrong moment."""
        self.alone.mail.replies[self.doubtful] = [Reply(Handover.IN_DOUBT, "no answer")]

    def ask(self, value: str) -> None:
        self.alone.desktop.set("run_now", value)

    def approve(self) -> None:
        assert self.alone.statuses()[self.chosen] == "On hold"
        assert self.sent("invitation") == 0
        self.alone.desktop.set("approve", self.alone.code("approve").lower())

    def accept_the_danger(self) -> None:
        assert isinstance(self.alone.runs[-1][1], UnsafePlan)
        assert f"limits.messages_per_run in config/service.yaml allows {MOST}" in str(self.alone.needs())
        assert self.sent("invitation") == 0
        self.alone.desktop.set("accept", self.alone.code("accept"))

    def settle_the_doubt(self) -> None:
        assert self.sent("invitation") == 35
        assert self.alone.statuses()[self.doubtful] == "Offered"
        assert any("may have been delivered" in str(line) for line in self.alone.needs())
        self.alone.desktop.hands.decide({self.doubtful: "Delivered"})
        self.ask("2")

    def decide_late(self) -> None:
        assert not any("may have been delivered" in str(line) for line in self.alone.needs())
        self.alone.desktop.hands.decide({LATE: "Invite"})
        self.ask("3")

    def pause(self) -> None:
        assert self.alone.statuses()[LATE] == "Offered"
        assert self.sent("invitation") == 36
        self.alone.desktop.set("pause", "yes")
        self.alone.desktop.hands.decide({self.chosen: "Invite"})

    def go_on(self) -> None:
        assert self.alone.hint("pause").startswith("Nothing is sent until you type no. 1 e-mail waits.")
        assert self.sent("invitation") == 36
        self.alone.desktop.set("pause", "no")

    def look(self) -> None:
        assert self.sent("invitation") == 37
        assert self.alone.statuses()[self.chosen] == "Offered"

    def sent(self, kind: str) -> int:
        return sum(kind_of(letter.data) == kind for letter in self.alone.mail.delivered)


@pytest.mark.slow
def test_the_whole_call_needs_nothing_but_its_sheet(alone: Alone) -> None:
    people = Organisers(alone)
    alone.live(
        at("06-30 06:00"),
        [
            *people.apply("01-01", "07-01", "07-10", "07-20", "07-29", "08-01", "08-02"),
            (at("08-02 06:30"), people.review),
            (at("08-02 09:02"), people.see_proposals_and_change_one),
            (at("08-02 09:32"), people.approve),
            (at("08-02 10:02"), people.accept_the_danger),
            (at("08-02 10:32"), people.settle_the_doubt),
            (at("08-09 12:02"), people.decide_late),
            (at("08-09 12:32"), people.pause),
            (at("08-09 13:02"), people.go_on),
            (at("08-09 13:32"), people.look),
        ],
    )
    times = {f"{moment.astimezone(MADRID):%m-%d %H:%M}" for moment, _ in alone.runs}
    assert {moment for moment in times if not moment.endswith("07:00")} == {
        *(
            "08-02 09:05",
            "08-02 09:35",
            "08-02 10:05",
            "08-02 10:35",
            "08-09 12:05",
            "08-09 12:35",
            "08-09 13:05",
        )
    }
    heard = Counter((letter.to, kind_of(letter.data)) for letter in alone.mail.delivered)
    assert max(heard.values()) == 1
