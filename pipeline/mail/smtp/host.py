"""The relay as a host: reached, encrypted and logged in to, or a sentence that says why not."""

from ipaddress import ip_address
from ssl import (
    SSLCertVerificationError,
    SSLContext,
    SSLEOFError,
    SSLError,
    SSLZeroReturnError,
    create_default_context,
)
from threading import Lock

from pipeline.mail.base import Handover
from pipeline.mail.smtp.login import Answer, by_password, by_token, fetcher, remedy
from pipeline.mail.smtp.replies import Stage, read_reply
from pipeline.mail.smtp.wire import Wire, decoded, is_no_name, reason, words
from pipeline.mail.tokens.base import Tokens
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.settings import GoogleToken, MicrosoftToken, Password, SmtpSettings
from pipeline.model.text import one_line

_SETTINGS = "mail.smtp in config/service.yaml"


class Host:
    """One relay; its certificates and its token are kept from one connection to the next, also side by side."""

    def __init__(self, settings: SmtpSettings, local_hostname: str) -> None:
        self._settings, self._local_hostname = settings, local_hostname
        self._tokens = (
            Tokens(fetcher(settings.login, settings.timeout))
            if isinstance(settings.login, GoogleToken | MicrosoftToken)
            else None
        )
        self._context: SSLContext | None = None
        self._lock = Lock()
        self.where = f"{settings.host}:{settings.port}"

    def connect(self) -> Wire:
        """Begin a connection that is ready for a letter. Raises MailRejectsUs and MailUnavailable."""
        wire = Wire(self._settings.timeout)
        try:
            self._greet(wire)
        except BaseException as error:
            wire.drop()
            if isinstance(error, SSLError) and not isinstance(error, SSLEOFError | SSLZeroReturnError):
                raise self._untrusted(error) from error
            if isinstance(error, OSError | UnicodeError):  # a host name can be none at all
                raise self.unavailable(error) from error
            raise
        return wire

    def _greet(self, wire: Wire) -> None:
        settings = self._settings
        wire.open(settings.host, settings.port, self._local_hostname)
        if settings.security == "tls":
            wire.encrypt(self._trust(), settings.host)
        may_be_read = settings.security == "none" and settings.unencrypted == "refused"
        if may_be_read and not ip_address(wire.link.getpeername()[0]).is_loopback:
            raise self._rejected(
                "nothing is sent unencrypted but on this machine. Set security to starttls or tls"
            )
        self.expect(wire.getreply(), Stage.CONNECT)
        self.expect(wire.ehlo(), Stage.CONNECT)
        if settings.security == "starttls":
            self._start_tls(wire)
        self._log_in(wire)

    def _start_tls(self, wire: Wire) -> None:
        if not wire.has_extn("starttls"):
            raise self._rejected(
                "does not offer STARTTLS, and nothing is sent unencrypted. Try security tls and port 465"
            )
        self.expect(wire.docmd("STARTTLS"), Stage.CONNECT)
        wire.encrypt(self._trust(), self._settings.host)
        self.expect(wire.ehlo(), Stage.CONNECT)

    def _log_in(self, wire: Wire) -> None:
        login = self._settings.login
        if isinstance(login, Password):
            answer, wanted = by_password(wire, login), "a password (PLAIN or LOGIN)"
        elif login and self._tokens:
            answer, wanted = self._show_token(wire, login.user, self._tokens), "an access token (XOAUTH2)"
        else:
            return
        if answer is None:
            raise self._rejected(f"offers no login with {wanted}. Check host, security and port")
        self.expect((answer.code, answer.text), Stage.LOGIN, answer.private)

    def _show_token(self, wire: Wire, user: str, tokens: Tokens) -> Answer | None:
        kept = tokens.kept()
        answer = by_token(wire, user, kept or tokens.fresh())
        if kept and answer and answer.code == 535:  # it may have been taken back before its end
            answer = by_token(wire, user, tokens.fresh())
        return answer

    def _trust(self) -> SSLContext:
        with self._lock:
            self._context = self._context or self._read_certificates()
            return self._context

    def _read_certificates(self) -> SSLContext:
        try:
            return create_default_context(cafile=self._settings.ca_file or None)
        except OSError as error:
            raise self._rejected("its ca_file cannot be read as certificates. Correct ca_file") from error

    def expect(self, answer: tuple[int, bytes], stage: Stage, private: tuple[str, ...] = ()) -> None:
        """Raise `MailRejectsUs` for a lasting refusal (5xx), `MailUnavailable` for all else but a yes."""
        code, text = answer
        if read_reply(code, decoded(text), stage) is Handover.ACCEPTED:
            return
        said = words(code, text, private)
        if not 500 <= code <= 599:
            raise MailUnavailable(
                f"{self.where}: not now ({said}). Every message is kept; run again later.", passes=True
            )
        if stage is Stage.LOGIN:
            raise self._rejected(f"refuses the login ({said}). {remedy(self._settings.login, said)}")
        raise self._rejected(f"turns us away ({said}). Ask who runs it, or correct host and port")

    def _rejected(self, what: str) -> MailRejectsUs:
        return MailRejectsUs(
            f"{self.where}: {what} under {_SETTINGS}, then run again. Every message is kept."
        )

    def _untrusted(self, error: SSLError) -> MailRejectsUs:
        if isinstance(error, SSLCertVerificationError):
            said = one_line(error.verify_message)
            return self._rejected(
                f"its certificate is not trusted ({said}). Correct host, or name a ca_file,"
            )
        return self._rejected("does not speak TLS as was asked for. Correct security and port")

    def unavailable(self, error: OSError | UnicodeError) -> MailUnavailable:
        """Return what to raise where the relay cannot be reached."""
        return MailUnavailable(
            f"{self.where}: {reason(error)}. Every message is kept; "
            f"run again later, or correct host and port under {_SETTINGS}.",
            passes=not is_no_name(error),
        )
