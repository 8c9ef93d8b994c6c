"""A person's word on a message in doubt or refused: what becomes of the message, and that a word is obeyed once.

The same bytes go out again only while they are still true, and only to the address that the sheet shows. Else a new
revision takes their place, and the ledger says why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime

from pipeline.decisions.case import Case
from pipeline.intake.decision_forms import Word
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import Heard, History, Posted, Settlement, by_reference, last_posted, unsettled
from pipeline.model.kinds import Kind, sort_of
from pipeline.model.message import ASTRAY, State
from pipeline.model.printed import is_as_printed
from pipeline.model.reason import Reason, ReasonKind, because

Owed = Mapping[str, tuple[Posted, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What organisers' words settle: the messages, and what is heard now in whose cell (None: nothing any more)."""

    settlements: tuple[Settlement, ...] = ()
    heard: Mapping[str, Heard | None] = field(default_factory=dict)


NOTHING_SETTLED = Settled()


def owed_a_word(history: History) -> Owed:
    """Return the messages that only a person's word moves on, by applicant."""
    owed: dict[str, tuple[Posted, ...]] = {}
    for message in unsettled(history):
        owed[message.reference] = (*owed.get(message.reference, ()), message)
    return owed


def _about(case: Case, owed: Owed, posted: Owed) -> tuple[Posted, ...]:
    """Return the messages that the word in somebody's cell is about.

    Where the address was wrong, that is the last letter, whatever became of it, if it went to another one.
    """
    if case.settling is not Word.ADDRESS_CORRECTED:
        return owed.get(case.reference, ())
    last, to = last_posted(posted.get(case.reference, ())), case.applicant.response.to
    has_left = last is not None and last.state in ASTRAY
    return (last,) if last and has_left and last.to not in ("", to) else ()


def settle_by_words(call: Call, cases: Iterable[Case], history: History, now: datetime) -> Settled:
    """Follow words about letters, each once: a word that was heard before in its cell decides nothing."""
    owed, posted = owed_a_word(history), by_reference(history)
    settlements: list[Settlement] = []
    heard: dict[str, Heard | None] = {}
    for case in cases:
        before = history.heard.get(case.reference)
        if case.settling is None:
            heard |= {case.reference: None} if before and not case.ok else {}
        elif case.settles:
            continue
        elif before is None or before.word != case.settling:
            found = settle(call, case.settling, _about(case, owed, posted), case.applicant.response.to, now)
            settlements += found
            heard[case.reference] = Heard(case.settling, found[-1].message if found else 0)
    return Settled(tuple(settlements), heard)


def settle(
    call: Call, word: Word, messages: tuple[Posted, ...], to: str, now: datetime
) -> tuple[Settlement, ...]:
    """Return what a word makes of one applicant's messages; of several of a kind, it is about the newest.

    Nothing for `Send again` where what they say is over. `to` is the address in the sheet.
    """
    newest = {message.kind: message.id for message in messages}
    return tuple(
        _settle(call, word, message, to, now)
        if newest[message.kind] == message.id
        else Settlement(message.id, State.CANCELLED)
        for message in messages
        if word is Word.DELIVERED or not is_over(call, message.kind, now)
    )


def _settle(call: Call, word: Word, message: Posted, to: str, now: datetime) -> Settlement:
    if word is Word.DELIVERED:
        return Settlement(message.id, State.ACCEPTED)
    why = _why_anew(call, message, to, now)
    return Settlement(message.id, State.REPLACED if why else State.PREPARED, why)


def _why_anew(call: Call, message: Posted, to: str, now: datetime) -> str:
    """Say why the stored bytes cannot go out again; empty where they can."""
    if message.to != to:
        return "the address is another one now"
    if message.until and message.until < now:
        return "the day until which it was true has passed"
    if not is_as_printed(call, message.printed):
        return "what it says of the meeting has changed"
    return "" if message.is_stored else "its text is not here, it was taken over from the sheet"


def is_over(call: Call, kind: Kind, now: datetime) -> bool:
    """Whether nobody can be told such a thing any more: mostly, as the meeting has begun."""
    occasion = call.occasions.get(kind)
    ends = occasion.until if occasion else call.dates.starts if "starts" in sort_of(kind).until else None
    return ends is not None and now >= ends


def after_settling(history: History, settled: Settled) -> History:
    """Return the history as it is once the words are recorded."""
    states = {each.message: each.state for each in settled.settlements}
    posted = tuple(
        replace(message, state=states[message.id], next_attempt=None) if message.id in states else message
        for message in history.posted
    )
    heard = {**history.heard, **settled.heard}
    return replace(history, posted=posted, heard={ref: each for ref, each in heard.items() if each})


def word_reasons(call: Call, case: Case, owed: Owed, history: History, now: datetime) -> tuple[Reason, ...]:
    """Say why a word in the cell settles nothing; nothing where it does, or did."""
    word, heard = case.settling, history.heard.get(case.reference)
    if word is None:
        return ()
    posted = tuple(message for message in history.posted if message.reference == case.reference)
    messages = _about(case, owed, {case.reference: posted})
    is_heard = heard is not None and heard.word == word
    if messages and word is not Word.DELIVERED and all(is_over(call, each.kind, now) for each in messages):
        return (because(ReasonKind.OVER, word=word.value),)
    if messages and is_heard:
        return (because(ReasonKind.HEARD_BEFORE, word=word.value),)
    if messages or (is_heard and heard and heard.message):
        return ()
    return (because(ReasonKind.NOTHING_TO_SETTLE, word=word.value),)
