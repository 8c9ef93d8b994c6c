"""Secrets and other values that a machine's environment holds: `${NAME}` in the texts of service.yaml."""

import re
from collections.abc import Mapping

from pipeline.config.reading.source import Source
from pipeline.config.reading.tree import Path, change_texts, cut_all

_NAME = re.compile(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{")


class FromEnvironment(str):
    """A text of which a part came from the environment: never shown, and a number where one is wanted."""

    __slots__ = ()


def fill_in(source: Source, environ: Mapping[str, str]) -> None:
    """Replace every `${NAME}` in the texts of `source` from `environ`; `$${` stands for a plain `${`.

    Only loaded values are changed, so that no value can add a key or a line. A name that is not set is a
    problem; no problem shows a value.
    """
    lacking: set[Path] = set()

    def change(text: str, path: Path) -> str:
        for match in _NAME.finditer(text):
            if problem := _problem(match, environ):
                source.add(path, *problem)
                lacking.add(path)
        return filled(text, environ)

    change_texts(source.tree, change)
    cut_all(source.tree, lacking)
    source.lacking.update(lacking)


def filled(text: str, environ: Mapping[str, str]) -> str:
    """Return `text` with every `${NAME}` replaced; a name that is not set becomes nothing."""
    if not _NAME.search(text):
        return text
    return FromEnvironment(_NAME.sub(lambda match: _replacement(match, environ), text))


def _replacement(match: re.Match[str], environ: Mapping[str, str]) -> str:
    if match[0] == "$${":
        return "${"
    return environ.get(match[1], "") if match[1] else match[0]


def _problem(match: re.Match[str], environ: Mapping[str, str]) -> tuple[str, str] | None:
    if match[0] == "${":
        next_step = "Write ${NAME} with letters, digits and _ only, or $${ for the signs themselves."
        return "“${” is not followed by a name and “}”", next_step
    if match[1] and match[1] not in environ:
        next_step = "Set it."
        return f"the environment variable {match[1]} is not set", next_step
    return None
