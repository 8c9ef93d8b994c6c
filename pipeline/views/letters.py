"""What went out, as a table, for machines, and as what stands above the page of an export."""

from pipeline.model.kinds import title_of
from pipeline.model.message import State
from pipeline.model.shown_letter import ShownLetter
from pipeline.model.text import counted
from pipeline.views.history import BECAME
from pipeline.views.letter_site import Cover
from pipeline.views.table import Json, Table


def sent_table(letters: tuple[ShownLetter, ...]) -> Table:
    """List what went out."""
    rows = tuple(
        (
            letter.name,
            letter.reference,
            letter.at,
            title_of(letter.kind),
            BECAME[State(letter.stand)],
        )
        for letter in letters
    )
    return Table(("Name", "Reference", "When", "Mail", "State"), rows)


def sent_json(letters: tuple[ShownLetter, ...]) -> Json:
    """Return what went out for machines; docs/commands.md describes the keys."""
    return [
        {
            "reference": letter.reference,
            "name": letter.name,
            "to": letter.to,
            "kind": letter.kind,
            "at": letter.at,
            "state": letter.stand,
        }
        for letter in letters
    ]


def sent_cover(title: str, letters: tuple[ShownLetter, ...], languages: dict[str, str]) -> Cover:
    """Say what an export shows, and of how many letters the text is no longer kept."""
    gone = sum(not letter.file for letter in letters)
    kept = f" Of {gone} of them the text is no longer kept." if gone else ""
    return Cover(title, f"{counted(len(letters), 'letter')} went out.{kept}", languages)
