"""Conditions put together, and asked of every free text: `all`, `any`, `not`, `contradicts`, `any_text`.

What one part leaves open stays open, unless another settles it (Kleene's logic).
"""

from collections.abc import Iterator, Mapping

from pipeline.audience.answers import understand
from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.rules import Answers, Condition, Holds
from pipeline.model.text import fold

ANY_TEXT = "any_text"
"""Stands in a rule for all that people wrote in their own words."""


@dataclass(frozen=True)
class AnyText:
    """For something that people wrote in their own words, wherever, `part` holds for sure.

    `part` asks of it under the key `any_text`. Of a question with options it is what stands beside them.
    """

    questions: Mapping[str, Question]
    part: Condition

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.questions)

    @property
    def says(self) -> str:
        return f"{self.part.says} somewhere"

    def holds(self, answers: Answers) -> Holds:
        return self.found(answers) is not None

    def found(self, answers: Answers) -> tuple[str, str] | None:
        """Return the key of the first answer of which it holds, and the text; None where there is none."""
        return next(
            (
                (key, text)
                for key, text in self._texts(answers)
                if text and self.part.holds({**answers, ANY_TEXT: text})
            ),
            None,
        )

    def _texts(self, answers: Answers) -> Iterator[tuple[str, str]]:
        for key, question in self.questions.items():
            if answer := answers.get(key):
                if not question.offered:
                    yield key, answer
                elif fold(answer) not in question.known:
                    yield key, understand(question, answer).rest


@dataclass(frozen=True)
class All:
    """Every part holds; False as soon as one does not, whatever the others leave open."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.parts)

    @property
    def says(self) -> str:
        return "all of these"

    def holds(self, answers: Answers) -> Holds:
        return _until(False, self.parts, answers)


@dataclass(frozen=True)
class Contradict(All):
    """Answers that cannot all be meant: every part holds, of more than one answer."""

    @property
    def says(self) -> str:
        return "these contradict each other"


@dataclass(frozen=True)
class Any:
    """At least one part holds, whatever the others leave open."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.parts)

    @property
    def says(self) -> str:
        return "any of these"

    def holds(self, answers: Answers) -> Holds:
        return _until(True, self.parts, answers)


@dataclass(frozen=True)
class Not:
    """The part does not hold; what it leaves open stays open."""

    part: Condition

    @property
    def keys(self) -> tuple[str, ...]:
        return self.part.keys

    @property
    def says(self) -> str:
        return "not"

    def holds(self, answers: Answers) -> Holds:
        found = self.part.holds(answers)
        return None if found is None else not found


def _until(settles: bool, parts: tuple[Condition, ...], answers: Answers) -> Holds:
    """Ask the parts until one settles it; what one leaves open stays open otherwise."""
    is_open = False
    for part in parts:
        found = part.holds(answers)
        if found is settles:
            return settles
        is_open = is_open or found is None
    return None if is_open else not settles


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return what a condition combines; none where it looks at an answer itself."""
    if isinstance(condition, All | Any):
        return condition.parts
    return (condition.part,) if isinstance(condition, Not) else ()


def leaves_of(condition: Condition) -> Iterator[Condition]:
    """Yield every condition in it that looks at answers itself."""
    parts = (condition.part,) if isinstance(condition, AnyText) else parts_of(condition)
    if not parts or isinstance(condition, AnyText):
        yield condition
    for part in parts:
        yield from leaves_of(part)


def unclear(condition: Condition, answers: Answers) -> tuple[str, ...]:
    """Return the keys of the answers that leave `condition` open, in the order in which it looks at them."""
    if condition.holds(answers) is not None:
        return ()
    parts = parts_of(condition)
    if not parts:
        return condition.keys
    return tuple(dict.fromkeys(key for part in parts for key in unclear(part, answers)))


def _keys(parts: tuple[Condition, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for part in parts for key in part.keys))


def quoted(condition: Condition, answers: Answers) -> str:
    """Return what a rule's sentence means by `{any_text}`: the text that such a part of its condition found."""
    if isinstance(condition, AnyText):
        return (condition.found(answers) or ("", ""))[1]
    return next(filter(None, (quoted(part, answers) for part in parts_of(condition))), "")
