"""A private Postfix on loopback for tests: a real relay, with TLS, login, mailboxes and delivery reports.

    with Postfix(folder, certificates, mailboxes=("ana@example.org",)) as postfix:
        ...  # send to postfix.settings()
        assert postfix.mailbox("ana@example.org") == (b"...",)

Its configuration, queue and mail are in `folder`, which its own users must be able to enter; nothing of the machine's
own Postfix is touched. It needs root, since Postfix changes users. Mail for a domain that it neither has mailboxes
nor a route for is bounced: nothing leaves this machine.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import Message as Mime
from pathlib import Path
from pwd import getpwnam
from socket import create_connection, socket
from socketserver import StreamRequestHandler, ThreadingTCPServer
from tempfile import TemporaryDirectory
from threading import Thread
from types import TracebackType
from typing import Any, Self

from pipeline.model.settings import Password, SmtpSettings
from tests.support.relay import HOST, Certificates

LOGIN = Password("team", "s3cret")
TRACE = {"Return-Path", "X-Original-To", "Delivered-To", "Received"}
"""The headers that a mail server puts on top of a letter; it changes nothing else."""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks =
alias_maps =
alias_database =
local_header_rewrite_clients =
default_transport = error:nothing leaves this machine
transport_maps = inline:{{ {routes} }}
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = inline:{{ {mailboxes} }}
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_tls_chain_files = {folder}/server.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{login_port}
smtpd_sasl_security_options = noanonymous
"""

MASTER = """\
127.0.0.1:{port}  inet  n - n - - smtpd
127.0.0.1:{tls_port}  inet  n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup      unix  n - n 60 1 pickup
cleanup     unix  n - n - 0 cleanup
qmgr        unix  n - n 300 1 qmgr
tlsmgr      unix  - - n 1000? 1 tlsmgr
rewrite     unix  - - n - - trivial-rewrite
bounce      unix  - - n - 0 bounce
defer       unix  - - n - 0 bounce
trace       unix  - - n - 0 bounce
proxymap    unix  - - n - - proxymap
smtp        unix  - - n - - smtp
error       unix  - - n - - error
retry       unix  - - n - - error
virtual     unix  - n n - - virtual
anvil       unix  - - n - 1 anvil
showq       unix  n - n - - showq
postlog     unix-dgram n - n - 1 postlogd
"""


