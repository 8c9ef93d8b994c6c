"""Who gets no acknowledgement: strangers cause no more of them than a form for people needs."""

from dataclasses import replace

import pytest

from pipeline.model.history import History, Posted
from pipeline.model.message import Kind, State
from pipeline.model.settings import Limits
from pipeline.planning.brake import DAY, Brake
from pipeline.planning.plan import Plan
from tests.support.build import ANA, BEFORE, CALL, NEW, SELECTION, carried_out, plan, responses


def applied(*addresses: str) -> list[str]:
    return [f"07-10 09:{n:02} | {at} | Ana Lopez | Manager | Yes" for n, at in enumerate(addresses)]


def braked(made: Plan) -> list[tuple[int, Brake]]:
    return [(each.row, each.brake) for each in made.braked]


@pytest.mark.parametrize(
    "address", ["postmaster@example.org", "abuse+1@example.org", "team@example.org", "Organisers@example.org"]
)
def test_nobody_is_acknowledged_at_a_role_address_or_at_the_calls_own(address: str) -> None:
    made = plan(responses(*applied(address, "info@example.org")), BEFORE)
    assert (braked(made), [message.to for message in made.messages]) == (
        [(2, Brake.ROLE)],
        ["info@example.org"],
    )


def test_who_is_not_acknowledged_is_an_applicant_and_hears_the_decision() -> None:
    lines = responses(*applied("abuse@example.org"))
    made = plan(lines, BEFORE)
    assert len(made.people) == 1
    decided = plan(lines, SELECTION, carried_out(made, NEW))
    assert ([message.kind for message in decided.messages], decided.braked) == ([Kind.INVITATION], ())


def test_a_ministry_with_sixty_applicants_is_acknowledged_whole() -> None:
    lines = applied(*(f"p{n}@justice.example" for n in range(60)))
    assert plan(responses(*lines), BEFORE).braked == ()


@pytest.mark.parametrize(
    ("domain", "found"),
    [("example.org", [(4, Brake.DOMAIN), (5, Brake.DOMAIN)]), ("gmail.com", [])],
)
def test_one_domain_gets_so_many_a_day_unless_it_is_everybodys(
    domain: str, found: list[tuple[int, Brake]]
) -> None:
    lines = applied(*(f"{name}@{domain}" for name in ("ana", "bea", "clo", "dan")))
    assert braked(plan(responses(*lines), BEFORE, limits=Limits(acknowledgements_per_domain=2))) == found


def test_a_day_has_so_many_and_the_others_go_out_on_the_next() -> None:
    lines, limits = (
        responses(*applied("ana@a.example", "bea@b.example", "clo@c.example")),
        Limits(acknowledgements_per_day=2),
    )
    made = plan(lines, BEFORE, limits=limits)
    assert (braked(made), made.problems) == ([(4, Brake.DAY)], ())
    history = carried_out(made, NEW)
    assert braked(plan(lines, BEFORE, history, limits=limits)) == [(4, Brake.DAY)]
    later = plan(lines, BEFORE + DAY, history, limits=limits)
    assert ([message.to for message in later.messages], later.braked) == (["clo@c.example"], ())


@pytest.mark.parametrize(
    ("message", "counts"),
    [
        (Posted(1, "P-OLD222", Kind.RECEIVED, 1, State.ACCEPTED, BEFORE, "old@example.org"), True),
        (Posted(1, "P-OLD222", Kind.RECEIVED, 1, State.CANCELLED, BEFORE, "old@example.org"), False),
        (Posted(1, "P-OLD222", Kind.INVITATION, 1, State.ACCEPTED, BEFORE, "old@example.org"), False),
        (Posted(1, "P-OLD222", Kind.RECEIVED, 1, State.ACCEPTED, BEFORE + DAY, "old@example.org"), False),
    ],
)
def test_acknowledgements_that_left_count(message: Posted, counts: bool) -> None:
    history: History = replace(NEW, posted=(message,))
    made = plan(responses(ANA), BEFORE, history, limits=Limits(acknowledgements_per_day=1))
    assert bool(made.braked) is counts


def test_a_call_that_acknowledges_nothing_brakes_nobody() -> None:
    call = replace(CALL, messages={Kind.INVITATION: "invitation.md"})
    assert plan(responses(*applied("abuse@example.org")), BEFORE, call=call).braked == ()
