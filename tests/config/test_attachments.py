"""Files that go along with letters: which are taken, in which language, and which are refused."""

from pathlib import Path

import pytest

from pipeline.model.errors import ConfigError
from pipeline.model.kinds import Kind
from pipeline.model.message import Attachment
from pipeline.running.workspace import open_workspace
from tests.support.config_case import CALL, LOGIN, SERVICE, load_texts, make_workspace, problems_of

PLAIN = "  invitation: invitation.md\n"
LANGUAGES = "languages: {default: en, others: [fr, de], answer: job}\n"


def with_files(*names: str) -> str:
    return CALL.replace(
        PLAIN, f"  invitation: {{template: invitation.md, attachments: [{', '.join(names)}]}}\n"
    )


def write(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_a_letter_takes_the_files_of_its_language_along(tmp_path: Path) -> None:
    write(tmp_path, files__map_png=b"M", programme_pdf=b"P", programme_fr_pdf=b"F")
    call = load_texts(tmp_path, with_files("programme.pdf", "files/map.png") + LANGUAGES).call
    plain = ("programme.pdf", "files/map.png")
    assert call.attachments == {
        "invitation": {"en": plain, "fr": ("programme.fr.pdf", "files/map.png"), "de": plain}
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("responses.xlsx", "“responses.xlsx” cannot be attached. Attach a file that ends in .pdf, .docx,"),
        ("config/service.yaml", "“config/service.yaml” cannot be attached."),
        ("/etc/hosts.txt", "“/etc/hosts.txt” is not among the files of this call. Put a copy of it into"),
        ("../elsewhere.pdf", "“../elsewhere.pdf” is not among the files of this call."),
        ("out.pdf", "“out.pdf” is not among the files of this call."),
        ("outside/a.pdf", "“outside/a.pdf” is not among the files of this call."),
        ("state/notes.txt", "“state/notes.txt” is not among the files of this call."),
        ("programm.pdf", "there is no file “programm.pdf”. Did you mean “programme.pdf”?"),
        ("map.pdf", "there is no file “map.pdf”. Write “out.pdf” or “programme.pdf”."),
        ("folder.pdf", "there is no file “folder.pdf”."),
    ],
)
def test_a_file_that_cannot_go_along_is_named_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    folder = tmp_path / "call"
    write(folder, programme_pdf=b"P", state__notes_txt=b"")
    write(tmp_path, elsewhere_pdf=b"E", other__a_pdf=b"E")
    (folder / "folder.pdf").mkdir()
    (folder / "out.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    (folder / "outside").symlink_to(tmp_path / "other")
    (problem,) = problems_of(make_workspace(folder, with_files(written)), LOGIN)
    assert problem.startswith(f"config/call.yaml:47: {said}")


def test_a_translation_that_leads_outside_is_refused_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "call"
    write(folder, programme_pdf=b"P")
    write(tmp_path, elsewhere_pdf=b"E")
    (folder / "programme.fr.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    (problem,) = problems_of(make_workspace(folder, with_files("programme.pdf") + LANGUAGES), LOGIN)
    assert "“programme.fr.pdf” is not among the files of this call" in problem


def opened(folder: Path, limits: str = "") -> dict[tuple[Kind, str], tuple[Attachment, ...]]:
    make_workspace(folder, with_files("programme.pdf"), SERVICE + limits)
    for name in ("invitation", "waiting_list", "not_selected"):
        (folder / "templates" / f"{name}.md").write_text("---\nsubject: Hello\n---\nText\n")
    (folder / "templates" / "layout.html").write_text("<html><body>{{ body }}</body></html>")
    return dict(open_workspace(folder, LOGIN).templates.attachments)


def test_files_are_read_with_the_templates_up_to_a_size(tmp_path: Path) -> None:
    write(tmp_path, programme_pdf=b"P" * 3000)
    assert opened(tmp_path) == {
        (Kind.INVITATION, "en"): (Attachment("programme.pdf", "application/pdf", b"P" * 3000),)
    }
    assert opened(tmp_path, "limits: {attachments_kb: 3}\n")
    with pytest.raises(ConfigError) as raised:
        opened(tmp_path, "limits: {attachments_kb: 2}\n")
    assert raised.value.problems == (
        "config/call.yaml: what “invitation” carries has 3 kB. Attach less, or smaller files: each letter carries at "
        "most 2 kB (limits.attachments_kb).",
    )