def why_not() -> str:
    """Say why no Postfix can be started here; nothing where one can."""
    if shutil.which("postfix") is None or shutil.which("postconf") is None:
        return "Postfix is not installed (Debian package postfix)"
    return "" if os.geteuid() == 0 else "only root can start a private Postfix"


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that Postfix's own users can enter, and remove it in the end."""
    with TemporaryDirectory(prefix="convene-postfix-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


class Postfix:
    """Postfix, from `with` to its end. `routes` maps a domain to a port of this machine that takes its mail."""

    def __init__(
        self,
        folder: Path,
        certificates: Certificates,
        mailboxes: tuple[str, ...],
        routes: Mapping[str, int] = {},
    ) -> None:
        self.folder, self._ca_file = folder, certificates.ca_file
        self.port, self.tls_port = free_ports(2)
        self._logins = ThreadingTCPServer((HOST, 0), _Login)
        self._logins.daemon_threads = True
        self._lay_out(certificates)
        self._configure(mailboxes, routes)

    def _lay_out(self, certificates: Certificates) -> None:
        owners = {"conf": "root", "queue": "root", "data": "postfix", "mail": "nobody"}
        for name, owner in owners.items():
            (self.folder / name).mkdir(mode=0o755)
            shutil.chown(self.folder / name, owner)
        key_and_chain = self.folder / "server.pem"
        certificates.authority.issue_cert(HOST).private_key_and_cert_chain_pem.write_to_path(
            str(key_and_chain)
        )

    def _configure(self, mailboxes: tuple[str, ...], routes: Mapping[str, int]) -> None:
        values = {
            "folder": self.folder,
            "port": self.port,
            "tls_port": self.tls_port,
            "login_port": self._logins.server_address[1],
            "user": getpwnam("nobody").pw_uid,
            "group": getpwnam("nobody").pw_gid,
            "domains": " ".join(sorted({address.partition("@")[2] for address in mailboxes})),
            "mailboxes": ", ".join(f"{address}={address}/" for address in mailboxes),
            "routes": ", ".join(f"{domain}=smtp:[{HOST}]:{port}" for domain, port in routes.items()),
        }
        for name, text in {"main.cf": MAIN, "master.cf": MASTER}.items():
            (self.folder / "conf" / name).write_text(text.format_map(values))

    def __enter__(self) -> Self:
        Thread(target=self._logins.serve_forever, args=(0.05,), daemon=True).start()
        command = ["postfix", "-c", str(self.folder / "conf"), "start-fg"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, start_new_session=True, **quiet)
        wait_for(self._answers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(int((self.folder / "queue" / "pid" / "master.pid").read_text()), signal.SIGTERM)
        self._process.wait(10)
        self._logins.shutdown()
        self._logins.server_close()
        wait_for(lambda: not self.processes())

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log()
        try:
            with create_connection((HOST, self.port), 5) as link:
                return link.recv(4) == b"220 "
        except OSError:
            return False

    def settings(self, security: str = "starttls", login: Password = LOGIN) -> SmtpSettings:
        """Return settings that reach this relay, by `starttls` or `tls`."""
        port = self.tls_port if security == "tls" else self.port
        return SmtpSettings(HOST, port, security, login, timeout=10, dot_timeout=10, ca_file=self._ca_file)

    def mailbox(self, address: str) -> tuple[bytes, ...]:
        """Return the mails in a mailbox, with CRLF as on the wire, in the order of arrival."""
        files = (self.folder / "mail" / address / "new").glob("*")
        arrived = sorted(files, key=lambda file: file.stat().st_mtime_ns)
        return tuple(file.read_bytes().replace(b"\n", b"\r\n") for file in arrived)

    def log(self) -> str:
        """Return what Postfix has told of itself so far."""
        file = self.folder / "log"
        return file.read_text() if file.exists() else ""

    def settle(self) -> None:
        """Wait until everything that was taken has been delivered or reported."""
        # Twice, since a letter may go while the report about it has just come.
        wait_for(lambda: not any(self._queued()) and not any(self._queued()))

    def _queued(self) -> Iterator[Path]:
        """Find the files of whole letters: Postfix marks them as executable."""
        for queue in ("maildrop", "incoming", "active", "deferred"):
            for file in (self.folder / "queue" / queue).glob("**/[0-9A-F]*"):
                with suppress(FileNotFoundError):
                    if file.is_file() and file.stat().st_mode & 0o100:
                        yield file

    def processes(self) -> list[str]:
        """Return the commands of every process that works in our folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                place = (process / "cwd").readlink()
                command = (process / "comm").read_text().strip()
            except OSError:
                continue
            if place.is_relative_to(self.folder):
                found.append(command)
        return found


class _Login(StreamRequestHandler):
    """Answers Postfix in Dovecot's authentication protocol (1.1), for one user and PLAIN."""

    def handle(self) -> None:
        self._say("VERSION\t1\t1", "MECH\tPLAIN\tplaintext", "SPID\t1", "CUID\t1", "COOKIE\t0", "DONE")
        for line in self.rfile:
            command, *fields = line.decode().rstrip("\n").split("\t")
            if command in {"AUTH", "CONT"}:
                self._answer(command, fields)

    def _answer(self, command: str, fields: list[str]) -> None:
        given = fields[-1].removeprefix("resp=")
        if command == "AUTH" and given == fields[-1]:
            self._say(f"CONT\t{fields[0]}\t")
            return
        right = b64encode(f"\0{LOGIN.username}\0{LOGIN.secret}".encode()).decode()
        user = b64decode(given).split(b"\0")[1].decode()
        self._say(f"{'OK' if given == right else 'FAIL'}\t{fields[0]}\tuser={user}")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\n" for line in lines).encode())


def wait_for(happens: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is so; fail when it is not in time."""
    end = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def as_sent(mail: bytes) -> bytes:
    """Return a mail without the headers that servers put on top of it."""
    field = re.compile(rb"([!-9;-~]+):[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*")
    at = 0
    while (found := field.match(mail, at)) and found[1].decode() in TRACE:
        at = found.end()
    return mail[at:]


def report_of(mail: bytes) -> tuple[Mime, Mime]:
    """Return, of a delivery report (RFC 3464), what is said of its one recipient, and the letter's own headers."""
    parts = list(message_from_bytes(mail).walk())
    return (
        next(part for part in parts if part["Final-Recipient"]),
        next(part for part in parts if part["X-Convene-Ref"]),
    )


def free_ports(count: int) -> list[int]:
    sockets = [socket() for _ in range(count)]
    for one in sockets:
        one.bind((HOST, 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports
