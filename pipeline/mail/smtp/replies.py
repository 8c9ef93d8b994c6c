"""What a relay's reply means for one letter: a table, because no two providers agree on the codes.

The question each row answers is whose trouble it is. The recipient's concerns this letter only; ours (quota,
login, sender, the relay itself, and what all our letters have in common) would hit every letter after it, so
sending stops and all are kept.
"""

import re
from enum import StrEnum

from pipeline.mail.base import Handover
from pipeline.model.frozen import dataclass


class Stage(StrEnum):
    """What the relay was asked when it replied; `DATA` is the command, `DOT` the end of the letter."""

    CONNECT = "connect"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row: a refusal at one of `stages` whose code, status and words all match means `outcome`.

    `status` is an RFC 3463 status as a pattern, `says` a pattern for the words without regard to case; what
    is left empty matches everything. `source` is where the provider or standard says so.
    """

    outcome: Handover
    source: str
    codes: tuple[int, ...] = ()
    status: str = ""
    says: str = ""
    stages: tuple[Stage, ...] = tuple(Stage)

    def fits(self, code: int, status: str, words: str, stage: Stage) -> bool:
        """Whether this row speaks of that reply."""
        return (
            stage in self.stages
            and (not self.codes or code in self.codes)
            and (not self.status or re.fullmatch(self.status, status) is not None)
            and (not self.says or re.search(self.says, words, re.IGNORECASE) is not None)
        )


_WITH_TEXT = (Stage.DATA, Stage.DOT)
_FOR_GOOD = tuple(range(500, 600))
_LISTS = r"\b(block|black|deny)[ -]?list|\b(dns|r)bls?\b|spamhaus|spamcop|barracuda"
_TOO_LARGE = r"\b(message|mail|data)\b.*\b(size|too (big|large))\b|\bsize (limit )?exceed"
_BEFORE_RECIPIENT = (Stage.CONNECT, Stage.LOGIN, Stage.MAIL)
_GOOGLE = "Google, Gmail SMTP errors and codes (support.google.com/a/answer/3726730)"
_MICROSOFT = "Microsoft, improvements to SMTP submission (Exchange Online)"
_MICROSOFT_NDR = "Microsoft, non-delivery reports in Exchange Online"
_AMAZON = "Amazon, SMTP response codes returned by SES"
_RECIPIENT = "RFC 3463, 3.2 and 3.3: address or mailbox of the recipient"
_CONTENT = (
    "words of SpamAssassin, Rspamd, Exchange and Google for letters that look like spam or break a policy"
)
_LISTED = "words of relays that ask a list of bad senders (Spamhaus, SpamCop, Barracuda and others)"
_POSTFIX = "Postfix, smtpd_delay_reject: trouble with the sender is told at RCPT"

# Read from the top, the first row that fits decides: what blames somebody in words or by status comes before
# what only has a code.
TABLE: tuple[Meaning, ...] = (
    Meaning(
        Handover.STOPPED, "RFC 5321, 3.3: no recipient named yet, so it is about us", stages=_BEFORE_RECIPIENT
    ),
    # quota and throttling
    Meaning(Handover.STOPPED, _GOOGLE, status=r"[45]\.4\.5"),
    Meaning(Handover.STOPPED, _GOOGLE, status=r"4\.2\.1", says=r"\bpeak\b"),
    Meaning(
        Handover.STOPPED, _GOOGLE, status=r"[45]\.7\.\d+", says=r"relay limit|\bdaily\b|sending (quota|limit)"
    ),
    Meaning(Handover.STOPPED, _MICROSOFT, says=r"SubmissionQuotaExceeded|STOREDRV\.Submission"),
    Meaning(Handover.STOPPED, _MICROSOFT, codes=(554,), status=r"5\.2\.2", stages=(Stage.DATA, Stage.DOT)),
    Meaning(Handover.DEFERRED, _MICROSOFT_NDR, says=r"recipient thread limit"),
    Meaning(Handover.STOPPED, _MICROSOFT_NDR, status=r"4\.7\.(5\d\d|6\d\d)"),
    Meaning(Handover.STOPPED, _AMAZON, says=r"throttling|sending (rate|paused)|message quota"),
    Meaning(Handover.STOPPED, _AMAZON, codes=(554,), says=r"address is not verified|access denied: user"),
    # login and encryption
    Meaning(Handover.STOPPED, _MICROSOFT + ": basic login is off", status=r"5\.7\.30"),
    Meaning(Handover.STOPPED, _MICROSOFT_NDR + ": not logged in", status=r"5\.7\.(57|139)"),
    Meaning(
        Handover.STOPPED, "RFC 4954, 6 and RFC 5248: login and encryption", status=r"[45]\.7\.(8|9|1[0-4])"
    ),
    # an address of the recipient's, whatever another server is quoted with (Postfix verifies addresses so)
    Meaning(Handover.DEFERRED, _RECIPIENT, stages=(Stage.RCPT,), status=r"4\.1\.[1236]"),
    Meaning(Handover.REFUSED, _RECIPIENT, stages=(Stage.RCPT,), status=r"5\.1\.[1236]"),
    # the sender
    Meaning(Handover.STOPPED, "RFC 3463, 3.2: address of the sender", status=r"[45]\.1\.[78]"),
    Meaning(Handover.STOPPED, _MICROSOFT_NDR + ": sends as", status=r"5\.7\.60|5\.2\.252"),
    Meaning(Handover.STOPPED, _MICROSOFT_NDR + ": sender blocked", status=r"5\.7\.(50[1-3]|511|70[58]|750)"),
    Meaning(Handover.STOPPED, "RFC 7372, 3: SPF, DKIM or reverse DNS of the sender", status=r"[45]\.7\.2\d"),
    Meaning(Handover.STOPPED, _POSTFIX, says=r"(sender address|helo command) rejected"),
    Meaning(Handover.STOPPED, _POSTFIX, says=r"client host (\S+ )?(rejected|blocked)"),
    Meaning(Handover.STOPPED, "Exim, sender verification", says=r"sender verify failed"),
    Meaning(
        Handover.STOPPED,
        "Postfix, Exim, Google, Exchange and qmail in turn: not one of ours, log in first",
        says=r"relay access denied|relay(ing)? (not permitted|denied)|unable to relay|allowed rcpthosts",
    ),
    # the relay itself
    Meaning(Handover.STOPPED, "RFC 3463, 3.4: the relay is full, or closed for now", status=r"[45]\.3\.[12]"),
    Meaning(
        Handover.STOPPED,
        "RFC 3463, 3.6: the relay did not expect that command",
        (500, 502, 503),
        status=r"5\.5\.1",
    ),
    # the recipient: an address or a mailbox, whatever the code
    Meaning(Handover.DEFERRED, _RECIPIENT, status=r"4\.[12]\.\d+"),
    Meaning(Handover.REFUSED, _RECIPIENT, status=r"5\.[12]\.\d+"),
    # what every letter of ours has in common: where it comes from, what it holds, how large it is
    Meaning(Handover.BLOCKED, _LISTED, _FOR_GOOD, says=_LISTS),
    Meaning(Handover.BLOCKED, "RFC 3463, 3.4: larger than the relay takes", status=r"5\.3\.4"),
    Meaning(Handover.BLOCKED, "RFC 1870, 6.3, and words without a status", (552, 554), says=_TOO_LARGE),
    Meaning(Handover.BLOCKED, _CONTENT, _FOR_GOOD, says=r"\b(spam|malware|virus(es)?|phishing)\b"),
    Meaning(Handover.BLOCKED, _CONTENT, _FOR_GOOD, says=r"\b(content|policy)\b", stages=_WITH_TEXT),
    Meaning(Handover.BLOCKED, "RFC 3463, 3.7: the content", status=r"5\.6\.\d+", stages=_WITH_TEXT),
    Meaning(Handover.BLOCKED, "RFC 3463, 3.8: a policy", status=r"5\.7\.\d+", stages=_WITH_TEXT),
    # codes that are never about one recipient
    Meaning(Handover.STOPPED, "RFC 5321, 3.8: closes the connection", codes=(421,)),
    Meaning(Handover.STOPPED, "RFC 4954, 6 and " + _MICROSOFT, codes=(432, 454, 530, 534, 535, 538)),
    Meaning(Handover.STOPPED, "RFC 5321, 4.2.2: commands, not recipients", codes=(500, 502, 503)),
    # any other status says by its class whether to try again, whatever the code
    Meaning(Handover.DEFERRED, "RFC 3463, 2: persistent transient failure", status=r"4\.\d+\.\d+"),
    Meaning(Handover.REFUSED, "RFC 3463, 2: permanent failure", status=r"5\.\d+\.\d+"),
)

_CODES = re.compile(r"\d{3} ([45]\.\d{1,3}\.\d{1,3}(?!\S))?")
_PARTICULARS = re.compile(r"\S*[\d@…]\S*")
_STATUS = re.compile(r"\s*([45]\.\d{1,3}\.\d{1,3})(?!\S)")


def read_reply(code: int, text: str, stage: Stage) -> Handover:
    """Say what the reply `code` `text` at `stage` means for the letter.

    `ACCEPTED` means that the relay agrees to this stage; only at the dot has it the letter. What is no reply
    (another code, or a good one where it makes no sense) is `IN_DOUBT` at the dot and `DEFERRED` before it.
    """
    if _agrees(code, stage):
        return Handover.ACCEPTED
    if not 400 <= code <= 599:
        return Handover.IN_DOUBT if stage is Stage.DOT else Handover.DEFERRED
    found = _STATUS.match(text)
    status = found[1] if found else ""
    told = (row.outcome for row in TABLE if row.fits(code, status, text, stage))
    return next(told, Handover.DEFERRED if code < 500 else Handover.REFUSED)


def likeness(said: str) -> str:
    """Return a reply's words without what differs from letter to letter (ids, addresses, times): see `Reply`."""
    found = _CODES.match(said)
    codes = found[0] if found else ""
    return codes + _PARTICULARS.sub("#", said[len(codes) :])


def _agrees(code: int, stage: Stage) -> bool:
    return code == 354 if stage is Stage.DATA else 200 <= code <= 299
