"""What waits for a person before it leaves: letters that the call wants approved, and words that may still change.

What is released is an effect, by its hash: whatever else changes, it stays released as long as it is the same, and
asks again once it is another. Nothing here is lost for one person because of another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime

from pipeline.decisions.assess import Assessment
from pipeline.decisions.timeline import MESSAGES, REACHES, TYPED, Event
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_forms import Word
from pipeline.intake.own_cells import read_status
from pipeline.model.applicant import PROPOSED, Status
from pipeline.model.call import Call, when
from pipeline.model.effect import Effect
from pipeline.model.frozen import dataclass
from pipeline.model.history import Heard, History, How, Posted, Release, by_reference, last_posted
from pipeline.model.kinds import NOTICES
from pipeline.model.message import DECISIONS, VOID_STATES, Message, State
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.short_code import short_code
from pipeline.planning.due import Drafts
from pipeline.planning.effects import Origin, by_person, code_of_set, effect_of, find_cause


@dataclass(frozen=True, slots=True)
class Gate:
    """What a person has to release, and what a person released.

    `effects` are all that could leave, `unreleased` those that wait for approval, and `early` those that would on
    selection day; `kept` are the applicants to whom nothing leaves now, `withheld` the letters that wait, by person and
    kind. `releases` and `heard` are new, `settling` is when words that may still change count, and `reasons` say in a
    row why something waits.
    """

    effects: tuple[Effect, ...] = ()
    unreleased: tuple[Effect, ...] = ()
    early: tuple[Effect, ...] = ()
    kept: frozenset[str] = frozenset()
    withheld: frozenset[tuple[str, str]] = frozenset()
    releases: tuple[Release, ...] = ()
    heard: Mapping[str, Heard | None] = field(default_factory=dict)
    settling: tuple[datetime, ...] = ()
    reasons: Mapping[str, Reason] = field(default_factory=dict)

    def also(self, effects: Iterable[Effect]) -> "Gate":
        """Return the same, with more that may leave."""
        return replace(self, effects=(*self.effects, *effects))


@dataclass(frozen=True, slots=True)
class Pending:
    """What somebody would be told: the effect, whether its bytes are in the ledger, and what else is known there.

    `occasion` is what called for it; `when` the status whose reaching calls for letters of the kind.
    """

    verdict: Verdict
    effect: Effect
    is_stored: bool
    posted: tuple[Posted, ...]
    occasion: str = ""
    when: Status | None = None


def find_gate(
    call: Call,
    assessment: Assessment,
    verdicts: tuple[Verdict, ...],
    drafts: Drafts,
    foreseen: Drafts,
    history: History,
    origin: Origin,
    code: str,
    now: datetime,
) -> Gate:
    """Say what of the drafts for these verdicts may leave; `foreseen` are those that are not due before selection day.

    `code` is what organisers typed beside *Approve all*.
    """
    letters = _letters(call, verdicts, drafts, history, origin)
    all_early = _letters(call, assessment.verdicts, foreseen, history, origin)
    asking, early = (
        tuple(letter for letter in each if letter.effect.kind in call.approve)
        for each in (letters, all_early)
    )
    words = (_release(letter.effect, now, How.WORD) for letter in asking if _is_own_word(letter))
    oks = _by_ok(call, assessment, _effects((*asking, *early)), history, now)
    new = _not_known((*oks, *words), history)
    waiting = _unreleased(asking, (*history.releases, *new))
    new = (*new, *_not_known(_by_code(waiting, history, code, verdicts, now), history))
    releases = (*history.releases, *new)
    unreleased = _unreleased(asking, releases)
    settling = _settling(verdicts, letters)
    return Gate(
        effects=tuple(letter.effect for letter in letters),
        unreleased=_effects(unreleased),
        early=_effects(_unreleased(early, releases)),
        kept=frozenset(settling) | {letter.effect.reference for letter in unreleased if not letter.occasion},
        withheld=frozenset((letter.effect.reference, letter.effect.kind) for letter in unreleased),
        releases=new,
        heard=_heard(verdicts, history),
        settling=tuple(sorted(settling.values())),
        reasons=_reasons(call, unreleased, releases, settling),
    )


def _letters(
    call: Call, verdicts: tuple[Verdict, ...], drafts: Drafts, history: History, origin: Origin
) -> tuple[Pending, ...]:
    """Return every draft with its effect and its applicant's verdict, in the order in which they would leave."""
    posted, by_person = by_reference(history), {verdict.reference: verdict for verdict in verdicts}
    messages: tuple[Posted | Message, ...] = (*drafts.resumed, *drafts.messages)
    found = []
    for message in messages:
        verdict, before = by_person[message.reference], posted.get(message.reference, ())
        status = verdict.standing.status if verdict.standing else verdict.status
        effect = effect_of(message, status.value, before, origin)
        occasion = call.occasions.get(message.kind)
        called = (message.occasion, occasion.when if occasion else None)
        found.append(Pending(verdict, effect, isinstance(message, Posted), before, *called))
    return tuple(found)


