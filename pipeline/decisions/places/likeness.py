"""Answers in own words that are probably one: an organisation with its legal form, or its city in brackets. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.audience.answers import group
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import is_no_group
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY, is_one, number_of
from pipeline.model.text import fold, shorten

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_INITIALS = re.compile(r"\b(?:\w )+\w\b")
_ARTICLES = frozenset(("the", "der", "die", "das", "le", "la", "les", "el", "los", "il", "lo", "de", "het"))
_LEGAL = (
    "ab ag as aps asbl bv cic doo dooel ead eeig eg ev gbr ggmbh gmbh inc kft kg llc llp limited ltd mbh nv od oe ohg "
    "ood oy oyj plc sa sagl sarl sas scop sl slu spa spol spzoo sro srl ug vzw zrt"
)
_LEGAL_FORMS = frozenset(_LEGAL.split())


@dataclass(frozen=True, slots=True)
class ProbablyOne:
    """Answers to `key` that are probably one: under a limit of `most` that they exceed together, or (None) a team."""

    key: str
    names: tuple[str, ...]
    most: int | None


def find_likenesses(call: Call, cases: Iterable[Case]) -> Iterator[ProbablyOne]:
    """Yield what is counted apart and is probably one, where a limit would be exceeded by it or a team be parted."""
    people = tuple(case for case in cases if case.classification.eligibility is Eligibility.ELIGIBLE)
    for key, most in _counted_apart(call):
        question = call.columns.question(key)
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for answer in (case.applicant.response.answers.get(key, "") for case in people):
            if fold(answer) and not is_no_group(question, answer):
                alike[skeleton(answer)].append(answer)
        for answers in alike.values():
            spellings = {group(question, answer): answer for answer in sorted(answers)}
            if len(spellings) > 1 and len(answers) > (most or 0):
                yield ProbablyOne(key, tuple(shorten(each, 40) for each in sorted(spellings.values())), most)


def _counted_apart(call: Call) -> tuple[tuple[str, int | None], ...]:
    """Return the keys of answers in own words that are each counted by itself, with how many may be under one."""
    places, question = call.places, call.columns.question
    limits = (
        (rule.group, number_of(rule, places.seats))
        for rule in places.at_most
        if not (is_one(rule) or rule.where or rule.group == CATEGORY)
    )
    teams = ((places.team, None),) if places.team else ()
    return tuple((key, most) for key, most in (*limits, *teams) if not question(key).is_listed)


def skeleton(answer: str) -> str:
    """Return what is left of a name without what is in brackets, its article and its legal form."""
    bare = _INITIALS.sub(lambda found: found[0].replace(" ", ""), fold(_BRACKETS.sub(" ", answer)))
    words = bare.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words) or fold(answer)
