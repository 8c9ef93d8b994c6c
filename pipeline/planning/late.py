"""Who hears that a decision is late although there is one: it waits for an approval, and the promised day is over.

As long as it waits, such a person is told what anybody is of whom nothing is concluded. Where that letter waits for
approval, too, there is none: one thing waits for a person, and that is the decision.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from pipeline.decisions.verdict import Verdict
from pipeline.model.call import Call
from pipeline.model.message import DECISIONS, Kind
from pipeline.planning.due import Drafts, Mail


def write_late(
    write: Callable[..., Drafts],
    call: Call,
    verdicts: tuple[Verdict, ...],
    withheld: Collection[tuple[str, str]],
    mail: Mail,
    now: datetime,
) -> Drafts:
    """Write to those whose decision is `withheld`, or waits behind such a one, that it takes longer, if that is due."""
    waiting = {reference for reference, kind in withheld if kind in DECISIONS} | mail.behind
    untold = (replace(one, standing=None) for one in verdicts if one.reference in waiting)
    drafts = write(() if Kind.DELAYED in call.approve else tuple(untold), now=now)
    return Drafts(
        tuple(one for one in drafts.messages if one.kind == Kind.DELAYED),
        tuple(one for one in drafts.resumed if one.kind == Kind.DELAYED),
        (),
        (),
    )


def with_more(mail: Mail, more: Drafts, limit: int | None) -> Mail:
    """Let more leave, as far as the limit has room after what leaves anyway."""
    room = None if limit is None else max(0, limit - len(mail.messages) - len(mail.resumed))
    resumed = more.resumed[:room]
    messages = more.messages[: None if room is None else room - len(resumed)]
    left = len(more.resumed) + len(more.messages) - len(resumed) - len(messages)
    return replace(
        mail,
        messages=(*mail.messages, *messages),
        resumed=(*mail.resumed, *resumed),
        left_out=mail.left_out + left,
    )
