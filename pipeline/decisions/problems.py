"""What a person must see to: reviews, words that are not understood, rows that are gone, silence, places."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pipeline.audience.answers import group
from pipeline.decisions.case import Case
from pipeline.decisions.hearing import is_idle
from pipeline.decisions.offers import lacks_something
from pipeline.decisions.places.give import Selection
from pipeline.decisions.places.known import missing
from pipeline.decisions.places.likeness import find_likenesses
from pipeline.decisions.places.measures import is_measured
from pipeline.decisions.places.teams import torn
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_forms import Word
from pipeline.intake.decision_words import all_words
from pipeline.model.applicant import Response, Status
from pipeline.model.call import Call, is_closed, is_over, may_tell
from pipeline.model.history import SEATED, History, Posted, Standing, by_reference, last_posted
from pipeline.model.message import Kind, State
from pipeline.model.places import CATEGORY, Quota, values_of
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.ranks import DAYS, NUMBERS, IfMissing, RankKey
from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.rules import Answers
from pipeline.model.said import Said
from pipeline.selection.contest import teams_of
from pipeline.selection.score import missed, narrow_limits
from pipeline.selection.select import PROVED

_PLACES = Said("places here")


def decision_problems(call: Call, verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every Decision cell that cannot be followed: an unknown word, one that does not fit, one elsewhere."""
    known = all_words(call.audience, approves=bool(call.approve))
    return tuple(
        Problem(
            Said("column of row", row=verdict.case.applicant.row, header="Decision"),
            *_say_doubt(doubt, known),
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.DECISION,
        )
        for verdict in verdicts
        if (doubt := verdict.case.doubt)
    )


def _say_doubt(doubt: Reason, known: tuple[str, ...]) -> tuple[Said, Said]:
    """Say what is wrong with a word, and what to type instead; of what was typed, nothing."""
    match doubt.kind:
        case ReasonKind.WHOSE_UNCLEAR:
            return Said("whose word"), Said("whose word: do", same=Word.SAME_PERSON.value)
        case ReasonKind.OLDER_WORD:
            return Said("older row's word"), Said("older row's word: do")
        case ReasonKind.MISFIT:
            return Said("misfit here"), Said("misfit here: do")
        case _:
            near = dict(doubt.facts).get("near")
            advice = Said("unknown, near: do", near=near, words=known) if near else None
            return Said("unknown to Convene"), advice or Said("unknown to Convene: do", words=known)


def vanished(absent: tuple[str, ...], standings: Mapping[str, Standing]) -> tuple[Problem, ...]:
    """Tell of people who hold a place or wait for one and whose row is gone: the place stays held."""
    advice = Said("row vanished: do")
    return tuple(
        Problem(
            Said("applicant", reference=reference),
            Said("row vanished", status=standings[reference].status),
            advice,
            None,
            reference,
        )
        for reference in absent
        if reference in standings and standings[reference].status in SEATED | {Status.WAITING}
    )


