from threading import Barrier, Event, get_ident

import pytest

from pipeline.mail.base import Mailer
from pipeline.model.errors import MailUnavailable
from pipeline.running.connections import Connections
from tests.support.fakes import FakeMailer


class ClosingMailer(FakeMailer):
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


def test_one_lane_works_in_this_thread_and_in_order() -> None:
    done: list[tuple[int, int]] = []
    with Connections(FakeMailer, 1) as connections:
        for number in range(3):
            connections.start(lambda _mailer, number=number: done.append((number, get_ident())))  # type: ignore[misc]  # a default binds the loop's value
        connections.finish()
    assert done == [(number, get_ident()) for number in range(3)]


def test_each_lane_has_a_connection_to_itself() -> None:
    meeting, seen = Barrier(3), []

    def task(mailer: Mailer) -> None:
        meeting.wait(10)  # only if three are under way at once
        seen.append(id(mailer))

    with Connections(FakeMailer, 3) as connections:
        for _ in range(6):
            connections.start(task)
        connections.finish()
    assert len(set(seen[:3])) == len(set(seen[3:])) == 3


def test_a_failure_stops_what_follows_and_lets_the_others_end() -> None:
    failed, ended = Event(), []

    def fail(_mailer: Mailer) -> None:
        failed.set()
        raise MailUnavailable("gone")

    def slow(_mailer: Mailer) -> None:
        failed.wait(10)
        ended.append(1)

    def start_all() -> None:
        with Connections(FakeMailer, 2) as connections:
            connections.start(slow)
            connections.start(fail)
            for _ in range(50):
                connections.start(slow)

    with pytest.raises(MailUnavailable):
        start_all()
    assert 1 <= len(ended) < 50


def test_leaving_hangs_up_every_connection() -> None:
    mailers: list[ClosingMailer] = []

    def open_mailer() -> ClosingMailer:
        mailers.append(ClosingMailer())
        return mailers[-1]

    with Connections(open_mailer, 2) as connections:
        connections.finish()
    assert [mailer.closed for mailer in mailers] == [1, 1]
