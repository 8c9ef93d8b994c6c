"""Shares, several answers as one group, and conditions: the choice is the best by the rules as they are read aloud.

The oracle tries every subset of people and counts answers; it shares nothing with how a contest is made.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audience.conditions import OneOf
from pipeline.decisions.case import Case
from pipeline.decisions.places.give import Openness, Outcome, give_places
from pipeline.decisions.places.line_up import line_up
from pipeline.model.applicant import Applicant, Classification, Eligibility, Response
from pipeline.model.call import Call, Question
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places
from tests.support.build import CALL, SELECTION, at

QUESTIONS = {
    "country": Question("Country", ("A", "B", "C")),
    "role": Question("Role", ("Leader", "Member")),
    "fields": Question("Fields", ("X", "Y", "Z"), several=True),
}
ASKING = replace(CALL, columns=replace(CALL.columns, questions={**CALL.columns.questions, **QUESTIONS}))
LEADERS = OneOf("role", ("Leader",), QUESTIONS["role"])


@dataclass(frozen=True)
class Person:
    country: str
    role: str
    fields: tuple[str, ...]
    category: str

    def case(self, nth: int) -> Case:
        answers = {"country": self.country, "role": self.role, "fields": ", ".join(self.fields)}
        found = Classification(Eligibility.ELIGIBLE, self.category)
        name = f"p{nth}"
        response = Response(name, f"{name}@example.org", at(f"07-01 10:{nth:02}"), answers)
        return Case(Applicant(name, response), found, found, None, None, False)

    def said(self, key: str) -> tuple[str, ...]:
        return {"country": (self.country,), "fields": self.fields, CATEGORY: (self.category,), "": ("",)}[key]


PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from("AABC"),
        st.sampled_from(("Leader", "Member", "Member")),
        st.sampled_from((("X",), ("X", "Y"), ("Y", "Z"), ("Z",))),
        st.sampled_from(("management", "external")),
    ),
    min_size=1,
    max_size=7,
)
WHOM = st.sampled_from(
    (
        ("country", ("A",), None),
        ("country", ("A", "B"), None),
        ("country", (), LEADERS),
        ("country", ("B", "C"), LEADERS),
        ("fields", ("Y",), None),
        ("fields", (), None),
        (CATEGORY, ("management", "external"), LEADERS),
        (CATEGORY, ("external",), None),
        ("", (), LEADERS),
    )
)
NUMBER = st.sampled_from(((1, 0), (2, 0), (0, 40), (0, 34), (0, 75)))


@st.composite
def rules(draw: st.DrawFn, kind: Callable[..., AtMost | AtLeast]) -> AtMost | AtLeast:
    (group, values, where), (places, percent) = draw(WHOM), draw(NUMBER)
    value, *others = values or ("",)
    return kind(
        group,
        value=value,
        places=places,
        others=tuple(others),
        where=where,
        title="leaders" if where else "",
        percent=percent,
    )


Rules = Sequence[AtMost | AtLeast]


def groups(rule: AtMost | AtLeast, beside: Rules, people: list[Person]) -> Iterator[frozenset[int]]:
    """Yield who counts together under a rule; an answer that a rule beside it names is left to that one."""
    meant = [nth for nth, person in enumerate(people) if rule.where is None or person.role == "Leader"]
    wanted = {rule.value, *rule.others}
    if rule.value or not rule.group:
        yield frozenset(nth for nth in meant if wanted.intersection(people[nth].said(rule.group)))
        return
    same = [other for other in beside if (other.group, other.where) == (rule.group, rule.where)]
    named = {value for other in same for value in (other.value, *other.others)}
    for answer in QUESTIONS[rule.group].options:
        if answer not in named:
            yield frozenset(nth for nth in meant if answer in people[nth].said(rule.group))


def best(people: list[Person], places: Places) -> tuple[int, ...]:
    """Return the best choice by trying all; people stand in rank order."""

    def number(rule: AtMost | AtLeast) -> int:
        whole, rest = divmod(places.capacity * rule.percent, 100)
        return (whole + (rest > 0 and isinstance(rule, AtLeast))) if rule.percent else rule.places

    def counts(rules: Rules, some: tuple[int, ...]) -> Iterator[tuple[int, int]]:
        for rule in rules:
            for each in groups(rule, rules, people):
                yield len(each.intersection(some)), number(rule)

    def worth(some: tuple[int, ...]) -> tuple[object, ...]:
        short, unbalanced = (
            sum(max(0, least - have) for have, least in counts(rules, some))
            for rules in (places.at_least, places.nice_to_have)
        )
        return short, -len(some), unbalanced, [nth not in some for nth in range(len(people))]

    sizes = range(min(places.capacity, len(people)) + 1)
    every = (some for size in sizes for some in combinations(range(len(people)), size))
    return min((some for some in every if all(a <= b for a, b in counts(places.at_most, some))), key=worth)


def chosen(call: Call, people: list[Person]) -> tuple[int, ...]:
    queue = tuple(person.case(nth) for nth, person in enumerate(people))
    made = give_places(call, line_up(call, queue, ()), Openness(), SELECTION)
    return tuple(sorted(int(ref[1:]) for ref, lot in made.lots.items() if lot.lot is Outcome.OFFER))


@given(
    PEOPLE,
    st.sampled_from((2, 3, 5)),
    st.lists(rules(AtMost), max_size=2),
    st.lists(rules(AtLeast), max_size=2),
    st.lists(rules(AtLeast), max_size=1),
)
@settings(max_examples=50, deadline=None)
def test_the_choice_is_the_best_by_rules_of_every_shape(
    people: list[Person],
    capacity: int,
    at_most: list[AtMost],
    at_least: list[AtLeast],
    wishes: list[AtLeast],
) -> None:
    places = Places(capacity, at_most=(*at_most,), at_least=(*at_least,), nice_to_have=(*wishes,))
    assert chosen(replace(ASKING, places=places), people) == best(people, places)
