"""The best choice of a contest: by counting where counting proves it, else by a solver. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.selection.contest import Choice, Contest, Method
from pipeline.selection.exact import Search
from pipeline.selection.greedy import by_counting, in_order
from pipeline.selection.improve import bettered
from pipeline.selection.reduced import Reduced, reduce_contest
from pipeline.selection.score import Score, broken, score
from pipeline.selection.solver import Budget, Contradiction, OutOfTime

PROVED = frozenset({Method.GREEDY, Method.EXACT})
"""How a choice was found that is known to be the best."""


def select(contest: Contest, seconds: float | None = None) -> Choice:
    """Return the one best choice. `seconds` limits the solver's own time; None lets it finish.

    Never raises for what rules ask for: what cannot hold is missed by as little as possible. When time ran
    out, or the solver contradicted itself, the best that was found is returned and `Choice.method` says so.
    """
    return _solve(contest, seconds, len(Score._fields))


def select_roughly(contest: Contest, seconds: float | None = None) -> Choice:
    """Return a choice that is as good as the best in all but the ranks; quicker where contests are large."""
    return _solve(contest, seconds, Score._fields.index("ranks"))


def can_meet(contest: Contest, seconds: float | None = None) -> bool | None:
    """Whether all minimums can be met at once; None if there was no time left to know."""
    least = least_missing(contest, seconds)
    return None if least is None else least == 0


def least_missing(contest: Contest, seconds: float | None = None) -> int | None:
    """Return by how little the minimums can be missed, by weight; None if there was no time left to know."""
    choice = _solve(contest, seconds, Score._fields.index("filled"))
    missing = -score(contest, choice.chosen).missing
    return missing if missing == 0 or choice.method in PROVED else None


def _solve(contest: Contest, seconds: float | None, depth: int) -> Choice:
    """Find a choice that is the best in as many parts of its score as `depth` says."""
    board = reduce_contest(contest)
    counted = by_counting(board)
    if counted is not None:
        return _choice(board, counted, Method.GREEDY)
    search = Search(board, Budget(seconds))
    method = _run(search, depth)
    found = _choice(board, search.best, method)
    better = _choice(board, bettered(board, search.best), method)
    others = (better, _choice(board, in_order(board), method))
    if method is Method.EXACT and _adds_up(contest, found, others, depth):
        return found
    return replace(better, method=Method.DOUBTFUL if method is Method.EXACT else method)


def _run(search: Search, depth: int) -> Method:
    try:
        search.settle_stages(depth if depth == 1 else None)
        if depth == len(Score._fields):
            search.settle_ranks()
    except OutOfTime:
        return Method.FALLBACK
    except Contradiction:
        return Method.DOUBTFUL
    return Method.EXACT


def _adds_up(contest: Contest, found: Choice, others: Iterable[Choice], depth: int) -> bool:
    """Whether a choice, counted anew, keeps all limits and is no worse than others."""
    best = score(contest, found.chosen)[:depth]
    return not broken(contest, found.chosen) and all(
        best >= score(contest, other.chosen)[:depth] for other in others
    )


def _choice(board: Reduced, people: Iterable[int], method: Method) -> Choice:
    return Choice(tuple(board.references[person] for person in people), method)
