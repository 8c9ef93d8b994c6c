"""Whatever somebody answers: the steps that reading it takes grow as its length does, counted and not timed."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from types import ModuleType

import pytest

from pipeline.audience import answers, classify, conditions, numbers, vocabulary
from pipeline.audience.answers import understand
from pipeline.audience.classify import fill
from pipeline.audience.conditions import Asks, LooksLikeCode, NamesAddress
from pipeline.audience.nearness import Near
from pipeline.audience.numbers import read_date, read_number
from pipeline.audience.vocabulary import Vocabulary
from pipeline.intake import decision_words, own_cells, rows
from pipeline.intake.decision_words import Misunderstood, read_override
from pipeline.intake.own_cells import read_message
from pipeline.intake.rows import Unusable, read_address, read_timestamp
from pipeline.intake.time_stamps import Manner
from pipeline.messages import markup, names, render
from pipeline.messages.markup import TypedValues, clean, make_parts, make_token
from pipeline.messages.names import greetable
from pipeline.model import address, text
from pipeline.model.address import AddressError, header_text
from pipeline.model.sheet import Cell
from pipeline.model.text import fold, one_line, quote, tidy_name
from tests.support.build import CALL, MADRID, ROLE, SELECTION
from tests.support.steps import count_steps

MODULES: tuple[ModuleType, ...] = (
    *(
        address,
        answers,
        classify,
        conditions,
        decision_words,
        markup,
        names,
        numbers,
        own_cells,
        render,
        rows,
        text,
    ),
    vocabulary,
)
LENGTHS = (80, 160)
LENGTHS_OF_NAMES = (400, 800)
"""Beyond the longest word whose accents are composed: up to it, the square is what it costs."""


HOSTILE = {
    "one letter": "a",
    "accented": "é",
    "two letters when folded": "ß",
    "six letters when folded": "\u3316",
    "eighteen letters when folded": "\ufdfa",
    "accents out of order": "\u0301\u0316",
    "vowels that are accents": "\u0f73",
    "halves of syllables": "\u1100\u1161",
    "Cyrillic": "о",
    "two scripts": "aо",
    "opened quotations": "“",
    "encoded words": "=?a",
    "options": "Manager,",
    "nearly options": "Managr, ",
    "words": "a ",
    "hyphens": "a-",
    "ranges": "1 to ",
    "figures": "1",
    "decimals": "1.",
    "years": "years ",
    "at signs": "a@",
    "domains": "a.",
    "brackets": "[a",
    "braces": "{a",
    "endings": "aa*in",
    "opened endings": "aa(",
    "doubled": "aab",
    "apostrophes": "a'",
    "tokens": "qzx0",
    "lines": "\n",
    "spaces": "  a",
    "invisible": "\u200b",
    "joined": "\u200d",
    "half characters": "\ud800",
}

WORDS = Vocabulary(("psych*", "*ology", "*wor*", "exit work", "in prison"), ("no exit work",))

NEAR = (Near(("not",), ("work",)),)


def shielded(read: Callable[[str], object]) -> Callable[[str], object]:
    """Read, or refuse: both are an answer."""

    def act(said: str) -> object:
        try:
            return read(said)
        except (Misunderstood, Unusable, AddressError):
            return None

    return act


READERS: dict[str, Callable[[str], object]] = {
    "fold": fold.__wrapped__,
    "one_line": one_line,
    "tidy_name": tidy_name,
    "quote": quote,
    "understand": partial(understand.__wrapped__, ROLE),
    "vocabulary": lambda said: Vocabulary(WORDS.words, WORDS.unless).find(said),
    "sentences": lambda said: Vocabulary(
        ("x",), possible=WORDS.words, near=NEAR, denied_by=(replace(WORDS, near=NEAR, alone=("a",)),)
    ).weigh(said),
    "question": lambda said: Asks("role").holds({"role": said}),
    "another address": lambda said: NamesAddress("role", "email").holds({"role": said}),
    "is_all_of": lambda said: Vocabulary(WORDS.words).is_all_of(said),
    "code": lambda said: LooksLikeCode("role").holds({"role": said}),
    "read_number": read_number,
    "read_date": partial(read_date, formats=("%d %B %Y",)),
    "read_address": shielded(read_address),
    "read_timestamp": shielded(
        lambda said: read_timestamp(Cell(said, said), Manner(MADRID, ("%d %B %Y %H:%M:%S",)))
    ),
    "header_text": shielded(partial(header_text, where="subject")),
    "greetable": greetable,
    "decision": shielded(partial(read_override, audience=CALL.audience)),
    "own cells": lambda said: read_message(said, MADRID, SELECTION),
    "clean": clean,
    "parts": lambda said: make_parts(f"Dear {make_token(0)},", TypedValues((said,))),
    "fill": lambda said: fill("Answered {role}[, and {role}].", {"role": said}),
}


def steps(read: Callable[[str], object], said: str) -> int:
    fold.cache_clear()
    understand.cache_clear()
    vocabulary._words_of.cache_clear()
    vocabulary._parts.cache_clear()
    make_parts.cache_clear()
    return count_steps(lambda: read(said), MODULES)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_steps_grow_as_the_text_does(kind: str, reader: str) -> None:
    lengths = LENGTHS_OF_NAMES if reader in {"tidy_name", "greetable"} else LENGTHS
    texts = [(HOSTILE[kind] * length)[:length] for length in lengths]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        READERS[reader](texts[0])  # what is worked out once, for each character or pattern, is worked out
        short, long = (steps(READERS[reader], said) for said in texts)
    finally:
        sys.setrecursionlimit(limit)
    # Twice the length, twice the steps: the square would make four times of it.
    assert long <= 2.8 * short + 500


def test_the_count_would_notice_a_step_that_goes_back() -> None:
    from re import compile as pattern

    slow = ModuleType("slow")
    slow.__dict__["mixed"] = pattern(r"\w*(?:[a-z][а-я]|[а-я][a-z])\w*")
    few, many = (count_steps(lambda n=n: slow.mixed.sub("", "é" * n), (slow,)) for n in (100, 200))  # type: ignore[misc]  # a default binds the loop's value
    assert many > 3.5 * few
