"""The demonstration, and what its invented responses say about the shipped rules."""

import shutil
import subprocess
from collections import Counter
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.audience.classify import classify
from pipeline.commands.demo_call.people import LABEL, read_responses
from pipeline.commands.demo_call.story import tell
from pipeline.config.load import load
from pipeline.model.applicant import Eligibility
from pipeline.model.errors import UsageError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
from pipeline.sheets.xlsx.heights import LINE, height_of


def columns(sheet: Worksheet) -> dict[str, int]:
    """Return where each header stands."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Play the demonstration once; return its folder and its account."""
    here, account = tmp_path_factory.mktemp("demo"), StringIO()
    with chdir(here), redirect_stdout(account):
        tell(here / "convene-demo")
    return here / "convene-demo", account.getvalue()


@pytest.fixture
def played(told: tuple[Path, str]) -> Path:
    return told[0]


def test_the_shipped_rules_agree_with_a_careful_person() -> None:
    call = load(ROOT, {}).call
    disagreements = []
    for response in read_responses():
        label = response[LABEL]
        if label not in {"superseded", "problem"}:
            answers = {key: response[header].strip() for key, header in call.columns.headers.items()}
            found = classify(call.audience, call.columns, answers)
            if (found.category or found.eligibility) != label:
                disagreements.append((response["Email Address"], label, found))
    assert disagreements == []


def test_every_rule_is_met_and_broken() -> None:
    counts = Counter(response[LABEL] for response in read_responses())
    assert counts.keys() == {
        "management", "external", "ineligible", "review", "held", "superseded", "problem"
    }  # fmt: skip
    assert sum(counts.values()) == 146
    assert Eligibility.HELD in counts


def test_the_story_ends_as_it_should(played: Path) -> None:
    sheet = load_workbook(played / "responses.xlsx").worksheets[0]
    where = columns(sheet)
    rows = [
        {header: sheet.cell(row, column).value for header, column in where.items()}
        for row in range(2, sheet.max_row + 1)
    ]
    statuses = Counter(row["Status"] for row in rows if row["Email Address"] or row["Status"])
    ended = {"Confirmed": 33, "No show": 1, "Offered": 1, "Waiting list": 28, "Expired": 3, "Withdrawn": 4}
    assert {status: statuses[status] for status in ended} == ended
    assert statuses["Cancelled"] == 1
    assert statuses["Check row"] == 4
    assert statuses[None] == 0
    countries = Counter(
        row["Country"] for row in rows if row["Status"] == "Confirmed" and row["Decision"] != "Invite"
    )
    assert max(countries.values()) <= 4
    categories = Counter(row["Category"] for row in rows if row["Status"] == "Confirmed")
    assert categories["Prison management and administration"] >= 15
    assert categories["External practitioners"] >= 10


def test_nobody_got_the_same_mail_twice(played: Path) -> None:
    mails = list((played / "mails").glob("*.eml"))
    assert len(mails) == len({tuple(path.stem.split()[:2]) for path in mails}) > 500
    unkept = 3  # of those who did not agree, the ledger keeps no letter
    assert len(mails) + unkept == len(list((played / "state" / "outbox" / "new").iterdir()))
    page = (played / "mails" / "index.html").read_text("utf-8")
    assert f"{len(mails) + unkept} letters went out. Of {unkept} of them the text is no longer kept." in page


def test_the_answers_are_as_the_form_wrote_them(played: Path) -> None:
    sheet = load_workbook(played / "responses.xlsx").worksheets[0]
    where = columns(sheet)
    ours = {*OWN_COLUMNS, *ORGANISER_COLUMNS}
    texts = [header for header in where if header not in ours and header != "Timestamp"]
    there = Counter(
        tuple(str(sheet.cell(row, where[header]).value or "") for header in texts)
        for row in range(2, sheet.max_row + 1)
    )
    sent = Counter(tuple(response[header] for header in texts) for response in read_responses())
    assert there == sent


def test_a_folder_that_is_not_a_demonstration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("keep me")
    with pytest.raises(UsageError, match="exists and is not a demonstration"):
        tell(tmp_path)
    assert (tmp_path / "precious.txt").read_text() == "keep me"


def test_the_account_fits_a_terminal(told: tuple[Path, str]) -> None:
    lines = told[1].splitlines()
    assert max(map(len, lines)) <= 80
    assert lines.count("The same run once more: 0 mails, 0 rows changed.") == 5
    ending = lines[lines.index("Three files to open") + 2 :][:3]
    assert [(told[0] / line.split("   ")[0].split("/", 1)[1]).exists() for line in ending] == [True] * 3


def test_no_row_is_lower_than_its_reason(played: Path) -> None:
    sheet = load_workbook(played / "responses.xlsx").worksheets[0]
    reason, width = columns(sheet)["Reason"], 48.0
    cut = [
        row
        for row in range(2, sheet.max_row + 1)
        if (sheet.row_dimensions[row].height or LINE)
        < height_of(str(sheet.cell(row, reason).value or ""), width)
    ]
    assert cut == []


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed (Debian: libreoffice-calc)"
)
def test_the_workbook_opens_in_libreoffice_with_everything_in_it(played: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(played / "responses.xlsx")], check=True, capture_output=True, timeout=120)
    ours = load_workbook(played / "responses.xlsx").worksheets[0]
    theirs = load_workbook(tmp_path / "responses.xlsx").worksheets[0]
    assert [[cell.value for cell in row] for row in theirs.iter_rows(max_col=ours.max_column)] == [
        [cell.value for cell in row] for row in ours.iter_rows()
    ]
    assert ours.freeze_panes == "C2"  # a view, which LibreOffice without a screen does not keep
    assert len(theirs.conditional_formatting) > 0
    assert any(
        "Invite" in (validation.formula1 or "") for validation in theirs.data_validations.dataValidation
    )
