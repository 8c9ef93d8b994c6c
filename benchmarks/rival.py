"""Mailmerge 2.3.0 as it is measured beside Convene; runs in a virtual environment of its own.

    python rival.py send FOLDER    render first, then send: prints the seconds that sending took
    python rival.py run FOLDER     its own command line, from the start to the end

FOLDER holds template.txt, database.csv and server.conf. The password, which it would ask a person for, is in the
environment; so is SSL_CERT_FILE.
"""

import getpass
import os
import sys
import time
from importlib import import_module
from pathlib import Path


def send(folder: Path) -> None:
    """Render every message, then send them one by one with its own client."""
    main = import_module("mailmerge.__main__")
    template = import_module("mailmerge.template_message").TemplateMessage(folder / "template.txt")
    client = import_module("mailmerge.sendmail_client").SendmailClient(folder / "server.conf")
    messages = [template.render(row) for row in main.read_csv_database(folder / "database.csv")]
    begun = time.perf_counter()
    for message in messages:
        client.sendmail(*message)
    print(time.perf_counter() - begun)


def run(folder: Path) -> None:
    """Do what a person would type."""
    options = {"template": "template.txt", "database": "database.csv", "config": "server.conf"}
    paths = [part for name, file in options.items() for part in (f"--{name}", str(folder / file))]
    import_module("mailmerge.__main__").main(["--no-dry-run", "--no-limit", *paths])


if __name__ == "__main__":
    getpass.getpass = lambda *_: os.environ["PASSWORD"]  # nobody is there to type it
    {"send": send, "run": run}[sys.argv[1]](Path(sys.argv[2]))
