"""A reply form, and what people answered by it."""

from dataclasses import replace

from pipeline.model.question import Question
from pipeline.model.replies import ReplyForm
from pipeline.model.sheet import Snapshot
from tests.support.build import CALL, sheet

HEADERS = "Timestamp | Email Address | Your reference | Will you come?"
FORM = ReplyForm(
    "RSVP",
    {
        key: Question(header)
        for key, header in zip(
            ("timestamp", "email", "reference", "answer"), HEADERS.split(" | "), strict=True
        )
    },
    frozenset({"yes"}),
    frozenset({"no"}),
    "https://forms.example.org/form?entry.1=REFERENCE",
)
CALL_WITH_FORM = replace(CALL, replies=FORM)


def answered(*rows: str) -> Snapshot:
    """Return the form's tab with answers in it: `08-05 10:00 | address | reference | answer`."""
    dated = (f"2023-{row}" if row[:1] in {"0", "1"} else row for row in rows)
    return sheet("\n".join((HEADERS, *dated)))
