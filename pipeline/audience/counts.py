"""Counts what the rules make of everybody, and the answers that no rule and no quota understood."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from pipeline.audience.answers import Closeness, canonical, given, group, understand
from pipeline.audience.classify import find
from pipeline.audience.trace import GROUPS
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY
from pipeline.model.rules import Answers, Audience, Rule
from pipeline.model.text import fold, one_line

OPEN, SEVERAL, NO_RULE = "not understood", "more than one category", "no category fits"
"""What stands for a rule where none decides."""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """An answer, as it was first written or mostly is, and how many people gave it."""

    key: str
    header: str
    answer: str
    times: int


@dataclass(frozen=True, slots=True)
class AudienceCounts:
    """How many applicants there are by category, outcome and rule, and what was not understood.

    `rules` counts every rule that decided, by group and id; one application can count for several. `unknown` are the
    answers that no rule understood; `given` those of the target audience that places are counted by: who ticked several
    counts for each, as in limits and minimums.
    """

    outcomes: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, str, int], ...]
    unknown: tuple[AnswerCount, ...]
    given: tuple[AnswerCount, ...] = ()


def count_audience(call: Call, everybody: Iterable[Answers]) -> AudienceCounts:
    """Count what the rules say of the newest answers of everybody, whatever organisers decided since."""
    outcomes: Counter[str] = Counter({outcome.value: 0 for outcome in Eligibility})
    rules: Counter[tuple[str, str]] = Counter(dict.fromkeys(_all_rules(call.audience), 0))
    unknown: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    eligible: list[Answers] = []
    for answers in everybody:
        found = find(call.audience, answers)
        outcomes[found.eligibility] += 1
        is_eligible = found.eligibility is Eligibility.ELIGIBLE
        eligible += [answers] * is_eligible
        decided = is_eligible or any(isinstance(rule, Rule) for rule in found.rules)
        if decided:
            rules.update(_name(call.audience, rule.id) for rule in found.rules)
        else:
            rules["review", OPEN if found.open_keys else SEVERAL if found.rules else NO_RULE] += 1
        for key in dict.fromkeys((*found.open_keys, *_unread_by_quotas(call, answers))):
            seen = (key, fold(answers.get(key, "")))
            unknown[seen] += 1
            written.setdefault(seen, one_line(answers.get(key, "")))
    return AudienceCounts(
        tuple(outcomes.items()),
        tuple((category.title, rules["categories", category.id]) for category in call.audience.categories),
        tuple((*rule, number) for rule, number in rules.items()),
        tuple(
            AnswerCount(key, call.columns.question(key).header, written[key, folded], times)
            for (key, folded), times in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
        ),
        tuple(chain.from_iterable(_count_answers(call, key, eligible) for key in _counted(call))),
    )


def _count_answers(call: Call, key: str, everybody: Iterable[Answers]) -> Iterator[AnswerCount]:
    """Yield how many gave each answer to a question, all spellings of one as the most usual one."""
    question = call.columns.question(key)
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for answers in everybody:
        for answer in given(question, answers.get(key, "")):
            spelt[group(question, answer)][canonical(question, answer)] += 1
    counts = {max(sorted(some), key=some.__getitem__): some.total() for some in spelt.values()}
    for answer, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield AnswerCount(key, question.header, answer, times)


def _counted(call: Call) -> tuple[str, ...]:
    """Return the keys of the answers that places are counted by."""
    keys = (quota.group for quota in call.places.quotas)
    return tuple(dict.fromkeys(key for key in keys if key not in ("", CATEGORY)))


def _unread_by_quotas(call: Call, answers: Answers) -> Iterator[str]:
    """Yield the answers that places are counted by and that are none of those offered: “Italia” beside “Italy”."""
    for key in _counted(call):
        question = call.columns.question(key)
        if question.offered and understand(question, answers.get(key, "")).how is Closeness.OWN:
            yield key


def _all_rules(audience: Audience) -> tuple[tuple[str, str], ...]:
    return tuple((name, rule.id) for name in GROUPS for rule in getattr(audience, name))


def _name(audience: Audience, wanted: str) -> tuple[str, str]:
    return next(each for each in _all_rules(audience) if each[1] == wanted)