def open_reviews(verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Ask about everybody whom only a person can decide; not about words that are not understood (see above)."""
    advice = Said("to review: do")
    return tuple(
        Problem(
            _where(verdict),
            Said("to review"),
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.TO_REVIEW,
            tuple((reason.kind, reason.facts) for reason in verdict.reasons),
        )
        for verdict in verdicts
        if verdict.status is Status.TO_REVIEW and not verdict.case.doubt
    )


def idle_replies(verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every answer by the reply form that is news and about no offer: nothing was decided by it."""
    early, nothing, advice = Said("reply early"), Said("reply idle"), Said("reply idle: do")
    return tuple(
        Problem(
            _where(verdict),
            early if verdict.status is Status.OFFERED else nothing,
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.REPLY,
        )
        for verdict in verdicts
        if is_idle(verdict.case)
    )


def unanswered(
    call: Call, verdicts: tuple[Verdict, ...], history: History, now: datetime
) -> tuple[Problem, ...]:
    """Tell of every offer that was to be answered by now and is not; what did not arrive is told elsewhere."""
    if is_over(call.dates, now):
        return ()
    posted = by_reference(history)
    advice = Said("unanswered offer: do")
    return tuple(
        Problem(
            _where(verdict),
            _said_yes(call, verdict.case)
            or Said("unanswered offer", until=until.astimezone(call.zone).date()),
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.UNANSWERED,
        )
        for verdict in verdicts
        if verdict.status is Status.OFFERED
        and not verdict.standing
        and _has_arrived(letters := posted.get(verdict.reference, ()))
        and now > (until := answer_due(call, verdict.case.standing, letters))
    )


def _where(verdict: Verdict) -> Said:
    return Said("applicant in row", reference=verdict.reference, row=verdict.case.applicant.row)


def _said_yes(call: Call, case: Case) -> Said | None:
    """Say what somebody waits for who agreed; nothing of who is silent."""
    word = case.override.word if case.override else None
    has_agreed = word is Word.CONFIRMED or (case.reply is not None and case.reply.is_yes)
    if not (has_agreed and lacks_something(call, case)):
        return None
    return Said("lacking yes")


def answer_due(call: Call, standing: Standing | None, posted: tuple[Posted, ...]) -> datetime:
    """Return by when an offer is to be answered: as its letter says, whatever day the call names today.

    Where no letter says it (organisers told it, or a version that kept no day), as the call has it.
    """
    invited = last_posted(tuple(message for message in posted if message.kind == Kind.INVITATION))
    written = invited.until if invited else None
    return (standing and standing.reply_by) or written or call.dates.reply_by or call.dates.starts


def _has_arrived(posted: tuple[Posted, ...]) -> bool:
    """Whether somebody was told, as far as anybody knows; who has no message was told by organisers."""
    latest = last_posted(posted)
    return latest is None or latest.state is State.ACCEPTED


def place_problems(call: Call, selection: Selection | None, now: datetime) -> tuple[Problem, ...]:
    """Tell where places are not as the rules want them, once they may be told."""
    return tuple(_place_problems(selection)) if selection and may_tell(call.dates, now) else ()


def likenesses(call: Call, verdicts: tuple[Verdict, ...], now: datetime) -> tuple[Problem, ...]:
    """Ask whether answers that a limit counts apart are one."""
    if is_closed(call.dates, now):
        return ()
    advice = Said("probably one: do")
    return tuple(
        Problem(
            _PLACES,
            Said(
                "probably one team" if each.most is None else "probably one",
                header=call.columns.headers[each.key],
                names=each.names,
                most=each.most or 0,
            ),
            advice,
            kind=NeedKind.PROBABLY_ONE,
        )
        for each in find_likenesses(call, (verdict.case for verdict in verdicts))
    )


def idle_rules(call: Call, verdicts: tuple[Verdict, ...], now: datetime) -> tuple[Problem, ...]:
    """Tell of every rule of the places that counts or orders nobody, once the deadline has passed."""
    if not call.dates.deadline < now < call.dates.starts or not verdicts:
        return ()
    advice = Said("rule idle: do")
    responses = [verdict.case.applicant.response for verdict in verdicts]
    answers = [response.answers for response in responses]
    idle = (
        *((rule.line, _idle(call, rule, answers)) for rule in call.places.quotas),
        *((rank.line, _orders_nobody(call, rank, responses)) for rank in call.places.rank_by),
    )
    return tuple(
        Problem(Said("line of call", line=line), what, advice, kind=NeedKind.IDLE_RULE)
        for line, what in idle
        if what
    )


def _orders_nobody(call: Call, rank: RankKey, everybody: Sequence[Response]) -> Said | None:
    """Say that a rank by numbers or days has none, if it is so: the answers are words."""
    said = [each for each in everybody if any(each.answers.get(key, "").strip() for key in rank.columns)]
    if rank.by not in NUMBERS | DAYS or not said:
        return None
    if any(is_measured(call, each, rank, key) for each in said for key in rank.columns):
        return None
    return Said("rank idle", headers=tuple(call.columns.headers[key] for key in rank.columns))


def awaited(call: Call, verdicts: tuple[Verdict, ...], now: datetime) -> tuple[Problem, ...]:
    """Tell that nobody hears about the places, though they may, before answers to come are there."""
    waiting = tuple(verdict.case for verdict in verdicts if verdict.case.is_awaited)
    if not waiting or not may_tell(call.dates, now) or is_closed(call.dates, now):
        return ()
    keys = dict.fromkeys(
        key for case in waiting for key in missing(call, case.applicant.response, IfMissing.WAIT)
    )
    headers = tuple(call.columns.headers[key] for key in keys)
    what = Said("answers awaited", number=len(waiting), headers=headers)
    return (Problem(_PLACES, what, Said("answers awaited: do"), kind=NeedKind.AWAITED),)


def _idle(call: Call, rule: Quota, everybody: Sequence[Answers]) -> Said | None:
    """Say that a rule counts nobody, if it is so."""
    if rule.where and not any(rule.where.holds(answers) for answers in everybody):
        return Said("rule idle, where", title=rule.title)
    question = call.columns.question(rule.group)
    if not rule.value or rule.group == CATEGORY or question.is_listed:
        return None
    given = {group(question, answers.get(rule.group, "")) for answers in everybody}
    if any(group(question, value) in given for value in values_of(rule)):
        return None
    return Said("rule idle", answers=values_of(rule), header=question.header)


def over_capacity(
    call: Call, verdicts: tuple[Verdict, ...], standings: Mapping[str, Standing], now: datetime
) -> tuple[Problem, ...]:
    """Tell that more people hold a place than there are: the capacity was lowered, or words invited them."""
    here = {verdict.reference for verdict in verdicts}
    absent = sum(one.status in SEATED for reference, one in standings.items() if reference not in here)
    filled = absent + sum(verdict.now.holds_place for verdict in verdicts)
    if filled <= call.places.seats or now >= call.dates.starts:
        return ()
    what = Said("over capacity", filled=filled, capacity=call.places.seats)
    return (Problem(_PLACES, what, Said("over capacity: do"), kind=NeedKind.CAPACITY),)


def torn_teams(call: Call, verdicts: tuple[Verdict, ...], now: datetime) -> tuple[Problem, ...]:
    """Tell of every team of whom some have places and others gave theirs up: what was told stands."""
    if now >= call.dates.starts:
        return ()
    return tuple(
        Problem(
            _PLACES,
            Said("torn team", here=here, gone=gone),
            Said("torn team: do"),
            None,
            here[0],
            NeedKind.TEAM,
        )
        for here, gone in torn(call, verdicts)
    )


def _place_problems(selection: Selection) -> Iterator[Problem]:
    contest, choice = selection.contest, selection.choice
    have = contest.seated | frozenset(choice.chosen)
    for rule in missed(contest.minimums, have):
        what = Said("quota missed", rule=rule.name, count=rule.count, bound=rule.bound)
        yield Problem(_PLACES, what, Said("quota missed: do"), kind=NeedKind.QUOTA)
    for team in sorted(set(teams_of(contest.contenders).values())):
        places = (_PLACES,) if len(team) > contest.capacity else ()
        if too_small := (*places, *narrow_limits(contest, team)):
            what = Said("team too large", team=team, rules=too_small)
            yield Problem(_PLACES, what, Said("team too large: do"), None, team[0], NeedKind.TEAM)
    if choice.method not in PROVED:
        what = Said("choice not proved", method=Said(f"method {choice.method.name.lower()}"))
        yield Problem(_PLACES, what, Said("choice not proved: do"), kind=NeedKind.NOT_PROVED)
