"""The two pages to hand over say what the program does, in its words, and are two pages."""

import re
import shutil
from pathlib import Path

import pytest

from pipeline.intake.decision_forms import Word
from pipeline.intake.decision_words import WITH_MORE
from pipeline.model.applicant import Status
from pipeline.model.controls import LABELS
from pipeline.model.sheet import OWN_COLUMNS
from tests.support.documents import read
from tests.support.pictures import count_pages, print_handout

PAGES = read("docs/for-organisers.md")
SHEET = read("docs/sheet.md")


def first_cells(document: str) -> set[str]:
    """Return what stands in the first column of the tables; several are parted by a dot or a comma."""
    cells = re.findall(r"^\| (.+?) \|", document, re.MULTILINE)
    return {word for cell in cells for word in re.split(r" · |, ", cell)}


@pytest.mark.parametrize("document", [PAGES, SHEET], ids=["for-organisers", "sheet"])
def test_every_status_and_word_is_explained(document: str) -> None:
    told = {word.partition(":")[0] if word.startswith("Eligible") else word for word in first_cells(document)}
    assert {status.value for status in Status} - told == set()
    assert {*(WITH_MORE.get(word, word.value) for word in Word), "Invite as …", "silent"} - told == set()


def test_every_column_of_convene_and_cell_of_the_tab_is_named() -> None:
    assert [name for name in OWN_COLUMNS if name not in PAGES] == []
    assert [label for label in LABELS.values() if label not in first_cells(PAGES)] == []


def test_nobody_who_reads_it_needs_a_terminal() -> None:
    assert "`" not in PAGES
    assert "    " not in PAGES


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("gs")), reason="chromium or gs is not installed"
)
def test_it_is_two_pages(tmp_path: Path) -> None:
    print_handout(tmp_path / "handout.pdf", tmp_path)
    assert count_pages(tmp_path / "handout.pdf") == 2
