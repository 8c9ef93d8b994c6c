"""The plan: all that a run would do, as plain sorted values that can be printed, restricted and refused."""

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from datetime import datetime

from pipeline.decisions.assess import Assessment
from pipeline.decisions.places.account import Account
from pipeline.decisions.settling import NOTHING_SETTLED, Settled
from pipeline.model.controls import NO_CONTROLS, Controls
from pipeline.model.effect import Effect, hash_of
from pipeline.model.errors import StaleLedger, UnsafePlan
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted, Proposal, Release, Standing, Typed
from pipeline.model.history_events import NOTED, Happening
from pipeline.model.locales import ENGLISH
from pipeline.model.message import Message, State
from pipeline.model.printed import Differences
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.said import Said
from pipeline.model.sheet import Change
from pipeline.model.short_code import code_of, short_code
from pipeline.planning.brake import Braked
from pipeline.planning.needs import Need, list_needs


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person asked a run to be restricted to: one applicant, or the first so many messages.

    `newcomers` says that all are let in who came by the form, however many.
    """

    only: str = ""
    limit: int | None = None
    newcomers: bool = False

    def covers(self, reference: str) -> bool:
        """Whether the run is about this applicant, too."""
        return self.only in ("", reference)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would happen, worked out from `history` at `now` for `scope`.

    `people`, `responses` and `answers` are what the ledger does not know yet; `resumed` and `cancelled` are messages of
    earlier runs. `problems` are the sheet's, `doubts` those of messages that left before, `asked` what the
    decisions leave to a person. `dangers` speak
    against the plan, `stale` against the ledger (see `staleness`). `account` tells of a selection, where one was
    made. `left_open` says that an earlier run could not close its stamp in the sheet, `left_out` how many messages
    `scope.limit` leaves for a later run. `braked` are those who get no acknowledgement, or a later one. What
    organisers' words settle is `settled`, and in `history` already; `words` are those typed or taken away since the
    last run. `controls` are what organisers set in the tab, `asks` a mark of what they ask by it.
    `new_here` is the code by which they say that this machine goes on with the call, where only that is open;
    `is_first_here` that somebody said so.

    `kept` are the letters that are written and do not leave now: they wait for a person, a day, or somebody's turn.
    `effects` are what the messages tell, `unreleased` what would be told if a person released it, and `early` what
    nobody released yet of what is due on selection day (as far as the scope goes). `releases` are new; `proposal` is
    what the sheet is to show as waiting, where that is new; `settling` is when words that may still change count.
    The sheet is shown in `language`.
    `otherwise` is what people were told of the call, by reference, that is not so now.
    """

    now: datetime
    scope: Scope
    history: History = field(repr=False)
    assessment: Assessment
    people: Mapping[str, str]
    responses: Mapping[str, str]
    answers: Mapping[str, str]
    standings: tuple[Standing, ...]
    messages: tuple[Message, ...]
    resumed: tuple[Posted, ...]
    cancelled: tuple[Posted, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()
    asked: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    dangers: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    account: Account | None = None
    left_open: bool = False
    braked: tuple[Braked, ...] = ()
    left_out: int = 0
    settled: Settled = NOTHING_SETTLED
    controls: Controls = NO_CONTROLS
    asks: str = ""
    new_here: str = ""
    is_first_here: bool = False
    words: tuple[Happening, ...] = ()
    kept: tuple[Message, ...] = field(default=(), repr=False)
    effects: tuple[Effect, ...] = ()
    unreleased: tuple[Effect, ...] = ()
    early: tuple[Effect, ...] = ()
    releases: tuple[Release, ...] = ()
    proposal: Proposal | None = None
    settling: tuple[datetime, ...] = ()
    language: str = ENGLISH
    otherwise: Mapping[str, Differences] = field(default_factory=dict)

    @property
    def danger_code(self) -> str:
        """What organisers type to go on over these dangers; good for no others, and for one run that does anything."""
        return code_of(self.history.ledger, str(self.history.run), *self.dangers)

    @property
    def needs(self) -> tuple[Need, ...]:
        """All that needs a person before and during a run."""
        way_out = Said("danger: do", code=self.danger_code, control="accept")
        against = [
            Problem(Said("the run"), _bare(said), way_out, kind=NeedKind.DANGER) for said in self.dangers
        ]
        stale = [
            Problem(Said("the run"), _bare(said), Said("stale: do"), kind=NeedKind.DANGER)
            for said in self.stale
        ]
        return self.needs_after(self.doubts, stale, against)

    def needs_after(self, *more: Collection[Problem]) -> tuple[Need, ...]:
        """All that needs a person besides `more`, which came of a run, or speaks against one."""
        keys = {entry.row: entry.key for entry in self.assessment.entries}
        groups = (self._approval(), self.problems, self.asked, *more)
        found = (problem for group in groups for problem in group)
        return list_needs(found, keys, self.history.notes, self.now, self.controls.seen)

    def _approval(self) -> tuple[Problem, ...]:
        if not self.unreleased:
            return ()
        code, number = short_code(hash_of(self.unreleased)), len(self.unreleased)
        what = Said("letters wait", number=number)
        advice = Said("letters wait: do", code=code, control="approve")
        return (Problem(Said("the letters"), what, advice, kind=NeedKind.APPROVAL, facts=(code,)),)

    @property
    def sends(self) -> int:
        """How many messages would leave."""
        return len(self.messages) + len(self.resumed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do: no message, no change of the sheet, nothing new to remember of people."""
        new = (
            *(self.cancelled, self.standings, self.people, self.responses, self.settled.heard),
            *(self.releases, self.proposal),
        )
        return not any(new) and not (self.sends or self.changes or self.left_open)

    def raise_if_stale(self) -> None:
        """Raise StaleLedger if ledger and sheet do not belong together; no force overrides that."""
        if self.stale:
            raise StaleLedger(self.stale, self.new_here)

    def raise_if_unsafe(self) -> None:
        """Raise UnsafePlan if the plan would do what nobody can have meant, and organisers did not accept just that."""
        if self.dangers and self.controls.accept != self.danger_code:
            raise UnsafePlan(self.dangers, self.danger_code)


def _bare(sentence: str) -> str:
    """Return a sentence to be put into another one: without its full stop."""
    return Said("bare", text=sentence)


def _typed(word: Happening, before: Typed | None) -> Typed:
    """Return since when a word stands in its cell: another comment makes it no other word."""
    return Typed(word.about, before.at if before and word.became == NOTED else word.at)


def foresee(plan: Plan) -> History:
    """Return the history as it would be right after the plan was recorded and before anything was sent."""
    history = plan.history
    cancelled = {message.id for message in plan.cancelled}
    standings = {**history.standings, **{standing.reference: standing for standing in plan.standings}}
    kept = tuple(
        replace(message, state=State.CANCELLED) if message.id in cancelled else message
        for message in history.posted
    )
    heard = {**history.heard, **plan.settled.heard}
    typed = {each.reference: _typed(each, history.words.get(each.reference)) for each in plan.words}
    return replace(
        history,
        addresses={**history.addresses, **plan.people},
        responses={**history.responses, **plan.responses},
        answers={**history.answers, **plan.answers},
        standings=standings,
        posted=(*kept, *_prepared(plan)),
        heard={reference: word for reference, word in heard.items() if word},
        releases=(*history.releases, *plan.releases),
        proposals=(*history.proposals, *((plan.proposal,) if plan.proposal else ())),
        words={ref: word for ref, word in {**history.words, **typed}.items() if word.text},
    )


def _prepared(plan: Plan) -> tuple[Posted, ...]:
    """Return the messages of a plan as the ledger will have them, ready to leave."""
    last = max((message.id for message in plan.history.posted), default=0)
    effects = {(effect.reference, effect.kind): effect for effect in plan.effects}
    return tuple(
        Posted(
            last + nth,
            message.reference,
            message.kind,
            message.revision,
            State.PREPARED,
            plan.now,
            message.to,
            until=message.until,
            effect=effects.get((message.reference, message.kind)),
            occasion=message.occasion,
            printed=message.content.printed,
        )
        for nth, message in enumerate(plan.messages, 1)
    )
