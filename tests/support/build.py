"""Values that tests are made of: a small call, and sheets written as tables of text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath
from zoneinfo import ZoneInfo

from pipeline.audience.bounds import OnScale
from pipeline.audience.combined import All, Not
from pipeline.audience.conditions import Empty, Mentions, OneOf, OwnWords
from pipeline.audience.vocabulary import Vocabulary
from pipeline.messages.reading import Templates, make_templates
from pipeline.model.call import Call, Columns, Dates, Question
from pipeline.model.history import History
from pipeline.model.kinds import KINDS
from pipeline.model.message import State
from pipeline.model.places import Places
from pipeline.model.ranks import RankKey
from pipeline.model.rules import Audience, Category, Rule
from pipeline.model.settings import Limits, MailSettings, OutboxSettings, Sender, Service, WorkbookSettings
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, OwnCells, Row, Snapshot
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import EVERYTHING, Plan, Scope, foresee

MADRID = ZoneInfo("Europe/Madrid")
ROLE = Question("Role", ("Manager", "Psychologist", "Exit worker"))
VETOS = Question("VETOs", ("Yes", "Aims to", "No"))
ENGLISH = Question("English", scale=("A1", "A2", "B1", "B2"))

HEADERS = {
    "timestamp": "Timestamp",
    "email": "Email Address",
    "first_name": "First name",
    "family_name": "Family name",
    "country": "Country",
    "role": "Role",
    "vetos": "VETOs",
    "english": "English",
    "agreement": "I agree",
}


def columns_of(headers: Mapping[str, str], formats: tuple[str, ...] = ()) -> Columns:
    """Return columns that offer nothing: keys with their headers."""
    return Columns({key: Question(header) for key, header in headers.items()}, formats)


def at(text: str) -> datetime:
    """Return an aware time in Madrid: `08-02 07:00` of 2023, or with the year."""
    full = text if text.startswith("20") else f"2023-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=MADRID)


AUDIENCE = Audience(
    hold=(Rule("consent", Empty("agreement"), "Did not agree."),),
    ineligible=(
        Rule("no-vetos", OneOf("vetos", ("No",), VETOS), "Does not work with VETOs: answered {vetos}."),
    ),
    review=(
        Rule(
            "own-words",
            All((OwnWords("role", ROLE), Not(Mentions("role", Vocabulary(("governor",)))))),
            "Own words: {role}.",
        ),
        Rule("english", OnScale("english", ENGLISH, "A1", "A2"), "English at {english}."),
    ),
    categories=(
        Category(
            "management",
            "Management",
            All((OneOf("vetos", ("Yes", "Aims to"), VETOS), OneOf("role", ("Manager",)))),
            "Works in management: answered {role}.",
        ),
        Category(
            "external",
            "External practitioners",
            All((OneOf("vetos", ("Yes", "Aims to"), VETOS), OneOf("role", ("Psychologist", "Exit worker")))),
            "Works with VETOs from outside: answered {role}.",
        ),
    ),
)

CALL = Call(
    id="meeting",
    title="A meeting",
    zone=MADRID,
    dates=Dates(
        opens=at("06-19 00:00"),
        deadline=at("08-01 23:59:59"),
        selection=at("08-02 06:00"),
        starts=at("09-12 09:00"),
        ends=at("09-13 12:30"),
    ),
    columns=columns_of(HEADERS, ("%d/%m/%Y %H:%M:%S",)),
    audience=AUDIENCE,
    places=Places(capacity=2, rank_by=(RankKey("vetos", ("Yes", "Aims to")),), seed="seed"),
    messages={kind: f"{kind}.md" for kind in KINDS},
    reply_to="organisers@example.org",
)

WITH_WORK = replace(
    CALL,
    columns=Columns(
        {**{key: Question(header) for key, header in HEADERS.items()}, "organisation": Question("Country")}
    ),
)
"""The same, but that what stands under Country is the organisation."""

BEFORE = at("07-15 07:00")
SELECTION = at("08-02 07:00")
LATER = at("08-09 07:00")


def with_places(call: Call = CALL, **changes: object) -> Call:
    """Return the call with other places."""
    return replace(call, places=replace(call.places, **changes))  # type: ignore[arg-type]  # fields and values by name


def cell(text: str) -> Cell:
    """Return a cell as a form or a person fills it: times typed, faults as faults."""
    if text.startswith("#") and text.endswith("!"):
        return Cell(text, text, text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return Cell(text, text or None)
    return Cell(text, moment)


def sheet(table: str) -> Snapshot:
    """Read a sheet from a table of text: cells parted by `|`, the first line is the header row."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    rows = [tuple(part.strip() for part in line.strip().strip("|").split("|")) for line in lines]
    body = tuple(Row(number, tuple(map(cell, row))) for number, row in enumerate(rows[1:], 2))
    return Snapshot("test sheet", rows[0], body)


