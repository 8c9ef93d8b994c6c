"""The demonstration on Google Sheets: the same story, and as few requests as promised."""

import csv
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from pipeline.commands.demo_call.story import BEFORE
from tests.support.google_demo import play


def test_the_story_on_google_ends_as_on_a_workbook(tmp_path: Path) -> None:
    account, folder = StringIO(), tmp_path / "demo"
    with redirect_stdout(account):
        google = play(folder, BEFORE)
    with (folder / "sheet.csv").open(encoding="utf-8", newline="") as file:
        headers, *rows = csv.reader(file)
    at = headers.index("Status")
    statuses = Counter(row[at] for row in rows)
    assert (statuses["Offered"], statuses["Waiting list"], statuses["Withdrawn"]) == (35, 33, 2)
    assert len(list((folder / "mails").iterdir())) == 324
    assert "The same run once more: 0 mails, 0 rows changed." in account.getvalue()
    refused = [at for at, call in enumerate(google.calls) if call.status != 200]
    assert (len(refused), max(refused) < 10) == (2, True)  # when it is tried out, before the first run
    assert google.count(writes=True) == 7 + 27  # nine runs that send: two each, one for the tab
