"""Tries everything before anything is sent: configuration, examples, sheet, templates and login."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from pipeline.audience.examples import failures
from pipeline.config.call.examples import read_examples
from pipeline.intake.columns import find_columns
from pipeline.intake.people import identify
from pipeline.intake.replies import read_replies
from pipeline.intake.rows import read_entries, stamp_problems
from pipeline.ledger.own_files import open_own
from pipeline.mail.dns import NotLookedUp
from pipeline.mail.identity import look_up_identity
from pipeline.model.address import ascii_address
from pipeline.model.call import Call, is_over
from pipeline.model.errors import Caution, ConfigError, ConveneError
from pipeline.model.message import Kind
from pipeline.model.offers import Silence
from pipeline.model.said import is_shipped
from pipeline.model.settings import GoogleSettings, OutboxSettings
from pipeline.model.text import counted, day
from pipeline.running.check_templates import check_templates
from pipeline.running.clock import Clock
from pipeline.running.outside import look_outside
from pipeline.running.safety import find_cautions
from pipeline.running.workspace import OWN_FILES, Workspace

FEW_EXAMPLES = 5
"""So many examples that fail are told; the rest is counted."""

_UNSHIPPED = (
    "Convene has no words for organisers in the language of the sheet ({}), and speaks English to them. Write en, fr, "
    "de or es as sheet.language in config/service.yaml"
)


def check(
    workspace: Workspace, clock: Clock, *, live: bool = False, offline: bool = False
) -> Iterator[tuple[str, str | ConveneError]]:
    """Try one thing after another; yield what was tried, with what was found or what it failed with.

    The configuration has been read when a workspace is open. `live`: also what the sheet is leaned on for; `offline`:
    only what can be tried without asking another machine.
    """
    is_far = isinstance(workspace.service.sheet, GoogleSettings)
    passed_over = (
        {"Mail", "Identity", *(("Sheet", "Guards", "Replies") if is_far else ())} if offline else set()
    )
    yield "Configuration", f"{workspace.call.title}, {_days(workspace.call, clock.now())}"
    if news := _news(workspace.call, clock.now()):
        yield "New", news
    if not is_shipped(workspace.service.sheet.language):
        yield "Language", Caution(_UNSHIPPED.format(workspace.service.sheet.language))
    for name, attempt in (
        ("Examples", _examples),
        ("Sheet", _sheet),
        *((("Replies", _replies),) if workspace.call.replies else ()),
        *((("Guards", _guards),) if live else ()),
        ("Templates", check_templates),
        ("Ledger", _ledger),
        ("Mail", _mail),
        ("Identity", _identity),
        ("Safety", _safety),
    ):
        if name in passed_over:
            continue
        try:
            yield name, attempt(workspace)
        except ConveneError as error:
            yield name, error


def _days(call: Call, now: datetime) -> str:
    if is_over(call.dates, now):
        return "which is over"
    return f"deadline {day(call.dates.deadline)}, {call.dates.deadline:%H:%M} ({call.zone.key})"


def _news(call: Call, now: datetime) -> str:
    """Say what is new to a call that an earlier version began: it has no letter for a decision that is late."""
    return (
        ""
        if is_over(call.dates, now)
        else "; ".join(filter(None, (_late_news(call, now), _silent_offers(call))))
    )


def _silent_offers(call: Call) -> str:
    """Say that offers do not lapse in a call that has no letter to tell it."""
    has_day = call.dates.reply_by or call.offers.within
    if Kind.OFFER_EXPIRED in call.messages or not has_day or call.offers.on_silence is Silence.ASK:
        return ""
    return (
        "offers that nobody answers are asked about and do not lapse: if they should, name "
        "reply_reminder.md and offer_expired.md under messages (docs/offers.md)"
    )


def _late_news(call: Call, now: datetime) -> str:
    if Kind.DELAYED in call.messages:
        return ""
    by = call.dates.reviews_by
    waits = (
        f"while people are To review, what a review could change is only proposed, up to {day(by)} "
        "(dates.reviews_by; at_once ends that); "
        if by and now <= by
        else ""
    )
    return (
        f"{waits}nobody is told that a decision is late: if they should be, add "
        "delayed: delayed.md under messages"
    )


def _examples(workspace: Workspace) -> str:
    """Ask the rules what becomes of every example; tell of all that they judge otherwise."""
    examples = read_examples(workspace.root, workspace.call)
    if wrong := failures(workspace.call, examples):
        raise ConfigError(_shortened(wrong, len(examples)))
    return f"{counted(len(examples), 'example')}, judged as expected" if examples else "there are none"


def _shortened(wrong: tuple[str, ...], of: int) -> tuple[str, ...]:
    """Keep a few failures and count the rest; where most fail, the examples may be another call's."""
    more = len(wrong) - FEW_EXAMPLES
    rest = (f"… and {counted(more, 'more example')}, {len(wrong)} of {of} in all.",) if more > 0 else ()
    strange = len(wrong) > FEW_EXAMPLES and 2 * len(wrong) > of
    hint = ("Most examples fail. If they are another call's, put your own into config/examples.yaml.",)
    return (*wrong[:FEW_EXAMPLES], *rest, *(hint if strange else ()))