def responses(*lines: str) -> Snapshot:
    """Read responses in short: `time | address | name | role | vetos` and, after a `>`, what else is set.

    `07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes > decision=Invite, country=Spain`
    """
    headers = (*HEADERS.values(), *ORGANISER_COLUMNS, *OWN_COLUMNS)
    return Snapshot("test sheet", headers, tuple(_row(number, line) for number, line in enumerate(lines, 2)))


def _row(number: int, line: str) -> Row:
    main, _, more = line.partition(">")
    time, address, name, role, vetos = (part.strip() for part in main.split("|"))
    first, _, family = name.partition(" ")
    values = {
        "Timestamp": f"2023-{time}" if time[:1].isdigit() and not time.startswith("20") else time,
        "Email Address": address,
        "First name": first,
        "Family name": family,
        "Country": "Spain",
        "Role": role,
        "VETOs": vetos,
        "English": "B2",
        "I agree": "I agree",
    }
    for setting in filter(None, (part.strip() for part in re.split(r",(?=[^,=]+=)", more))):
        key, _, value = setting.partition("=")
        values[HEADERS.get(key, key.capitalize() if key != "note" else "Organiser note")] = value
    order = (*HEADERS.values(), *ORGANISER_COLUMNS, *OWN_COLUMNS)
    return Row(number, tuple(cell(values.get(header, "")) for header in order))


TEMPLATE = (
    "---\nsubject: '{{{{ call.title }}}}: {kind}'\n---\n"
    "{first}Dear {{{{ applicant.name or 'applicant' }}}}, this is your {kind}.\n"
)


def write_templates(folder: Path) -> None:
    """Write the short templates, and a layout, as files."""
    for kind in KINDS:
        (folder / f"{kind}.md").write_text(TEMPLATE.format(kind=kind, first=""))
    (folder / "layout.html").write_text("<html><body>{{ body }}</body></html>")


def templates(first: str = "") -> Templates:
    """Return a short template of each kind; `first` begins the body of all."""
    sources = {kind: (f"{kind}.md", TEMPLATE.format(kind=kind, first=first)) for kind in KINDS}
    return make_templates(sources, "<html><body>{{ body }}</body></html>")


TEMPLATES = templates()


def make_service(limits: Limits = Limits()) -> Service:  # noqa: B008 - frozen
    """Return settings of a workbook and an outbox."""
    mail = MailSettings(Sender("team@example.org", "The team"), OutboxSettings(PurePath("outbox")))
    return Service(WorkbookSettings(PurePath("responses.xlsx")), mail, limits)


SERVICE = make_service()


def plan(
    snapshot: Snapshot,
    now: datetime,
    history: History = History(secret="s"),  # noqa: B008 - frozen
    call: Call = CALL,
    scope: Scope = EVERYTHING,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Plan:
    """Plan with the small call."""
    return make_plan(call, make_service(limits), TEMPLATES, snapshot, history, now, scope)


NEW = History(secret="s")
ANA = "07-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
BEA = "07-11 09:00 | bea@example.org | Bea Rossi | Psychologist | Yes"
CLO = "07-12 09:00 | clo@example.org | Clo Petit | Exit worker | Yes"
DAN = "07-13 09:00 | dan@example.org | Dan Novak | Manager | Aims to"
NOA = "07-14 09:00 | noa@example.org | Noa Silva | Manager | No"


def filled(snapshot: Snapshot, cells: Mapping[int, OwnCells]) -> Snapshot:
    """Return the sheet with Convene's cells written."""

    def fill(row: Row) -> Row:
        texts = cells[row.number].texts()
        return Row(row.number, (*row.cells[: -len(texts)], *map(Cell, texts)))

    return replace(snapshot, rows=tuple(fill(row) if row.number in cells else row for row in snapshot.rows))


def carried_out(made: Plan, history: History, state: State = State.ACCEPTED) -> History:
    """Return the history after a plan was carried out and every message ended in `state`."""
    after = foresee(made)
    known = {message.id for message in history.posted}
    sent = {message.id for message in made.resumed} | {
        message.id for message in after.posted if message.id not in known
    }
    posted = tuple(
        replace(message, state=state, at=made.now) if message.id in sent else message
        for message in after.posted
    )
    return replace(
        after,
        posted=posted,
        rows=len(made.assessment.entries),
    )
