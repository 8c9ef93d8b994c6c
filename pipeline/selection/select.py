"""The best choice of a contest: by counting where counting proves it, else by a solver. Pure."""

from pipeline.selection.contest import Choice, Contest


def select(contest: Contest, seconds: float | None = None) -> Choice:
    """Return the one best choice. `seconds` limits the solver's own time; None lets it finish.

    Never raises for what rules ask for: what cannot hold is missed by as little as possible. When time ran
    out, or the solver contradicted itself, the best that was found is returned and `Choice.method` says so.
    """
    raise NotImplementedError