def _sheet(workspace: Workspace) -> str:
    snapshot = workspace.sheet.read()
    entries = read_entries(snapshot, workspace.call)
    if wrong := stamp_problems(snapshot, workspace.call):
        raise ConfigError(tuple(map(str, wrong)))
    workspace.sheet.prove()
    with workspace.sheet.lease(None):
        pass  # it can be written
    unusable = sum(entry.problem is not None for entry in entries)
    ours = find_columns(snapshot, workspace.call.columns).own
    columns = "Convene's columns are there" if ours else "the first run will add Convene's columns"
    problems = f", {unusable} of them with a problem" if unusable else ""
    return f"{snapshot.title}: {counted(len(entries), 'response')}{problems}; {columns}"


def _replies(workspace: Workspace) -> str:
    """Read the tab of the reply form as a run does; a warning where no invitation can name the form."""
    call, snapshot = workspace.call, workspace.sheet.read()
    with closing(workspace.ledger()) as ledger:
        history = ledger.history()
    found = read_replies(
        call, snapshot, identify(read_entries(snapshot, call), history), history, Clock().now()
    )
    if not found.are_read:
        raise ConfigError(tuple(map(str, found.problems)))
    form = call.replies
    if form and not form.link:
        raise Caution("replies.link is missing: no letter has the link of the form (docs/replies.md)")
    people = counted(len(found.newest), "answer")
    needs = f", and {counted(len(found.problems), 'question')} for a person" if found.problems else ""
    return f"tab “{form.tab if form else ''}”: {people} of people in the responses{needs}"


def _guards(workspace: Workspace) -> str:
    found = workspace.sheet.prove(again=True)
    return f"{'; '.join(found)}." if found else "the sheet is on this machine: there is nothing to try"


def _ledger(workspace: Workspace) -> str:
    """Open everything in `state` as a run does, and look at every page of the ledger."""
    with closing(workspace.ledger()) as ledger:
        ledger.raise_if_damaged()
        posted = ledger.history().posted
    for name in OWN_FILES:
        os.close(open_own(workspace.state / name))
    return f"{workspace.state} can be written and holds {counted(len(posted), 'message')}"


def _identity(workspace: Workspace) -> str:
    """Look at what the sender's domain says of its mail; a warning where receivers may not believe it is ours."""
    mail = workspace.service.mail
    if isinstance(mail.transport, OutboxSettings):
        return "not looked up: mail goes to the local outbox"
    domain = ascii_address(mail.sender.address, "sender").rpartition("@")[2]
    try:
        identity = look_up_identity(domain, workspace.names, mail.rate.preset, mail.dkim_selector)
    except NotLookedUp as why:
        return f"not looked up: {why}"
    found = "; ".join(identity.found)
    if identity.faults:
        raise Caution(f"{'; '.join(identity.faults)} (found: {found}). docs/mail.md says what each is for.")
    return found


def _mail(workspace: Workspace) -> str:
    return workspace.mailer().check()


def _safety(workspace: Workspace) -> str:
    unwitnessed = look_outside(workspace, Clock()).trouble
    cautions = (*find_cautions(workspace.root, workspace.service.secrets), *filter(None, (unwitnessed,)))
    if cautions:
        raise Caution("\n".join(cautions))
    return "no key or environment file that others can read"
