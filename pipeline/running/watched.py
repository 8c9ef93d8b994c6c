"""A run that others hear of: digest, alert and heartbeat around it, however it ends.

Nothing here changes what a run does, or what its command ends with.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.config.reach import read_reach
from pipeline.model.disk import cannot_use
from pipeline.model.errors import ConveneError, LockHeld, StopRequested, UsageError
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.heartbeat import FAIL, START, SUCCESS, beat
from pipeline.running.notice_record import NoticeRecord
from pipeline.running.notices import MAIL_FAILED, Post, Way, has_news, post_of, tell_digest, tell_failure
from pipeline.running.run import Orders, run
from pipeline.running.workspace import Workspace, open_mailer

QUIET = (LockHeld, StopRequested, UsageError)
"""What nobody is alerted of: another run is going on, somebody asked to stop, somebody mistyped a command."""


def tell_not_opened(
    root: Path, environ: Mapping[str, str], error: Exception, tell: Callable[[str], None]
) -> None:
    """Let whoever can be told hear that a workspace could not be opened for a run."""
    if isinstance(error, QUIET):
        return
    reach = read_reach(root, environ)
    way = Way(reach.mail, partial(open_mailer, reach.mail)) if reach.mail else None
    post = Post(root / "state", reach.notify, way, reach.title or root.name, tell, language=reach.language)
    _failed(post, error, datetime.now(UTC), has_run=False, beats=True)


def run_watched(workspace: Workspace, clock: Clock, orders: Orders) -> Result:
    """Do a run (see `run`), and tell of it. In a rehearsal, only what goes to the outbox leaves."""
    beats = not clock.stands_still
    mail = workspace.service.mail
    url = workspace.service.notify.heartbeat if beats else ""
    post = post_of(workspace, orders.tell)
    mails = beats or mail.via == "outbox"
    record = NoticeRecord(workspace.state)
    watched = replace(
        orders,
        begun=partial(beat, url, START, orders.tell),
        kept=lambda result: "" if has_news(post, workspace, result) else orders.kept(result),
        notices=lambda now: record.read().left(now, mail.via),
    )
    try:
        result = run(workspace, clock, watched)
    except Exception as error:
        if not isinstance(error, QUIET):
            _failed(post, error, clock.now(), has_run=False, beats=beats, mails=mails)
        raise
    if mails and not isinstance(result.failure, MAIL_FAILED):  # what needs a person is in the next one
        tell_digest(post, workspace, result, clock.now())
    if result.failure is None:
        beat(url, SUCCESS, orders.tell)
    elif not isinstance(result.failure, QUIET):
        _failed(post, result.failure, clock.now(), has_run=True, beats=beats, mails=mails)
    return result


def _failed(
    post: Post, error: BaseException, now: datetime, *, has_run: bool, beats: bool, mails: bool = True
) -> None:
    if beats:
        beat(post.notify.heartbeat, FAIL, post.tell)
    if mails:
        tell_failure(post, error, _sentence(error), now, has_run=has_run)


def _sentence(error: BaseException) -> str:
    if isinstance(error, ConveneError):
        return str(error)
    if isinstance(error, OSError):
        return str(cannot_use(error.filename, error))
    return f"Convene made a mistake of its own ({type(error).__name__}). Look into state/convene.log, and report it."
