"""A small right configuration in a folder of its own, and the problems of one that is changed."""

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.config.load import Config, load
from pipeline.model.errors import ConfigError
from pipeline.model.kinds import KINDS

CALL = """\
call:
  id: demo
  title: A meeting
  timezone: Europe/Madrid
  reply_to: team@example.org
  facts:
    place: Barcelona
dates:
  deadline: 2023-08-01
  starts: 2023-09-12 09:00
  ends: 2023-09-13 12:30
columns:
  timestamp: Timestamp
  email: Email Address
  job: Job title
  vetos:
    header: Do you work with VETOs?
    options: ["Yes", "Not yet", "No"]
  english:
    header: Level of English
    scale: [A1, A2, B1, B2]
vocabulary:
  others: [psycholog*, nurse]
audience:
  ineligible:
    - id: no_work
      when: {vetos: {is: "No"}}
      reason: "Answered {vetos}."
  categories:
    - id: staff
      title: Staff
      when: {vetos: {is: "Yes"}}
      reason: Works there.
    - id: guests
      title: Guests
      when: {vetos: {is: Not yet}}
      reason: Comes in.
places:
  capacity: 10
  at_most:
    - {answer: job, places: 2}
  at_least:
    - {category: staff, places: 4}
  rank_by:
    - {answer: vetos, order: ["Yes", "Not yet"]}
messages:
  invitation: invitation.md
  waiting_list: waiting_list.md
  not_selected: not_selected.md
"""

SERVICE = """\
sheet:
  kind: workbook
  path: responses.xlsx
mail:
  from: {address: team@example.org, name: The team}
  kind: outbox
  outbox: {path: state/outbox}
  smtp:
    host: smtp.example.org
    port: 587
    security: starttls
    username: ${SMTP_USER}
    password: ${SMTP_PASSWORD}
"""

WITH_SMTP = SERVICE.replace("kind: outbox", "kind: smtp")
LOGIN = {"SMTP_USER": "team", "SMTP_PASSWORD": "letmein"}


def make_workspace(folder: Path, call: str | bytes = CALL, service: str | bytes = SERVICE) -> Path:
    """Write both files and an empty template of each kind."""
    for name in ("config", "templates"):
        (folder / name).mkdir(exist_ok=True)
    for name, text in (("call", call), ("service", service)):
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / "config" / f"{name}.yaml").write_bytes(data)
    for kind in KINDS:
        (folder / "templates" / f"{kind}.md").touch()
    return folder


def problems_of(folder: Path, environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the problems of a workspace; none if it loads."""
    try:
        load(folder, environ or {})
    except ConfigError as error:
        return list(error.problems)
    return []


def mistakes(text: str, old: str = "") -> list[tuple[str, str, str]]:
    """Read cases: what is replaced (unless `old` is), an arrow, and by what; below, indented, the problem.

    Several replacements may have one problem. The sign ⏎ stands for a new line.
    """
    blocks = re.findall(r"((?:^\S.*\n)+)((?:^ .*\n)+)", text, re.MULTILINE)
    cases = [
        (f"{old} → {line}" if old else line, said) for lines, said in blocks for line in lines.splitlines()
    ]
    changes = [(*case.split(" → "), " ".join(map(str.strip, said.splitlines()))) for case, said in cases]
    return [(one, other.replace("⏎", "\n"), problem) for one, other, problem in changes]


def load_texts(folder: Path, call: str = CALL, service: str = SERVICE) -> Config:
    return load(make_workspace(folder, call, service), LOGIN)
