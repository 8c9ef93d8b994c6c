"""Mail through a relay over SMTP: one connection for many letters, and one short moment of doubt in each.

The final dot leaves on its own, after `commit`, and only a whole reply to it is an answer. Sender, recipient and DATA
go together where the relay offers PIPELINING (RFC 2920), the text only when each of them is answered. How bytes travel
is left to `wire`, what a reply means to `replies`, connecting and logging in to `host`.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from smtplib import SMTPServerDisconnected
from ssl import SSLSocket

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.mail.smtp.host import Host
from pipeline.mail.smtp.replies import Stage, likeness, read_reply
from pipeline.mail.smtp.wire import Answer, Wire, decoded, reason, words
from pipeline.model.settings import Password, SmtpSettings

_GOODBYE = 5.0  # seconds that a relay has to answer QUIT, which changes nothing
_ENVELOPE = re.compile(
    r'(?!.{321})(?:[!#-;=?-~\x80-\U0010ffff]+|"(?:[ !#-\[\]-~\x80-\U0010ffff]|\\[ -~])+"@[!-;=?-~]+)'
)
_WIRE_FORM = re.compile(rb"(?:[^\r\n\0\x80-\xff]{0,998}\r\n)+")
_WIRE_FORM_UTF8 = re.compile(rb"(?:[^\r\n\0]{0,998}\r\n)+")
_SPELLING = (
    "not sent: the address has letters that need a mail server with SMTPUTF8, and this one does not offer it; "
    "ask the person for another address"
)


class SmtpMailer:
    """A `Mailer` over one relay; the connection is opened at the first letter and used for all of them.

    `local_hostname` is how we introduce ourselves (EHLO); left empty, by our address. After `per_connection`
    letters, refused ones included, a new connection is opened. `host` may be shared with other connections.
    """

    def __init__(
        self,
        settings: SmtpSettings,
        local_hostname: str = "",
        per_connection: int | None = None,
        host: Host | None = None,
    ) -> None:
        self._settings = settings
        self._host = host or Host(settings, local_hostname)
        self._per_connection = per_connection
        self._letters = 0  # begun on this connection
        self._is_clear = True  # nothing is left on it of a letter that was not taken
        self._wire: Wire | None = None

    def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        if not (_ENVELOPE.fullmatch(letter.sender) and _ENVELOPE.fullmatch(letter.to)):
            return Reply(Handover.REFUSED, "not sent: the address cannot be put to a relay")
        # A bare CR or LF could pass for the end of the letter, and so for the dot, with some relays.
        wire_form = _WIRE_FORM if letter.to.isascii() else _WIRE_FORM_UTF8
        if not wire_form.fullmatch(letter.data):
            return Reply(
                Handover.REFUSED, "not sent: the letter is not made of short ASCII lines ending in CRLF"
            )
        try:
            return self._hand_over(letter) or self._seal(letter, commit)
        except BaseException:
            self._drop()
            raise

    def has(self, message_id: str) -> bool | None:
        """Return None: a relay cannot be asked afterwards."""

    def check(self) -> str:
        try:
            wire = self._get_ready()
            self._host.expect(wire.noop(), Stage.CONNECT)
            version = wire.link.version() if isinstance(wire.link, SSLSocket) else None
        except OSError as error:
            raise self._host.unavailable(error) from error
        finally:
            self.close()
        taken = "login" if self._settings.login else "connection"
        return f"{self._host.where} accepts the {taken} ({version or 'not encrypted'})"

    def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is None:
            return
        try:
            with suppress(OSError):
                wire.putcmd("QUIT")
                wire.reply_within(min(_GOODBYE, self._settings.timeout))
        finally:
            with suppress(OSError):
                wire.close()

    # --- one letter ------------------------------------------------------------------------------------

    def _hand_over(self, letter: Letter) -> Reply | None:
        """Bring the relay to where only the dot is missing (None), or say how it ended, surely unaccepted."""
        try:
            return self._name(letter) or self._send_body(letter)
        except OSError as error:
            self._drop()
            said = f"{reason(error)} before the letter was whole"
            return Reply(Handover.DEFERRED, said, said if isinstance(error, TimeoutError) else "")

    def _name(self, letter: Letter) -> Reply | None:
        """Name sender and recipient, and be told to go ahead (None), or say why not."""
        before = self._wire
        used = self._get_ready() is before
        if unfit := self._measure(letter) or self._spell(letter):
            return unfit
        answers = self._ask(letter, used=used)
        for stage in (Stage.MAIL, Stage.RCPT, Stage.DATA):
            if reply := self._read(letter, stage, next(answers)):
                self._hear_out(answers)
                return reply
        return None

    def _ask(self, letter: Letter, *, used: bool) -> Iterator[Answer]:
        """Yield the answers to the envelope; those of a new connection where the relay has had enough of this one."""
        answers = self._put(letter)
        first = _first(answers) if used else next(answers)
        if first is None:
            self._drop()
            self._get_ready()
            answers = self._put(letter)
            first = next(answers)
        yield first
        yield from answers

    def _put(self, letter: Letter) -> Iterator[Answer]:
        self._letters += 1
        self._is_clear = False
        needs = "" if letter.to.isascii() else " SMTPUTF8 BODY=8BITMIME"
        return self._open.ask(f"MAIL FROM:<{letter.sender}>{needs}", f"RCPT TO:<{letter.to}>", "DATA")

    def _hear_out(self, answers: Iterator[Answer]) -> None:
        """Hear what the relay says to what was asked together with that which it would not have.

        A 354 among it would be for a letter to nobody (RFC 2920, 3.1). The connection ends then: no dot ever leaves
        without a commit.
        """
        if self._wire is None or not self._wire.pipelines:
            return
        try:
            codes = [code for code, _ in answers]
        except OSError:
            codes = [0]
        if codes and not (all(map(_goes_on, codes)) and codes[-1] >= 400):
            self._drop()

    def _spell(self, letter: Letter) -> Reply | None:
        """Refuse letters before the @ that this relay cannot be told (RFC 6531, 3.1: it must offer both)."""
        offered = self._open.esmtp_features
        if letter.to.isascii() or {"smtputf8", "8bitmime"} <= offered.keys():
            return None
        return Reply(Handover.REFUSED, _SPELLING)

    def _measure(self, letter: Letter) -> Reply | None:
        """Heed the largest size that the relay named in its answer to EHLO (RFC 1870; 0 or nothing: none)."""
        named, size = self._open.esmtp_features.get("size", "").strip(), len(letter.data)
        if not (named.isdecimal() and 0 < int(named) < size):
            return None
        said = f"not sent: it has {size} bytes, and the relay takes {int(named)} at most"
        return Reply(Handover.BLOCKED, said, likeness(said))

    def _send_body(self, letter: Letter) -> Reply | None:
        self._open.send(re.sub(rb"(?m)^\.", b"..", letter.data))
        # A reply that is already here is not one to the dot, and must never be taken for it.
        if not self._open.spoke_unasked():
            return None
        reply = self._read(letter, Stage.DATA, self._open.getreply())
        self._drop()
        return reply or Reply(Handover.DEFERRED, "the relay spoke before the letter was whole")

    def _seal(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        """Send the dot. Nothing may come between `commit` and it, and only a whole reply is an answer."""
        wire = self._open
        commit()
        try:
            wire.send(b".\r\n")
            answer = wire.reply_within(self._settings.dot_timeout)
        except OSError as error:
            self._drop()
            return Reply(Handover.IN_DOUBT, f"{reason(error)} after the final dot")
        if reply := self._read(letter, Stage.DOT, answer):
            return reply
        self._is_clear = True  # RFC 5321, 4.1.1.4: nothing is left of a letter that was taken
        return Reply(Handover.ACCEPTED, words(*answer, self._private(letter)))

    def _private(self, letter: Letter) -> tuple[str, ...]:
        """Return what no answer may be shown with, should the relay repeat it."""
        login = self._settings.login
        return (letter.to, login.secret) if isinstance(login, Password) else (letter.to,)

    def _read(self, letter: Letter, stage: Stage, answer: Answer) -> Reply | None:
        """Return None where the relay agrees; a connection that is out of step or closing is dropped."""
        code, text = answer
        outcome = read_reply(code, decoded(text), stage)
        if outcome is Handover.ACCEPTED:
            return None
        if code == 421 or not 400 <= code <= 599:
            self._drop()
        said = words(code, text, self._private(letter))
        is_no = outcome in {Handover.REFUSED, Handover.BLOCKED}
        return Reply(outcome, said, likeness(said) if is_no else "", passes=code < 500)

    # --- the connection --------------------------------------------------------------------------------

    @property
    def _open(self) -> Wire:
        if self._wire is None:
            raise SMTPServerDisconnected("not connected")
        return self._wire

    def _drop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.drop()

    def _get_ready(self) -> Wire:
        """Clear the connection for a letter; begin a new one where the old one has ended or had its share."""
        if self._per_connection and self._letters >= self._per_connection:
            self.close()
        if self._wire is not None and not self._is_free(self._wire):
            self._drop()
        if self._wire is None:
            self._wire, self._letters, self._is_clear = self._host.connect(), 0, True
        return self._wire

    def _is_free(self, wire: Wire) -> bool:
        try:
            return not wire.spoke_unasked() and (self._is_clear or wire.rset()[0] == 250)
        except OSError:
            return False


def _first(answers: Iterator[Answer]) -> Answer | None:
    """Return the answer to MAIL; None where the relay has had enough of a connection that was used before."""
    try:
        answer = next(answers)
    except OSError:
        return None
    return answer if _goes_on(answer[0]) else None


def _goes_on(code: int) -> bool:
    """Whether the connection goes on after a reply to MAIL, RCPT or a DATA that is refused."""
    return 200 <= code <= 299 or (400 <= code <= 599 and code != 421)
