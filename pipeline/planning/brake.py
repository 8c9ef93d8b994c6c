"""The brake on mail that strangers cause: who applies gets an acknowledgement, and anybody can apply for anybody.

Decisions are never braked: who is an applicant hears what became of the application.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.decisions.verdict import Verdict
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.mailbox import domain_of, is_for_everybody, is_role, mailbox
from pipeline.model.message import VOID_STATES, Kind
from pipeline.model.settings import Limits

DAY = timedelta(days=1)

ALL = "all domains"
"""Under which acknowledgements are counted together; no domain has a space."""


class Brake(StrEnum):
    """Why somebody gets no acknowledgement."""

    SECOND = "the address has heard of two applicants"
    ROLE = "no person's mailbox, or the call's own"
    DOMAIN = "limits.acknowledgements_per_domain"
    DAY = "limits.acknowledgements_per_day"


@dataclass(frozen=True, slots=True)
class Braked:
    """Somebody who is owed an acknowledgement, and what keeps it back."""

    reference: str
    row: int
    brake: Brake


def find_braked(
    owed: tuple[Verdict, ...],
    history: History,
    limits: Limits,
    own: Collection[str],
    now: datetime,
    decided: Iterable[Verdict] = (),
) -> tuple[Braked, ...]:
    """Name those of `owed` who get no acknowledgement now, in the order of applying; `own` is the call's own mail.

    `decided` are people of whom something is concluded: they hear of it.
    """
    ours = set(map(mailbox, own))
    sent = Counter(_domains_of_the_day(history, now))
    sent[ALL] = sent.total()
    heard = _heard(history, decided)
    found = []
    for verdict in sorted(owed, key=lambda one: (one.case.applicant.response.submitted, one.reference)):
        address = verdict.case.applicant.response.address
        others = heard[mailbox(address)]
        brake = Brake.SECOND if len(others) > 1 else _bound(address, sent, limits)
        brake = Brake.ROLE if is_role(address) or mailbox(address) in ours else brake
        if brake:
            found.append(Braked(verdict.reference, verdict.case.applicant.row, brake))
        else:
            sent.update((domain_of(address), ALL))
            others.add(verdict.reference)
    return tuple(found)


def _heard(history: History, decided: Iterable[Verdict]) -> dict[str, set[str]]:
    """Return, by mailbox, of which applicants it has heard: a second one it hears of, so that a swindle is noticed."""
    heard: dict[str, set[str]] = defaultdict(set)
    for message in history.posted:
        if message.state not in VOID_STATES:
            heard[mailbox(message.to)].add(message.reference)
    for verdict in decided:
        heard[mailbox(verdict.case.applicant.response.address)].add(verdict.reference)
    return heard


def _domains_of_the_day(history: History, now: datetime) -> Iterator[str]:
    """Return the domain of every acknowledgement of the last 24 hours, also of those that are on their way."""
    for message in history.posted:
        is_recent = now - DAY < message.at <= now
        if message.kind == Kind.RECEIVED and is_recent and message.state not in VOID_STATES:
            yield domain_of(message.to)


def _bound(address: str, sent: Counter[str], limits: Limits) -> Brake | None:
    domain = domain_of(address)
    if sent[domain] >= limits.acknowledgements_per_domain and not is_for_everybody(domain):
        return Brake.DOMAIN
    return Brake.DAY if sent[ALL] >= limits.acknowledgements_per_day else None
