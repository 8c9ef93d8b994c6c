"""What needs a person: every problem and open question by a short code, since when, and whether somebody has seen it.

One list for the run's report, the tab, the digest and the exit code. Nothing leaves it but by being settled; what is
marked as seen stays in it, and is no longer in the exit code.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.model.frozen import dataclass
from pipeline.model.history import Noted, Notes
from pipeline.model.history_events import Happening, What
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.short_code import code_of, read_code

BY_SHEET = "the sheet"
"""Who marked something as seen that was marked in the tab."""


@dataclass(frozen=True, slots=True)
class Need:
    """Something that needs a person. Its `code` is another one as soon as it is about something else."""

    code: str
    problem: Problem
    noted: Noted

    @property
    def kind(self) -> NeedKind:
        return self.problem.kind

    @property
    def reference(self) -> str:
        """The person whom it is about; empty where it is about nobody, or nobody known."""
        return self.problem.reference

    @property
    def row(self) -> int | None:
        """Where that stood in the sheet when the run read it."""
        return self.problem.row

    @property
    def where(self) -> str:
        return self.problem.where

    @property
    def what(self) -> str:
        return self.problem.what

    @property
    def next_step(self) -> str:
        return self.problem.next_step

    @property
    def since(self) -> datetime:
        """When a run found it first."""
        return self.noted.since

    @property
    def is_seen(self) -> bool:
        """Whether somebody marked it as seen."""
        return self.noted.seen is not None


def list_needs(
    problems: Iterable[Problem],
    keys: Mapping[int, str],
    notes: Notes,
    now: datetime,
    marks: Collection[str] = (),
) -> tuple[Need, ...]:
    """List what needs a person, oldest first.

    `keys` has the fingerprint of each row, as rows move; `notes` is what earlier runs knew. `marks` stand in the tab's
    cell: codes, and references. A reference means what there is of that person when it is found there first.
    """
    typed = {read_code(mark) for mark in marks}
    fresh = {mark.strip().upper() for mark in marks} - set(notes.marks)
    needs = (_need(problem, keys, notes, now, typed, fresh) for problem in dict.fromkeys(problems))
    return tuple(sorted(needs, key=lambda need: need.since))


def _need(
    problem: Problem,
    keys: Mapping[int, str],
    notes: Notes,
    now: datetime,
    typed: Collection[str],
    fresh: Collection[str],
) -> Need:
    code = _code(problem, keys)
    noted = notes.needs.get(code) or Noted(now)
    if noted.seen is None and (code in typed or problem.reference in fresh):
        noted = replace(noted, seen=now, by=BY_SHEET)
    return Need(code, problem, noted)


def _code(problem: Problem, keys: Mapping[int, str]) -> str:
    who = problem.reference or keys.get(problem.row or 0) or problem.where
    return code_of(problem.kind, who, json.dumps(problem.facts) if problem.facts else problem.what)


def note(needs: Iterable[Need], marks: Collection[str], notes: Notes, *, is_whole: bool) -> Notes:
    """Return what later runs are to know; of a list that is not the whole one, nothing is forgotten."""
    now = {need.code: need.noted for need in needs}
    kept = {} if is_whole else notes.needs
    return Notes({**kept, **now}, tuple(sorted({mark.strip().upper() for mark in marks})))


def mark_seen(needs: Iterable[Need], named: Collection[str], now: datetime, by: str) -> tuple[Need, ...]:
    """Return those of `needs` that a person names by code or reference, marked as seen; all where nothing is named."""
    codes, references = set(map(read_code, named)), {each.strip().upper() for each in named}
    return tuple(
        need if need.is_seen else replace(need, noted=replace(need.noted, seen=now, by=by))
        for need in needs
        if not named or need.code in codes or need.reference in references
    )


def newly_seen(needs: Iterable[Need], notes: Notes) -> tuple[Happening, ...]:
    """Return what somebody has seen about people since `notes`, for their stories."""
    before = {code for code, noted in notes.needs.items() if noted.seen}
    return tuple(
        Happening(need.noted.seen, need.reference, What.SEEN, need.kind, said=need.noted.by)
        for need in needs
        if need.noted.seen and need.reference and need.code not in before
    )
