"""How long the target-audience rules take, beside the same rules with words searched one by one.

    python benchmarks/audience.py --applicants 10000

The reference rules and vocabularies of config/, on invented answers that are all different, so that nothing is
remembered from one applicant to the next. The naive way folds an answer anew for every phrase and searches it with a
regular expression of its own. Both must say the same of everybody.
"""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.rounds import show_machine
from pipeline.audience.classify import classify
from pipeline.audience.combined import All, Any, Contradict, Not
from pipeline.audience.conditions import Mentions
from pipeline.audience.vocabulary import Vocabularies, Vocabulary, spellings
from pipeline.config.load import load
from pipeline.model import text
from pipeline.model.applicant import Classification
from pipeline.model.call import Call
from pipeline.model.rules import Audience, Condition
from tests.audience.responses import read_responses

Answers = dict[str, str]
ROOT = Path(__file__).parent.parent
fold_anew = text.fold.__wrapped__


@dataclass(frozen=True)
class Naive:
    """A vocabulary whose phrases are searched one after the other."""

    vocabulary: Vocabulary

    @property
    def name(self) -> str:
        return self.vocabulary.name

    def find(self, answer: str) -> str:
        for spelling in spellings(answer):
            excepted = [span for phrase in self.vocabulary.unless for span in _spans(phrase, spelling)]
            for phrase in self.vocabulary.words:
                for start, end in _spans(phrase, spelling):
                    if not any(start < stop and begin < end for begin, stop in excepted):
                        return phrase
        return self.vocabulary.find(answer)  # a slip of the pen, if anything

    def suspect(self, _: str) -> str:
        return ""


def _spans(phrase: str, answer: str) -> list[tuple[int, int]]:
    return [found.span() for found in _pattern(phrase).finditer(fold_anew(answer))]


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = []
    for word in phrase.split():
        folded = re.escape(fold_anew(word.strip("*"))).replace(r"\ ", " ")
        before = r"\b\w*" if word.startswith("*") else r"\b"
        words.append(before + folded + (r"\w*\b" if word.endswith("*") else r"\b"))
    return re.compile(" ".join(words))


def naive(condition: Condition) -> Condition:
    """Return the same condition with every vocabulary searched naively."""
    match condition:
        case Contradict() | All() | Any():
            return replace(condition, parts=tuple(map(naive, condition.parts)))
        case Not():
            return Not(naive(condition.part))
        case Mentions(vocabulary=Vocabularies(parts=parts)):
            return replace(condition, vocabulary=Vocabularies(tuple(map(_naive, parts))))  # type: ignore[arg-type]  # fields and values by name
        case _:
            return condition


def _naive(vocabulary: Vocabulary) -> Naive | Vocabulary:
    """Search a list of words naively; what weighs whole sentences stays."""
    return vocabulary if vocabulary.near or vocabulary.possible or vocabulary.yields_to else Naive(vocabulary)


def with_naive_rules(call: Call) -> Call:
    groups = {
        group: tuple(replace(rule, when=naive(rule.when)) for rule in getattr(call.audience, group))
        for group in ("hold", "ineligible", "review", "categories")
    }
    return replace(call, audience=Audience(**groups))


def invent(number: int) -> tuple[Answers, ...]:
    """Return answers that are all different, from the labelled responses in turn."""
    some = read_responses()
    free = ("job_title", "work", "contribution", "organisation")
    return tuple(
        {**some[at % len(some)].answers, **{key: f"{some[at % len(some)].answers[key]} {at}" for key in free}}
        for at in range(number)
    )


def timed(judge: Callable[[], list[Classification]]) -> tuple[float, list[Classification]]:
    text.fold.cache_clear()
    start = process_time()
    found = judge()
    return process_time() - start, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--applicants", type=int, default=10_000)
    parser.add_argument("--naive", type=int, default=50, help="applicants for the naive way")
    arguments = parser.parse_args()
    show_machine("Target audience")
    everybody = invent(arguments.applicants)
    few = everybody[: arguments.naive]
    slow, expected = timed(partial(_judge, with_naive_rules(_fresh()), few))
    cold, found = timed(partial(_judge, _fresh(), few))
    assert [(one.eligibility, one.category) for one in found] == [
        (one.eligibility, one.category) for one in expected
    ], "the naive way says otherwise"
    long, _ = timed(partial(_judge, _fresh(), everybody))
    each, each_naive = 1000 * long / len(everybody), 1000 * slow / len(few)
    print(f"naive    {each_naive:8.3f} ms an applicant ({len(few)} applicants)")
    print(f"Convene  {each:8.3f} ms an applicant ({len(everybody)} applicants, {long:.2f} s in all)")
    print(f"Convene  {1000 * cold / len(few):8.3f} ms an applicant ({len(few)} applicants)")
    print(f"ratio    {each_naive / each:8.1f} x as fast")


def _fresh() -> Call:
    return load(ROOT, {}).call


def _judge(call: Call, everybody: tuple[Answers, ...]) -> list[Classification]:
    return [classify(call.audience, call.columns, answers) for answers in everybody]


if __name__ == "__main__":
    main()
