"""A workspace with as many invented applicants as are asked for, for measuring."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from pipeline.commands.demo_call.people import LABEL, read_responses
from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.messages.compose import compose, make_message_id
from pipeline.model.message import Letter, Message
from pipeline.model.sheet import CellValue
from pipeline.running.clock import Clock
from pipeline.running.run import plan_run
from pipeline.running.workspace import example, open_workspace
from pipeline.sheets.xlsx.workbook import create_workbook

AS_OF = "2023-08-02T07:00"
"""When the shipped call tells everybody what was decided."""

SERVICE = """\
sheet: {{kind: workbook, path: responses.xlsx}}
mail:
  from: {{address: ran-prisons@example.org, name: RAN PRISONS}}
  kind: {kind}
  outbox: {{path: state/outbox}}
{smtp}
  rate: {{connections: {connections}}}
limits: {{messages_per_run: 1000000, acknowledgements_per_domain: 1000000, acknowledgements_per_day: 1000000}}
"""


@dataclass(frozen=True)
class Server:
    """Where a measured program sends to; with `ca_file`, by TLS and with a login."""

    port: int
    ca_file: str = ""


USER, PASSWORD = "team", "s3cret"


def make_workspace(folder: Path, people: int) -> None:
    """Make a workspace of the shipped call with so many responses, that sends into the local outbox."""
    for name in ("config", "templates"):
        shutil.copytree(example() / name, folder / name)
    headers, rows = make_rows(people)
    create_workbook(folder / "responses.xlsx", headers, rows)
    send_to(folder)


def make_rows(people: int) -> tuple[tuple[str, ...], tuple[tuple[CellValue, ...], ...]]:
    """Return the form's headers, and so many responses."""
    headers = tuple(header for header in read_responses()[0] if header != LABEL)
    return headers, _rows(headers, people)


def _rows(headers: tuple[str, ...], people: int) -> tuple[tuple[CellValue, ...], ...]:
    """Repeat the demonstration's responses, each time by other people, all before the deadline."""
    sound = [response for response in read_responses() if response[LABEL] not in {"superseded", "problem"}]
    first = datetime(2023, 6, 20, 9)  # noqa: DTZ001 - as a form writes it, in the call's zone
    step = timedelta(days=40) / people
    return tuple(
        tuple(_answer(header, response, number, first + number * step) for header in headers)
        for number, response in enumerate(islice(cycle(sound), people))
    )


def _answer(header: str, response: Mapping[str, str], number: int, moment: datetime) -> CellValue:
    match header:
        case "Timestamp":
            return moment.replace(microsecond=0)
        case "Email Address":
            return f"person{number}@example.org"
        case "Family name":
            return f"{response[header]} {_letters(number)}"
        case _:
            return response[header] or None


def _letters(number: int) -> str:
    """Write a number in letters, so that no two people have the same name."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:06}").capitalize()


def send_to(folder: Path, server: Server | None = None, connections: int = 1) -> None:
    """Set where the workspace sends: to a server, or (None) into the local outbox."""
    smtp = ""
    if server:
        smtp = f"  smtp: {{host: 127.0.0.1, port: {server.port}, security: none, login: none}}"
    if server and server.ca_file:
        login = f"login: password, username: {USER}, password: {PASSWORD}, ca_file: {server.ca_file}"
        smtp = f"  smtp: {{host: 127.0.0.1, port: {server.port}, security: tls, {login}}}"
    text = SERVICE.format(kind="smtp" if server else "outbox", smtp=smtp, connections=connections)
    (folder / "config" / "service.yaml").write_text(text, encoding="utf-8")


def prepare(folder: Path, ledger: Path) -> tuple[Message, ...]:
    """Plan the call, and put every message ready to leave in a new ledger; return the messages."""
    workspace = open_workspace(folder, {})
    clock = Clock(datetime.fromisoformat(AS_OF).replace(tzinfo=workspace.call.zone))
    with closing(Ledger(ledger, workspace.call.id)) as book:
        plan = plan_run(workspace, book, clock)
        secret, sender = book.history().secret, workspace.service.mail.sender

        def ready(message: Message) -> Prepared:
            call = workspace.call
            about = (message.reference, message.kind, message.revision)
            message_id = make_message_id(*about, call.id, secret, "example.org")
            data = compose(message, sender, call.reply_to, message_id, plan.now, call.id)
            return Prepared(message, Letter(sender.address, message.to, message_id, data))

        messages = tuple(map(ready, plan.messages))
        book.prepare(Records(plan.people, plan.responses, plan.standings, messages, ()), plan.now)
    return plan.messages
