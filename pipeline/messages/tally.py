"""How far one rendering may go: every value computed, joined or printed is counted, with its characters."""

from dataclasses import dataclass, field

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from pipeline.messages.markup import make_token
from pipeline.messages.printed import Named

MOST_CHARACTERS = 2_000_000
"""How many characters one message may compute and print: more than the answers of any form together."""
MOST_STEPS = 10_000
"""How many values and turns of loops one message may take."""

# No template can name these: a space is not part of a name.
TALLY = "the tally"
LANGUAGE = "the language"


class Endless(TemplateRuntimeError):
    """A template computes without end."""


@dataclass(slots=True)
class PrintedValues:
    """What one rendering computed and printed so far: values, the numbers of the call's own, and what those mean."""

    values: list[str] = field(default_factory=list)
    own: set[int] = field(default_factory=set)
    printed: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    characters: int = 0

    def step(self, characters: int = 0, steps: int = 1) -> None:
        """Count what comes next, before it is made. Raises Endless where it is too much."""
        self.steps += steps
        self.characters += characters
        if self.steps > MOST_STEPS or self.characters > MOST_CHARACTERS:
            raise Endless("the template computes without end. Look at its loops, and at what it joins")

    def note(self, value: object) -> None:
        """Note which value of the call is printed, if it is one."""
        if isinstance(value, Named):
            self.printed.update(value.means)

    def put(self, text: str, is_own: bool = False) -> Markup:
        """Keep a value that is printed, perhaps the call's own; return the token that stands for it."""
        self.step(len(text))
        number = len(self.values)
        self.values.append(text)
        if is_own:
            self.own.add(number)
        return Markup(make_token(number))  # noqa: S704 - letters and digits
