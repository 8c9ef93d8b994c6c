"""`make demo-google`: the demonstration on a stand-in for Google Sheets, through the real gspread client.

    python -m tests.support.google_demo [DIR]

What the organisers would see in the browser is left in DIR/sheet.csv.
"""

import csv
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from pipeline.commands.console import say
from pipeline.commands.demo_call.people import typed
from pipeline.commands.demo_call.scene import Scene
from pipeline.commands.demo_call.story import tell
from pipeline.model.sheet_settings import EMULATOR
from pipeline.running.workspace import Workspace, open_workspace
from tests.support.google_fake import FakeGoogle, Form, Organisers, make_responses
from tests.support.google_fake.values import typed as as_typed

SPREADSHEET = "made-up-spreadsheet"
TAB = "Form responses 1"
WORKBOOK = "  kind: workbook\n"
GOOGLE = f"  kind: google\n  spreadsheet: {SPREADSHEET}\n"


class GoogleHands:
    """The form and the organisers, at their browsers."""

    def __init__(self, form: Form, people: Organisers, answers: Organisers, headers: tuple[str, ...]) -> None:
        self._form, self._people, self._headers = form, people, headers
        self._answers, self._replies = answers, 0

    def submit(self, responses: tuple[dict[str, str], ...]) -> None:
        for response in responses:
            self._form.submit(*(typed(header, response[header]) for header in self._headers))

    def decide(self, words: Mapping[str, str]) -> None:
        address, decision = self._people.column("Email Address"), self._people.column("Decision")
        for number, row in enumerate(self._people.texts()):
            if address < len(row) and row[address] in words:
                self._people.put(number, decision, as_typed(words[row[address]], "organiser"))

    def reply(self, answers: tuple[tuple[datetime, str, str, str], ...]) -> None:
        for answer in answers:
            self._replies += 1
            self._answers.paste(self._replies, 0, (answer,))

    def rename(self, old: str, new: str) -> None:
        self._people.rename_header(old, new)

    def sort(self, header: str) -> None:
        self._people.sort(self._people.column(header))


def on_google(google: FakeGoogle, folder: Path, workspace: Workspace) -> Scene:
    """Turn a new workspace into one on a Google spreadsheet."""
    headers = tuple(workspace.call.columns.headers.values())
    document, form, people = make_responses(SPREADSHEET, headers)
    answers = people
    if replies := workspace.call.replies:
        answers = Organisers(document, people.add_tab(replies.tab, 1))
        answers.paste(0, 0, (tuple(question.header for question in replies.questions.values()),))
    google.add(document)
    service = folder / "config" / "service.yaml"
    text = service.read_text(encoding="utf-8").replace(WORKBOOK, GOOGLE).replace('tab: ""', f"tab: {TAB}")
    service.write_text(text, encoding="utf-8")
    (folder / "responses.xlsx").unlink()
    opened = open_workspace(folder, {EMULATOR: google.url})
    return Scene(opened, GoogleHands(form, people, answers, headers), "sheet.csv", stays=False)


def play(folder: Path, scenes: tuple[Callable[[Scene], None], ...] = ()) -> FakeGoogle:
    """Live through the call, or some scenes of it, and leave the sheet as a file."""
    with FakeGoogle() as google:
        tell(folder, lambda where, workspace: on_google(google, where, workspace), scenes)
        (document,) = google.documents.values()
        with (folder / "sheet.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(Organisers(document, document.tabs[0]).texts())
    return google


def main(folder: str = "convene-demo-google") -> None:
    google = play(Path(folder).resolve())
    say(
        f"\nGoogle Sheets (a stand-in) was asked {google.count()} times, {google.count(writes=True)} of them to write."
    )


if __name__ == "__main__":
    main(*sys.argv[1:2])
