"""Choices by a solver: what it finds, what it is believed, what happens when it fails or time runs out."""

from collections.abc import Callable

import highspy
import pytest

from pipeline.selection.contest import Choice, Contest, Method
from pipeline.selection.exact import Search
from pipeline.selection.reduced import reduce_contest
from pipeline.selection.select import can_meet, select, select_roughly
from pipeline.selection.solver import OPTIONS, Budget, Contradiction, Inequality, Model, OutOfTime
from tests.selection.case import contest

Answer = tuple[float, ...] | None

NEEDS_X = contest(2, "ana, eva, leo x, mia x", "", "x 1")
CROSSING = contest(3, "ana a p, eva a q, leo b p, mia c r, tom c q, joe b r", "a 1, b 1, c 1, p 1, q 1, r 1")


DENIED = contest(
    5,
    "ana u w, eva x v, leo x w, mia s v, tom x w, joe s t v | kim x t w",
    "",
    "x 2 w3",
    "s 2, u 3, t 4, w 4 w3, v 2 w2",
)
"""Of this, HiGHS 1.16.0 called a worse choice the best once a start was proposed to it."""


BY_THE_SOLVER = {
    "a minimum first": (NEEDS_X, "ana leo"),
    "then most places": (CROSSING, "ana tom joe"),
    "wishes that HiGHS once got wrong": (DENIED, "ana leo mia tom joe"),
    "then most of the first tier": (contest(2, "ana a p, eva a, leo p | mia, tom", "a 1, p 1"), "eva leo"),
    "a tier counts after better ones": (
        contest(3, "ana | eva a p, leo a, mia p | tom", "a 1, p 1"),
        "ana leo mia",
    ),
    "then wishes": (contest(2, "ana, eva, leo w | mia w", "", "", "w 1"), "ana leo"),
    "both minimums": (contest(2, "ana, eva, leo x, mia y", "", "x 1 w1, y 1 w2", "x 1"), "leo mia"),
    "one for two": (contest(2, "ana x, eva y, leo z, mia y z", "", "x 1, y 1, z 1"), "ana mia"),
    "the weightier minimum": (contest(2, "ana x, eva x, leo y, mia y", "", "x 2 w1, y 2 w2"), "leo mia"),
    "a team that fills more places": (contest(3, "ana, eva +t, leo, mia +t, tom +t"), "eva mia tom"),
    "a team that meets a minimum": (
        contest(3, "ana, eva, leo +t, mia x +t, tom x", "", "x 2"),
        "leo mia tom",
    ),
    "no team for the sake of one": (contest(2, "ana, eva, leo +t, mia x +t, tom x", "", "x 1"), "ana tom"),
    "the seated count": (contest(3, "*sue x, ana, eva, leo x, mia x", "", "x 2"), "ana leo"),
}


@pytest.mark.parametrize(("given", "chosen"), BY_THE_SOLVER.values(), ids=BY_THE_SOLVER)
def test_the_solver_gives_the_best_choice(given: Contest, chosen: str) -> None:
    assert select(given) == Choice(tuple(chosen.split()), Method.EXACT)


def test_a_rough_choice_is_as_good_in_all_but_the_ranks() -> None:
    choice = select_roughly(CROSSING)

    assert (len(choice.chosen), choice.method) == (3, Method.EXACT)


@pytest.mark.parametrize("threads", [2, 1])
def test_the_number_of_threads_changes_nothing(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIONS, "threads", threads)
    highspy.Highs.resetGlobalScheduler(True)  # a process keeps the number of its first model

    assert select(CROSSING) == Choice(("ana", "tom", "joe"), Method.EXACT)


def test_the_solver_writes_nothing_to_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    select(CROSSING)

    assert capfd.readouterr() == ("", "")


# --- minimums that can be met ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (NEEDS_X, True),
        (contest(1, "ana x, eva y, leo z", "", "x 1, y 1"), False),
        (contest(2, "ana a x, eva a y, leo b", "a 1", "x 1, y 1"), False),
        (contest(2, "ana x, eva y"), True),
    ],
)
def test_can_meet_says_whether_all_minimums_can_be_met(given: Contest, answer: bool) -> None:
    assert can_meet(given) is answer


def test_can_meet_says_nothing_it_had_no_time_to_prove() -> None:
    assert can_meet(contest(2, "ana a x, eva a y, leo b", "a 1", "x 1, y 1"), seconds=0) is None


# --- no time ---------------------------------------------------------------------------------------------


def test_without_time_the_best_so_far_is_filled_up_and_named() -> None:
    choice = select(NEEDS_X, seconds=0)

    assert choice == Choice(("ana", "leo"), Method.FALLBACK)


def test_time_that_runs_out_later_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "settle_ranks", _raise(OutOfTime()))

    choice = select(CROSSING)

    assert (len(choice.chosen), choice.method) == (3, Method.FALLBACK)


