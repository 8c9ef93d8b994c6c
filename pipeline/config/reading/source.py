"""One file of the configuration: what stands in it, and every problem found in it so far."""

from dataclasses import dataclass, field
from pathlib import Path as File

from pipeline.config.reading.tree import Block, Path, line_at, read_tree


@dataclass(frozen=True, slots=True)
class Source:
    """A file's tree with its name in messages; collects problems as (line, text).

    `lacking` is where values were that had a problem and are no longer in the tree: that they are missing
    is no problem of its own.
    """

    name: str
    tree: Block
    found: set[tuple[int, str]] = field(default_factory=set)
    lacking: set[Path] = field(default_factory=set)

    def add(self, path: Path, what: str, next_step: str) -> None:
        """Note a problem with what stands at `path` in the tree."""
        self.add_at(line_at(self.tree, path), what, next_step)

    def add_at(self, line: int, what: str, next_step: str) -> None:
        """Note a problem in a line."""
        self.found.add((line, f"{what}. {next_step}"))

    @property
    def is_unreadable(self) -> bool:
        """Whether nothing at all could be read, so that every further problem would only follow from that."""
        return bool(self.found) and not self.tree

    def problems(self) -> tuple[str, ...]:
        """Return every problem as `file:line: what. next step`, by line."""
        return tuple(f"{self.name}:{line}: {text}" for line, text in sorted(self.found))


def read_source(workspace: File, name: str) -> Source:
    """Read the file `name` of a workspace; one that cannot be read is an empty tree with a problem."""
    try:
        data = (workspace / name).read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        source = Source(name, Block())
        line = data.count(b"\n", 0, error.start) + 1
        source.add_at(line, "the file is not in UTF-8", "Save it with the encoding UTF-8.")
        return source
    except FileNotFoundError:
        source = Source(name, Block())
        source.add_at(
            1, "the file does not exist", "Name the workspace with -C, or make one: convene init DIR."
        )
        return source
    except OSError as error:
        source = Source(name, Block())
        source.add_at(1, f"the file cannot be read ({error.strerror})", "Make it a file that you may read.")
        return source
    reading = read_tree(text)
    source = Source(name, reading.tree, lacking=set(reading.refused))
    for fault in reading.faults:
        source.add_at(fault.line, fault.what, fault.next_step)
    return source
