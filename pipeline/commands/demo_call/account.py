"""What the demonstration says of each run: mails by kind, rows by status, examples, what needs a person."""

from collections import Counter
from pathlib import Path
from textwrap import fill

from pipeline.commands.console import say
from pipeline.commands.demo_call.scene import Scene
from pipeline.model.applicant import Status
from pipeline.model.kinds import title_of, turn_of
from pipeline.model.problem import NeedKind
from pipeline.model.text import counted
from pipeline.planning.result import Result
from pipeline.running.letters import find_sent, write_letters
from pipeline.running.preview import languages_of
from pipeline.running.preview_file import read_assets
from pipeline.views.letter_site import Assets, letter_site
from pipeline.views.letters import sent_cover


def heading(text: str) -> None:
    """Begin a scene with its day."""
    say(f"\n{text}\n{'-' * len(text)}")


def say_at_length(text: str) -> None:
    """Say something in lines of at most 80 columns."""
    say(fill(text, 79))


def item(text: str) -> None:
    """Say one of several things, indented."""
    say(fill(text, 79, initial_indent="  ", subsequent_indent="    "))


def account(stage: Scene, moment: str, result: Result) -> None:
    """Say what a run did: mails by kind, rows by status, and what needs a person."""
    points = stage.status_rows(moment)
    sent = Counter(
        point.last_message for point in points if point.last_message_at == stage.clock(moment).now()
    )
    mails = ", ".join(
        f"{sent[kind]} × {title_of(kind).lower()}" for kind in sorted(filter(None, sent), key=turn_of)
    )
    done = f"{counted(result.tally.sent, 'mail')} sent ({mails or 'none'})"
    say_at_length(f"convene run: {done}; {counted(result.changed, 'row')} of the sheet changed.")
    counts = Counter(point.status for point in points)
    say_at_length(
        "The sheet: " + ", ".join(f"{counts[status]} {status}" for status in Status if counts[status]) + "."
    )


def examples(stage: Scene, moment: str, statuses: tuple[Status, ...]) -> None:
    """Show one applicant of each status, with the reason."""
    points = stage.status_rows(moment)
    for status in statuses:
        point = next((point for point in points if point.status == status), None)
        if point:
            item(f"{status}: {point.name or f'row {point.row}'}. {point.reason}")


def show_problems(result: Result) -> None:
    """Say which rows cannot be used, and why."""
    checks = [need.problem for need in result.needs if need.kind is NeedKind.CHECK_ROW]
    say_at_length(f"{counted(len(checks), 'row')} cannot be used as they are; nothing is guessed:")
    for problem in checks:
        item(f"{problem}.")


def again(stage: Scene, moment: str) -> None:
    """Run once more at the same moment, and say what that did: nothing."""
    result = stage.run(moment)
    done = f"{counted(result.tally.sent, 'mail')}, {counted(result.changed, 'row')} changed"
    say(f"The same run once more: {done}.")


def leave(stage: Scene, folder: Path, moment: str) -> None:
    """Leave the mails where a mail program opens them, and say where everything is."""
    workspace = stage.workspace
    letters = find_sent(workspace, stage.clock(moment))
    cover = sent_cover(workspace.call.title, letters, languages_of(workspace.call))
    write_letters(folder / "mails", letters, letter_site(Assets(*read_assets()), cover, letters))
    heading("Three files to open")
    name = _named(folder)
    say(f"{name}/{stage.file:<18} the organisers' sheet, with the tab Convene")
    say(f"{name}/mails/index.html   every mail that went out ({len(letters)}), in a browser")
    say(f"{name}/config/call.yaml   what the organisers decided")
    if stage.stays:
        say("\nAnd to try (.venv/bin/convene, if you came by `make demo`):")
        say(f"convene -C {name} --as-of {moment} status")
        say(f"convene -C {name} --as-of {moment} plan")


def _named(folder: Path) -> str:
    return folder.name if folder.parent == Path.cwd() else str(folder)
