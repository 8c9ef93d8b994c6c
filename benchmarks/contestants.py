"""What is measured: each contestant is a process of its own that prints the seconds of its sending step.

As a program (`python -m benchmarks.contestants WHAT LEDGER PORT CA_FILE`) it is one of ours: `loop` (smtplib, one
connection, no ledger) or a number (Convene with so many connections), sending what LEDGER has prepared.
"""

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path
from smtplib import SMTP, SMTP_SSL
from ssl import create_default_context

from benchmarks.people import AS_OF, PASSWORD, USER, Server, send_to
from benchmarks.servers import PINNED
from pipeline.ledger.sqlite import Ledger
from pipeline.ledger.witness import Witness
from pipeline.model.message import Letter
from pipeline.model.settings import LedgerSettings, MailSettings, Password, Rate, Sender, SmtpSettings
from pipeline.model.witness import reached_by
from pipeline.running.clock import Clock
from pipeline.running.outside import Outside
from pipeline.running.sending import Sending, Watch
from pipeline.running.workspace import Mailers

HERE = Path(__file__).parent
GROUP = LedgerSettings().group
MAILMERGE = "mailmerge==2.3.0"
CONVENE = str(Path(sys.executable).parent / "convene")


# --- our own, in this process ------------------------------------------------------------------------------


def convene(ledger: Path, server: Server, connections: int) -> float:
    """Send what is prepared through Convene's sending step; return seconds."""
    login = Password(USER, PASSWORD) if server.ca_file else None
    security = "tls" if server.ca_file else "none"
    relay = SmtpSettings("127.0.0.1", server.port, security, login, ca_file=server.ca_file)
    mail = MailSettings(Sender("team@example.org"), relay, Rate(connections=connections))
    with closing(open_witnessed(ledger, GROUP)) as book:
        ids = tuple(message.id for message in book.history().posted)
        clock = Clock(datetime.fromisoformat(AS_OF).replace(tzinfo=UTC))  # when what they say is true
        begun = time.perf_counter()
        tally = Sending(book, Mailers(mail), mail, clock, Watch()).send(ids)
        seconds = time.perf_counter() - begun
    if tally.sent != len(ids):
        raise RuntimeError(f"not everything was sent: {tally}")
    return seconds


def loop(ledger: Path, server: Server) -> float:
    """Send the same bytes with smtplib over one connection, remembering nothing; return seconds."""
    letters = letters_of(ledger)
    begun = time.perf_counter()
    if server.ca_file:
        context = create_default_context(cafile=server.ca_file)
        connection: SMTP = SMTP_SSL("127.0.0.1", server.port, context=context)
        connection.login(USER, PASSWORD)
    else:
        connection = SMTP("127.0.0.1", server.port)
    with connection:
        for letter in letters:
            connection.sendmail(letter.sender, letter.to, letter.data)
    return time.perf_counter() - begun


def open_witnessed(path: Path, group: int) -> Ledger:
    """Open a ledger that is witnessed as in a run."""
    ledger = Ledger(path, call_of(path))
    history, outside = ledger.history(), Outside(Witness(path.parent / "witness", path))
    witness = partial(outside.record, history.ledger, ledger.call)
    witness(reached_by(history))
    ledger.be_witnessed(witness, group)
    return ledger


def call_of(ledger: Path) -> str:
    with closing(sqlite3.connect(ledger)) as db:
        return str(db.execute("SELECT call FROM messages LIMIT 1").fetchone()[0])


def letters_of(ledger: Path) -> list[Letter]:
    with closing(Ledger(ledger, call_of(ledger))) as book:
        ids = tuple(message.id for message in book.history().posted)
        return [outgoing.letter for outgoing in book.outgoing(ids)]


# --- each as a process ---------------------------------------------------------------------------------------


def timed_sending(what: str, prepared: Path, server: Server) -> float:
    """Have one of ours send a copy of a prepared ledger; return the seconds of sending alone."""
    ledger = prepared.with_name("sending.sqlite")
    for file in prepared.parent.glob("sending.sqlite*"):
        file.unlink()
    shutil.rmtree(prepared.parent / "witness", ignore_errors=True)
    shutil.copy(prepared, ledger)
    arguments = (what, str(ledger), str(server.port), server.ca_file)
    return float(_run((sys.executable, "-m", "benchmarks.contestants", *arguments)))


