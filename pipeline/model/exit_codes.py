"""What a command ends with: the one table of exit codes, which docs/commands.md repeats (by test)."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended, for cron, systemd and scripts."""

    DONE = 0
    PERSON = 1
    USAGE = 2
    LATER = 75


MEANINGS = {
    Exit.DONE: "done, and nothing is owed to anybody",
    Exit.PERSON: "something needs a person: it says what",
    Exit.USAGE: "wrong usage or configuration",
    Exit.LATER: "left for later: by the mail server, by a limit (that of the day included), or because another run "
    "is going on, the workbook is open, or Google Sheets cannot be reached; run again later",
}
"""Where several apply, a person comes before later: whoever is only to wait is told by the next run, too."""
