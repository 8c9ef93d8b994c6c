"""What writing the bytes of a letter costs, beside the library's own classes.

    python -m benchmarks.letters 300

Prints microseconds a letter: Convene's, and those of `EmailMessage` with the same headers, text and HTML.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.people import AS_OF, make_workspace
from pipeline.ledger.sqlite import Ledger
from pipeline.messages.compose import compose
from pipeline.model.message import Message
from pipeline.running.clock import Clock
from pipeline.running.run import plan_run
from pipeline.running.workspace import open_workspace

MESSAGE_ID = "<20230802.P-ABCDEF.invited.1@example.org>"


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "workspace"
        make_workspace(folder, int(sys.argv[1]))
        workspace = open_workspace(folder, {})
        clock = Clock(datetime.fromisoformat(AS_OF).replace(tzinfo=workspace.call.zone))
        with closing(Ledger(Path(name) / "ledger.sqlite", workspace.call.id)) as book:
            plan = plan_run(workspace, book, clock)
        call, sender = workspace.call, workspace.service.mail.sender

    def ours(message: Message) -> bytes:
        return compose(message, sender, call.reply_to, MESSAGE_ID, plan.now, call.id)

    def library(message: Message) -> bytes:
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"], mail["Reply-To"] = sender.address, message.to, call.reply_to
        mail["Subject"], mail["Date"], mail["Message-ID"] = message.content.subject, plan.now, MESSAGE_ID
        mail.set_content(message.content.text)
        mail.add_alternative(message.content.html, subtype="html")
        return mail.as_bytes()

    for way in (ours, library):
        print(_microseconds(way, tuple(plan.messages)))


def _microseconds(write: Callable[[Message], bytes], messages: tuple[Message, ...]) -> float:
    begun = process_time()
    for message in messages:
        write(message)
    return (process_time() - begun) * 1e6 / len(messages)


if __name__ == "__main__":
    main()