def _effects(letters: tuple[Pending, ...]) -> tuple[Effect, ...]:
    return tuple(sorted((letter.effect for letter in letters), key=by_person))


def _settling(verdicts: tuple[Verdict, ...], letters: tuple[Pending, ...]) -> Mapping[str, datetime]:
    """Return until when words may still change, by person."""
    return {
        verdict.reference: verdict.case.settles
        for verdict in verdicts
        if verdict.case.settles and _would_change(verdict, letters)
    }


def _would_change(verdict: Verdict, letters: tuple[Pending, ...]) -> bool:
    """Whether anything would come of somebody's word: it is put on record, or about a letter, or a decision is told."""
    told = (letter.effect for letter in letters if letter.effect.kind in DECISIONS)
    is_about = verdict.standing or verdict.case.settling
    return bool(is_about) or any(effect.reference == verdict.reference for effect in told)


# --- what is released --------------------------------------------------------------------------------------


def _unreleased(asking: tuple[Pending, ...], releases: tuple[Release, ...]) -> tuple[Pending, ...]:
    """Return what nobody released. An `ok` that was deleted before its letter was written is taken back."""
    by: dict[How, set[str]] = {how: set() for how in How}
    for release in releases:
        by[release.how].add(release.digest)
    lasting = by[How.CODE] | by[How.COMMAND]
    written, with_ok = lasting | by[How.OK] | by[How.WORD], lasting | by[How.OK]

    def holds(letter: Pending) -> bool:
        meant = written if letter.is_stored else with_ok if letter.verdict.case.ok else lasting
        return letter.effect.digest in meant or _is_own_word(letter)

    return tuple(letter for letter in asking if not holds(letter))


def _not_known(releases: Iterable[Release], history: History) -> tuple[Release, ...]:
    """Return the releases that are not in the ledger yet, each once."""
    known = {(release.digest, release.how) for release in history.releases}
    new = {(release.digest, release.how): release for release in releases}
    return tuple(release for key, release in new.items() if key not in known)


def _is_own_word(letter: Pending) -> bool:
    """Whether an organiser's word in the cell, or one about a letter that did not arrive, is what is carried out.

    A notice of a change that did not arrive may say something else by now: it asks again.
    """
    override, latest = letter.verdict.case.override, last_posted(letter.posted)
    if latest and latest.state is State.REPLACED:
        return latest.kind == letter.effect.kind and latest.kind not in NOTICES
    if letter.verdict.case.settling is Word.SEND_AGAIN:
        return letter.is_stored
    if override is None:
        return False
    event = Event.PLACE_PASSED_ON if letter.verdict.case.passed_by else TYPED.get(override.word)
    return event is not None and (letter.effect.kind in MESSAGES[event] or letter.when in REACHES[event])


def _release(effect: Effect, now: datetime, how: How) -> Release:
    return Release(effect, effect.digest, now, how)


def _by_ok(
    call: Call, assessment: Assessment, asking: tuple[Effect, ...], history: History, now: datetime
) -> Iterator[Release]:
    """Release what each row showed when a run first finds `ok` in it, or what the code behind the `ok` means."""
    cells = {entry.row: entry.own for entry in assessment.entries}
    shown = _shown(history)
    for verdict in assessment.verdicts:
        ok, reference = verdict.case.ok, verdict.reference
        if ok and ok.code:
            meant = (one for one in asking if (one.reference, short_code(one.digest)) == (reference, ok.code))
            yield from (_release(effect, now, How.OK) for effect in meant)
        elif ok and not _was_heard(verdict, history):
            # The row may have failed to be written: what stands in it is what the organisers saw.
            status = read_status(cells[verdict.case.applicant.row])
            seen = (
                one for one in shown.get(reference, ()) if one.kind in call.approve and _says(one, status)
            )
            yield from (_release(effect, now, How.OK) for effect in seen)


