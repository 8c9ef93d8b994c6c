"""A new workspace: the reference call, or one like another call that Convene ships, with its invented responses."""

import csv
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pipeline.model.disk import cannot_use
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.settings import WorkbookSettings
from pipeline.model.sheet import CellValue
from pipeline.model.suggest import did_you_mean
from pipeline.running.workspace import Workspace, example, open_workspace

IGNORED = """\
# Personal data: what was sent, and the answers.
state/
*.xlsx
*.csv
# Secrets: environment files and keys.
*.env
.env*
*.key
*.pem
*.p12
*key*.json
*credentials*.json
# Copies that programs leave.
~$*
.~lock.*
.convene-*
*.bak
*.orig
*.swp
*~
"""
"""What git must never take along of a workspace."""

LIKE = "like"
"""Where in the folder `config` the other calls lie: what each has of its own. The rest is the reference call's."""

RESPONSES = "responses.csv"


def other_calls() -> tuple[str, ...]:
    """Name the calls beside the reference call of which a workspace can be made."""
    return tuple(sorted(path.name for path in (example() / "config" / LIKE).iterdir() if path.is_dir()))


def make_workspace(root: Path, like: str = "") -> Workspace:
    """Make a new workspace from the example, or `like` another call: configuration, templates and a workbook.

    Raises UsageError where a workspace exists already (nothing is overwritten), or for a call that is not shipped.
    Raises StateError or SheetError where it cannot be written, and leaves nothing.
    """
    if like and like not in other_calls():
        raise UsageError(f"No call “{like}” is shipped. {did_you_mean(like, other_calls())}")
    there = [name for name in ("config", "templates", "responses.xlsx") if (root / name).exists()]
    if there:
        raise UsageError(f"{root} has {', '.join(there)} already; nothing was changed. Name a new folder.")
    try:
        return _make(root, example() / "config" / LIKE / like if like else None)
    except (OSError, ConveneError) as error:
        for name in ("config", "templates"):
            shutil.rmtree(root / name, ignore_errors=True)
        if isinstance(error, OSError):
            raise cannot_use(root, error) from error
        raise


def _make(root: Path, like: Path | None) -> Workspace:
    from pipeline.sheets.xlsx.workbook import create_workbook

    for source, name in _files(like):
        copy = root / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
    (root / ".gitignore").write_text(IGNORED, encoding="utf-8")
    workspace = open_workspace(root, {})
    settings, replies = workspace.service.sheet, workspace.call.replies
    assert isinstance(settings, WorkbookSettings)  # noqa: S101 - the example's own kind
    headers, *rows = _responses(like / RESPONSES) if like else [()]
    tabs = {replies.tab: tuple(question.header for question in replies.questions.values())} if replies else {}
    create_workbook(Path(settings.path), tuple(map(str, headers)), rows, tabs)
    workspace.sheet.set_up()
    return workspace


def _files(like: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield what is copied, and where to: of another call, its letters take the place of those of the example."""
    folders = [(example() / "templates", "templates")]
    folders += (
        [(like, "config"), (like / "templates", "templates")] if like else [(example() / "config", "config")]
    )
    for folder, name in folders:
        for path in sorted(folder.rglob("*") if like is None else folder.glob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and path.name != RESPONSES and inside.parts[0] != LIKE:
                yield path, Path(name) / inside


def _responses(path: Path) -> list[tuple[CellValue, ...]]:
    """Read responses as a form writes them: the first column is the time stamp."""
    headers, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    dated: list[tuple[CellValue, ...]] = [(datetime.fromisoformat(first), *rest) for first, *rest in rows]
    return [(*headers,), *dated]
