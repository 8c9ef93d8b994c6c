"""`python -m tests.google_fake CSV`: serve one spreadsheet until a key interrupts, with rows from a CSV file."""

import csv
import sys
from datetime import datetime
from pathlib import Path

from pipeline.model import CellValue
from tests.google_fake import FakeGoogle, make_responses

SPREADSHEET = "made-up-spreadsheet"


def main(path: str = "") -> None:
    headers, *rows = _read(Path(path)) if path else [["Timestamp", "Email Address"]]
    document, _, _ = make_responses(SPREADSHEET, [str(header) for header in headers], rows)
    with FakeGoogle() as google:
        google.add(document)
        print(f"SHEETS_EMULATOR_HOST={google.url}\nspreadsheet: {SPREADSHEET}", flush=True)
        try:
            sys.stdin.read()
        except KeyboardInterrupt:
            print()


def _read(path: Path) -> list[list[CellValue]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[_value(text) for text in row] for row in csv.reader(file)]


def _value(text: str) -> CellValue:
    try:
        return datetime.fromisoformat(text) if len(text) == 19 else text
    except ValueError:
        return text


if __name__ == "__main__":
    main(*sys.argv[1:2])