def _says(effect: Effect, status: Status | None) -> bool:
    """Whether a row shows this while the effect waits: as proposed, or, of an earlier letter, as it is.

    A letter that tells no decision waits beside whatever the row says.
    """
    told = Status(effect.conclusion)
    return status in (told, PROPOSED.get(told, told)) if effect.kind in DECISIONS else status is not None


def _shown(history: History) -> Mapping[str, tuple[Effect, ...]]:
    """Return what the sheet shows as waiting, by person; for whom nothing waits, what it shows as proposed."""
    found: dict[str, tuple[Effect, ...]] = {}
    for part in (history.proposals[-1].effects, history.proposals[-1].early) if history.proposals else ():
        new = {effect.reference for effect in part} - found.keys()
        for effect in part:
            if effect.reference in new:
                found[effect.reference] = (*found.get(effect.reference, ()), effect)
    return found


def _was_heard(verdict: Verdict, history: History) -> bool:
    heard = history.heard.get(verdict.reference)
    return heard is not None and heard.word == Word.OK


def _heard(verdicts: tuple[Verdict, ...], history: History) -> Mapping[str, Heard | None]:
    """Note in whose cell an `ok` stands now: it is about what that row showed then, and about nothing later."""
    new = (one.reference for one in verdicts if one.case.ok and not _was_heard(one, history))
    return {reference: Heard(Word.OK.value) for reference in new}


def _by_code(
    waiting: tuple[Pending, ...], history: History, code: str, verdicts: tuple[Verdict, ...], now: datetime
) -> Iterator[Release]:
    """Release what waited when the sheet showed this code, or waits under it now; not for whom Hold is said.

    A code stays in its cell, and is followed once.
    """
    now_meant = tuple(letter.effect for letter in waiting)
    sets = (*((each.code, each.effects) for each in history.proposals), (code_of_set(now_meant), now_meant))
    held = {one.reference for one in verdicts if one.case.override and one.case.override.word is Word.HOLD}
    followed = {release.digest for release in history.releases if release.how is How.CODE}
    for shown, effects in sets:
        if shown == code and followed.isdisjoint(effect.digest for effect in effects):
            yield from (_release(effect, now, How.CODE) for effect in effects if effect.reference not in held)


# --- what is said of it ------------------------------------------------------------------------------------


def _reasons(
    call: Call,
    unreleased: tuple[Pending, ...],
    releases: tuple[Release, ...],
    settling: Mapping[str, datetime],
) -> Mapping[str, Reason]:
    """Say in rows why something waits: a word that may still change before anything else."""
    again = ((letter.effect.reference, _why_again(letter, releases)) for letter in unreleased)
    said = {ref: because(ReasonKind.SETTLES, until=when(call, until)) for ref, until in settling.items()}
    return {**{reference: why for reference, why in again if why}, **said}


def _why_again(letter: Pending, releases: tuple[Release, ...]) -> Reason | None:
    """Say why somebody's letter waits although something was released; nothing where nothing was."""
    effect, word = letter.effect, _ok_for(letter)
    left = {
        message.effect.digest
        for message in letter.posted
        if message.effect and message.state not in VOID_STATES
    }
    before = [one for one in releases if one.effect.reference == effect.reference and one.digest not in left]
    if before and before[-1].digest != effect.digest:
        return because(
            ReasonKind.CHANGED_SINCE,
            released=before[-1].effect.conclusion,
            cause=find_cause(before[-1].effect, effect),
            word=word,
        )
    return because(ReasonKind.OK_BEFORE, word=word) if letter.verdict.case.ok else None


def _ok_for(letter: Pending) -> str:
    """Say what to type to release a letter: whatever else the cell says stays in it."""
    word, ok = letter.verdict.case.override, f"ok {short_code(letter.effect.digest)}"
    return f"{word.said}, {ok}" if word else ok
