"""One file of the configuration: its values, read key by key, and every problem found in it so far."""

from collections.abc import Iterable
from dataclasses import field
from pathlib import Path as File
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode, SequenceNode

from pipeline.config.reading.nodes import Path, Value, compose, cut, find, value_of
from pipeline.model.frozen import dataclass
from pipeline.model.keys import KEYS_WANTED, UNKNOWN, adapter
from pipeline.model.refusals import REFUSED, SAID
from pipeline.model.suggest import did_you_mean, unknown_key
from pipeline.model.text import quote

_KEY = "[key]"
_SENTENCES = {
    "dict_type": KEYS_WANTED,
    "tuple_type": ("must be a list", "Write [one, two], or one entry a line, each behind a “- ”."),
    "too_short": ("needs at least one entry", "Write one, each on a line behind a “- ”."),
}
Section = TypeVar("Section")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file's nodes with its name in messages; collects problems as (line, text).

    `lacking` is where values were that had a problem and are no longer among the nodes: that they are missing
    is no problem of its own.
    """

    name: str
    top: MappingNode | None = None
    found: set[tuple[int, str]] = field(default_factory=set)
    lacking: set[Path] = field(default_factory=set)

    def add(self, path: Path, what: str, next_step: str) -> None:
        """Note a problem with what stands at `path`."""
        self.add_at(self.line(path), what, next_step)

    def add_at(self, line: int, what: str, next_step: str) -> None:
        """Note a problem in a line."""
        self.found.add((line, f"{what}. {next_step}"))

    def problems(self) -> tuple[str, ...]:
        """Return every problem as `file:line: what. next step`, by line."""
        return tuple(f"{self.name}:{line}: {text}" for line, text in sorted(self.found))

    def line(self, path: Path) -> int:
        """Return the line of what stands at `path`, or of the nearest thing around it that exists."""
        return find(self.top, path)[1] if self.top else 1

    def value(self, path: Path) -> Value:
        """Return what is written at `path`; None where nothing is."""
        node = find(self.top, path)[0] if self.top else None
        return value_of(node) if node else None

    def read(self, key: str, kind: Any, around: object = None, *, usual: Any = None) -> Any:
        """Read what stands at a key of the file as `kind`, noting every problem; what is wrong is cut out.

        So what remains is checked further, and all problems are found at once. Returns `usual` where nothing
        stands there, which is a problem if it is None, and where nothing remains.
        """
        while (written := self.value((key,))) is not None:
            try:
                return adapter(kind).validate_python(written, context=around)
            except ValidationError as error:
                self._note((key,), error)
        if usual is None and self.top and (key,) not in self.lacking:
            self.add((key,), f"the section “{key}” is missing", "Add it; the example shows how.")
        return usual

    def know(self, *keys: str) -> None:
        """Note keys of the file that are none of these."""
        written = self.value(())
        for name in written if isinstance(written, dict) else ():
            if name not in keys:
                self.add((name,), f"{unknown_key(name, keys)} in the file", did_you_mean(name, keys))

    def _note(self, top: Path, error: ValidationError) -> None:
        """Note what is wrong, unless it follows from something else, and cut it out."""
        wrong = [(self._path((*top, *each["loc"])), each) for each in error.errors(include_url=False)]
        paths = {path for path, _ in wrong}
        for path, each in wrong:
            bases = [path, *((*path[:-1], key) for key in each.get("ctx", {}).get("rests_on", ()))]
            if not any(_follows(base, self.lacking) for base in bases) and not _follows(path, paths - {path}):
                self.add(path, *self._explained(path, each))
        cuts = {path if self._stands(path) else path[:-1] for path in paths}
        self.lacking.update(cuts, paths)
        if self.top:
            cut(self.top, cuts)

    def _path(self, loc: tuple[int | str, ...]) -> Path:
        """Return where an error is, without the steps that only the settings know: a name for the text itself."""
        path: Path = ()
        for step in loc:
            around = find(self.top, path)[0] if self.top else None
            if step == _KEY or not isinstance(around, MappingNode | SequenceNode):
                break
            path = (*path, step)
        return path

    def _stands(self, path: Path) -> bool:
        return self.top is not None and find(self.top, path)[0] is not None

    def _explained(self, path: Path, error: ErrorDetails) -> tuple[str, str]:
        """Return what is wrong and what to write instead."""
        context = error.get("ctx", {})
        name = "a key" if error["loc"][-1:] == (_KEY,) else _name(path)
        if error["type"] == UNKNOWN:
            known = did_you_mean(str(path[-1]), context["known"])
            return f"{unknown_key(str(path[-1]), context['known'])} in {_name(path[:-1])}", known
        if error["type"] == SAID:
            return context["what"], context["next_step"]
        if error["type"] == REFUSED:
            return f"{name} {context['what']}", context["next_step"]
        if error["type"] in _SENTENCES:
            what, next_step = _SENTENCES[error["type"]]
            return f"{name} {what}", next_step
        if self._stands(path):  # a key that is needed, with nothing behind its colon
            return f"{name} has no value", "Write one after the colon."
        return f"{name} is missing in {_name(path[:-1])}", f"Add a line “{path[-1]}: …”."


def _follows(path: Path, others: Iterable[Path]) -> bool:
    """Whether what is wrong at `path` follows from what is wrong inside it, or was cut there."""
    return any(other[: len(path)] == path for other in others)


def _name(path: Path) -> str:
    """Name a place as a reader of the file would: by its key, or as an entry of the list around it."""
    return f"an entry of {_name(path[:-1])}" if isinstance(path[-1], int) else quote(path[-1])


def open_file(workspace: File, name: str) -> ConfigFile:
    """Read the file `name` of a workspace; one that cannot be read is empty, with a problem."""
    try:
        data = (workspace / name).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(name, line, "the file is not in UTF-8", "Save it with the encoding UTF-8.")
    except FileNotFoundError:
        next_step = "Name the workspace with -C, or make one: convene init DIR."
        return _unreadable(name, 1, "the file does not exist", next_step)
    except OSError as error:
        next_step = "Make it a file that you may read."
        return _unreadable(name, 1, f"the file cannot be read ({error.strerror})", next_step)
    top, faults, lacking = compose(text)
    file = ConfigFile(name, top, lacking=lacking)
    for fault in faults:
        file.add_at(*fault)
    return file


def _unreadable(name: str, line: int, what: str, next_step: str) -> ConfigFile:
    file = ConfigFile(name)
    file.add_at(line, what, next_step)
    return file
