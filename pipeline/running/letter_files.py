"""The files that letters are made of: templates and what they include, pictures, attachments."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from pipeline.config.load import CALL_FILE
from pipeline.messages.layout import LAYOUT
from pipeline.messages.reading import Templates, make_templates
from pipeline.model.call import Call
from pipeline.model.errors import ConfigError, TemplateError
from pipeline.model.languages import translated
from pipeline.model.message import Attachment, Kind, Picture, media_type


def read_templates(root: Path, call: Call) -> Templates:
    """Read and compile every template that the call names, in each of its languages, and what they include."""
    files = _read_all(root / "templates")
    default, codes = call.languages.default, call.languages.codes
    ours = {(kind, code): translated(name, code) for kind, name in call.messages.items() for code in codes}
    there = {key: (f"templates/{name}", files[name]) for key, name in ours.items() if name in files}
    plain = {
        kind: (f"templates/{name}", _read(root / "templates" / name))
        for kind, name in call.messages.items()
        if (kind, default) not in there
    }
    sources = {kind: there.get((kind, default)) or plain[kind] for kind in call.messages}
    others = {key: source for key, source in there.items() if key[1] != default}
    pictures = _read_pictures(root / "templates")
    return make_templates(sources, _read(root / LAYOUT), others, files, default, pictures)


def read_attachments(
    root: Path, call: Call, most_kb: int
) -> Mapping[tuple[Kind, str], tuple[Attachment, ...]]:
    """Read the files that go along with each kind in each language. Raises ConfigError where they are too large."""
    read = lru_cache(None)(partial(_read_attachment, root))
    found = {
        (kind, code): tuple(map(read, names))
        for kind, by_language in call.attachments.items()
        for code, names in by_language.items()
    }
    sizes = {key: sum(len(file.data) for file in files) // 1000 for key, files in found.items()}
    if large := {kind: size for (kind, _), size in sizes.items() if size > most_kb}:
        advice = (
            f"Attach less, or smaller files: each letter carries at most {most_kb} kB (limits.attachments_kb)"
        )
        said = (
            f"{CALL_FILE}: what “{kind}” carries has {size} kB. {advice}." for kind, size in large.items()
        )
        raise ConfigError(tuple(said))
    return found


def _read_attachment(root: Path, name: str) -> Attachment:
    try:
        return Attachment(Path(name).name, media_type(name) or "", (root / name).read_bytes())
    except OSError as error:
        raise ConfigError(
            (f"{name}: cannot be read ({error.strerror}). Make it a file that you may read.",)
        ) from error


_PICTURES = (".png", ".jpg", ".jpeg", ".gif")
_PICTURE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


def _read_pictures(folder: Path) -> tuple[Picture, ...]:
    """Read the pictures in a folder, as far as their names can stand in a letter."""
    there = sorted(folder.iterdir()) if folder.is_dir() else ()
    usable = (
        path for path in there if path.suffix.lower() in _PICTURES and _PICTURE_NAME.fullmatch(path.name)
    )
    found = []
    for path in usable:
        with suppress(OSError):
            found.append(Picture(path.name, path.read_bytes()))
    return tuple(found)


_TEXTS = (".md", ".html", ".txt")


def _read_all(folder: Path) -> dict[str, str]:
    """Read the texts in a folder by name; what is none is nothing to include."""
    files = (path for path in sorted(folder.iterdir()) if path.suffix in _TEXTS) if folder.is_dir() else ()
    found = {}
    for path in files:
        with suppress(OSError, UnicodeError):
            found[path.name] = path.read_text(encoding="utf-8")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise TemplateError(
            f"{path.name}: cannot be read ({error.__class__.__name__}). Put the file back."
        ) from error