def count_sent(ledger: Path) -> int:
    """Count the messages that a ledger says were accepted."""
    with closing(sqlite3.connect(ledger)) as db:
        return int(db.execute("SELECT count(*) FROM messages WHERE state = 'accepted'").fetchone()[0])


def timed_mailmerge(python: str, folder: Path) -> float:
    """Have mailmerge send; return the seconds of its sending alone."""
    return float(_run((python, str(HERE / "rival.py"), "send", str(folder)), folder))


def whole_mailmerge(python: str, folder: Path) -> float:
    """Run mailmerge from start to end; return seconds."""
    begun = time.perf_counter()
    _run((python, str(HERE / "rival.py"), "run", str(folder)), folder)
    return time.perf_counter() - begun


def whole_convene(workspace: Path, server: Server, connections: int, people: int) -> float:
    """Run Convene on a copy of a workspace from start to end; return seconds."""
    copy = workspace.with_name("running")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(workspace, copy)
    send_to(copy, server, connections)
    begun = time.perf_counter()
    _run((CONVENE, "run", "-C", str(copy), "--as-of", AS_OF))
    seconds = time.perf_counter() - begun
    if count_sent(copy / "state" / "ledger.sqlite") != people:
        raise RuntimeError("not everything was sent")
    return seconds


def _run(command: tuple[str, ...], folder: Path | None = None) -> str:
    environment = {**os.environ, "PASSWORD": PASSWORD}
    if folder and (folder / "authorities").exists():
        environment["SSL_CERT_FILE"] = (folder / "authorities").read_text()
    done = subprocess.run(
        [*PINNED, *command], cwd=HERE.parent, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


# --- mailmerge -----------------------------------------------------------------------------------------------


def get_mailmerge(folder: Path) -> str:
    """Return the Python of a virtual environment with mailmerge; it is made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", MAILMERGE], check=True)
    return str(python)


def set_mailmerge_up(folder: Path, prepared: Path, server: Server) -> None:
    """Give mailmerge as many people as the ledger has letters, and one of these letters as its template.

    Text and HTML are those of the last letter but for the name, so that about as many bytes leave.
    """
    folder.mkdir(exist_ok=True)
    letters = letters_of(prepared)
    mail = message_from_bytes(letters[-1].data)
    text, html = ((part.get_payload(decode=True) or b"") for part in list(mail.walk())[1:])
    head = "TO: {{email}}\nSUBJECT: Your application\nFROM: RAN PRISONS <ran-prisons@example.org>\n"
    body = ""
    for kind, content in (("plain", text), ("html", html)):
        named = re.sub(r"(Dear )[^,<\n]+", r"\1{{name}}", bytes(content).decode())
        body += f'--mark\nContent-Type: text/{kind}; charset="utf-8"\n\n{named.replace(chr(13), "")}\n\n'
    form = 'MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="mark"\n\n'
    (folder / "template.txt").write_text(f"{head}{form}{body}--mark--\n", encoding="utf-8")
    with (folder / "database.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("email", "name", "number"))
        writer.writerows((letter.to, f"Zoë Person {n}", n) for n, letter in enumerate(letters))
    _configure(folder, server)


def _configure(folder: Path, server: Server) -> None:
    secure = f"security = SSL/TLS\nusername = {USER}\n" if server.ca_file else ""
    (folder / "server.conf").write_text(f"[smtp_server]\nhost = 127.0.0.1\nport = {server.port}\n{secure}")
    (folder / "authorities").unlink(missing_ok=True)
    if server.ca_file:
        (folder / "authorities").write_text(server.ca_file)


if __name__ == "__main__":
    place = Server(int(sys.argv[3]), sys.argv[4])
    if sys.argv[1] == "loop":
        print(loop(Path(sys.argv[2]), place))
    else:
        print(convene(Path(sys.argv[2]), place, int(sys.argv[1])))
