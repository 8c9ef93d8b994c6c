"""What leaves in a run, and what is kept back: letters written, released, cut short by the limit, or braked."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from functools import partial

from pipeline.decisions.assess import Assessment
from pipeline.decisions.verdict import Verdict
from pipeline.messages.reading import Templates
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, by_reference
from pipeline.model.message import DECISIONS, Kind, Message
from pipeline.model.settings import Service
from pipeline.model.sheet import Snapshot
from pipeline.planning.brake import Braked, find_braked
from pipeline.planning.due import Drafts, Mail, in_order, owed_acknowledgement, write_drafts
from pipeline.planning.effects import effect_of, origin_of
from pipeline.planning.late import with_more, write_late
from pipeline.planning.plan import Scope
from pipeline.planning.projection import find_positions
from pipeline.planning.release import Gate, find_gate
from pipeline.planning.turns import plan_in_turn


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves now, whose turn it is to be told, what waits for a person, who is not acknowledged, what is kept."""

    mail: Mail
    in_turn: tuple[Verdict, ...]
    gate: Gate
    braked: tuple[Braked, ...]
    kept: tuple[Message, ...]


def find_leaving(
    call: Call,
    service: Service,
    templates: Templates,
    snapshot: Snapshot,
    assessment: Assessment,
    concerned: tuple[Verdict, ...],
    others: tuple[Verdict, ...],
    history: History,
    now: datetime,
    scope: Scope,
) -> Leaving:
    """Write what is due, and keep back what nobody released, what the limit leaves, and all while Pause is set."""
    controls = snapshot.controls
    braked = _brake(call, service, concerned, history, now)
    positions = find_positions(history.standings, assessment.verdicts)
    write = partial(write_drafts, call, templates, history=history, positions=positions)
    drafts = write(concerned, now=now, unacknowledged={each.reference for each in braked})
    early = _foresee(write, call, assessment.verdicts, scope, now)
    origin = origin_of(call, service, history)
    gate = find_gate(call, assessment, concerned, drafts, early, history, origin, controls.approve, now)
    limit = 0 if controls.pause else scope.limit
    free = _without(drafts, gate.withheld)
    in_turn, mail = plan_in_turn(free, concerned, others, gate.kept, limit)
    late = write_late(write, call, concerned, gate.withheld, mail, now)
    mail = with_more(mail, late, limit)
    posted = by_reference(history)
    gate = gate.also(
        effect_of(one, Status.RECEIVED, posted[one.reference], origin)
        for one in in_order(late.resumed, late.messages)
    )
    leaves = {(message.reference, message.kind) for message in mail.messages}
    kept = (
        *(one for one in drafts.messages if (one.reference, one.kind) not in leaves),
        *early.messages,
    )
    return Leaving(mail, () if controls.pause else in_turn, gate, braked, kept)


def _without(drafts: Drafts, withheld: Collection[tuple[str, str]]) -> Drafts:
    """Leave out the letters that wait for a person."""
    return replace(
        drafts,
        messages=tuple(one for one in drafts.messages if (one.reference, one.kind) not in withheld),
        resumed=tuple(one for one in drafts.resumed if (one.reference, one.kind) not in withheld),
    )


def _brake(
    call: Call, service: Service, verdicts: tuple[Verdict, ...], history: History, now: datetime
) -> tuple[Braked, ...]:
    """Say who gets no acknowledgement; nobody where the call sends none."""
    own = tuple(filter(None, (call.reply_to, service.mail.sender.address)))
    is_owed = Kind.RECEIVED in call.messages and not call.cancelled
    owed = owed_acknowledgement(verdicts, history) if is_owed else ()
    decided = (verdict for verdict in verdicts if verdict.standing or verdict.case.standing)
    return find_braked(owed, history, service.limits, own, now, decided)


def _foresee(
    write: Callable[..., Drafts], call: Call, verdicts: tuple[Verdict, ...], scope: Scope, now: datetime
) -> Drafts:
    """Write what is proposed and not due yet, where a person may release it before; then it says the same."""
    asks = call.approve & DECISIONS and not call.cancelled
    early = (one for one in verdicts if one.is_early and scope.covers(one.reference)) if asks else ()
    drafts = write(tuple(early), now=max(now, call.dates.selection))
    return replace(drafts, resumed=(), cancelled=())