def test_the_best_that_the_solver_had_when_time_ran_out_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Model.solve

    def solve(model: Model) -> Answer:
        raise OutOfTime(real(model))

    monkeypatch.setattr(Model, "solve", solve)

    assert len(select(CROSSING).chosen) == 3


def test_time_that_is_enough_changes_nothing() -> None:
    assert select(CROSSING, seconds=60) == Choice(("ana", "tom", "joe"), Method.EXACT)


# --- a solver that is wrong ------------------------------------------------------------------------------


def _raise(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def _all(share: float) -> Callable[[Model], Answer]:
    return lambda model: (share,) * model._size


LIES = pytest.mark.parametrize(
    "lie",
    [
        pytest.param(lambda model: None, id="nothing is possible"),
        pytest.param(_all(0.0), id="nobody"),
        pytest.param(_all(1.0), id="everybody, beyond all limits"),
        pytest.param(_all(0.5), id="everybody by half"),
    ],
)


@LIES
def test_an_answer_that_does_not_add_up_is_not_believed(
    lie: Callable[[Model], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Model, "solve", lie)

    # Counting alone finds two; nothing that breaks a limit is ever chosen.
    assert select(CROSSING) == Choice(("ana", "mia"), Method.DOUBTFUL)


@LIES
def test_an_answer_about_ranks_that_does_not_add_up_is_not_believed(
    lie: Callable[[Model], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search(reduce_contest(NEEDS_X), Budget())
    search.settle_stages()
    search.best = (1, 2)
    monkeypatch.setattr(Model, "solve", lie)

    with pytest.raises(Contradiction):
        search.settle_ranks()


def test_a_best_choice_of_people_who_cannot_come_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(reduce_contest(NEEDS_X), Budget())
    search.settle_stages()
    search.best = (0, 99)
    monkeypatch.setattr(Model, "solve", lambda model: None)

    with pytest.raises(Contradiction):
        search.settle_ranks()


def test_a_choice_that_a_recount_shows_to_be_worse_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(search: Search) -> None:
        search.best = search.best[-1:]

    monkeypatch.setattr(Search, "settle_ranks", spoil)

    # Whom the solver had is kept, and whoever has room comes too.
    assert select(NEEDS_X) == Choice(("ana", "leo"), Method.DOUBTFUL)


def test_people_in_part_are_settled_by_the_slower_way(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Model.solve
    monkeypatch.setattr(
        Model, "solve", lambda model: real(model) if model._is_whole else (0.5,) * model._size
    )

    assert select(CROSSING) == Choice(("ana", "tom", "joe"), Method.EXACT)


# --- HiGHS itself ----------------------------------------------------------------------------------------


def model(seconds: float | None = None, whole: int = 2) -> Model:
    made = Model([1.0, 1.0], [Inequality({0: 1, 1: 1}, low=1, high=1.5)], Budget(seconds), whole)
    made.aim({0: 2, 1: 1})
    return made


def test_a_model_gives_the_least() -> None:
    assert model().solve() == pytest.approx((0, 1))


def test_a_model_without_an_answer_gives_none() -> None:
    made = model()
    made.bound(0, 1, 1)
    made.bound_row(0, 0, 0)

    assert made.solve() is None


def test_a_budget_that_is_spent_stops_a_model() -> None:
    with pytest.raises(OutOfTime):
        model(seconds=0).solve()


def test_models_spend_one_budget() -> None:
    budget = Budget(60)
    made = Model([1.0], [Inequality({0: 1}, low=1)], budget, whole=1)

    made.solve()

    assert 59 < budget.left < 60


@pytest.mark.parametrize(("has_answer", "found"), [(True, (0.0, 1.0)), (False, None)])
def test_time_that_runs_out_within_a_model_gives_what_it_has(
    has_answer: bool, found: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = model(seconds=60)
    run = made._run

    def stop() -> object:
        if has_answer:
            run()
        return made._status.kTimeLimit

    monkeypatch.setattr(made, "_run", stop)

    with pytest.raises(OutOfTime) as stopped:
        made.solve()
    assert stopped.value.found == (pytest.approx(found) if found else None)


def test_a_status_that_says_nothing_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    made = model()
    monkeypatch.setattr(made, "_run", lambda: made._status.kUnknown)

    with pytest.raises(Contradiction, match="kUnknown"):
        made.solve()


def test_what_has_no_clear_end_is_tried_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = model()
    run, failures = made._run, iter([made._status.kSolveError])
    monkeypatch.setattr(made, "_run", lambda: next(failures, None) or run())

    assert made.solve() == pytest.approx((0, 1))


@pytest.mark.parametrize("denials", [1, 2])
def test_a_best_that_the_own_bound_denies_is_looked_for_once_more(
    denials: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = model()
    proofs = iter([False] * denials + [True])
    monkeypatch.setattr(made, "_is_proved", lambda: next(proofs))

    if denials == 1:
        assert made.solve() == pytest.approx((0, 1))
    else:
        with pytest.raises(Contradiction):
            made.solve()
