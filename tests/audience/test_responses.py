"""The labelled responses themselves: whole, balanced, and free of real people."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from tests.audience.responses import CATEGORIES, KEYS, Labelled, Outcome, read_responses
from tests.support.judged import score

EU_LANGUAGES = "bg hr cs da nl en et fi fr de el hu ga it lv lt mt pl pt ro sk sl es sv"
LANGUAGES = {*EU_LANGUAGES.split(), "ca", "nb", "uk", "tr"}
EXAMPLE_ADDRESS = re.compile(r"[a-z0-9.]+@(example\.(org|com|net)|([a-z]+\.)+example)")


@cache
def labelled() -> tuple[Labelled, ...]:
    return read_responses()


def test_set_is_large_and_every_identifier_is_its_own() -> None:
    ids = Counter(response.id for response in labelled())
    assert len(labelled()) >= 220
    assert [one for one, times in ids.items() if times > 1] == []


def test_every_response_answers_every_question_with_text() -> None:
    for response in labelled():
        assert sorted(response.answers) == sorted(KEYS), response.id
        assert all(type(answer) is str for answer in response.answers.values()), response.id


def test_unseen_set_is_whole() -> None:
    unseen = read_responses("unseen.yaml")
    assert len({one.id for one in unseen} - {one.id for one in labelled()}) == 160
    assert {tuple(sorted(one.answers)) for one in unseen} == {tuple(sorted(KEYS))}
    assert {one.outcome for one in unseen} == set(Outcome)


def test_unseen_set_of_another_call_is_whole() -> None:
    unseen = read_responses("unseen_school.yaml")
    assert len({one.id for one in unseen}) == len(unseen) == 274
    assert len({tuple(sorted(one.answers)) for one in unseen}) == 1
    assert {one.category for one in unseen} == {"grant", "local", "self_funded", None}


@pytest.mark.parametrize(
    ("name", "right", "needless", "unasked", "declined"),
    [
        ("unseen.yaml", 143, 10, 7, 1),
        ("unseen_school.yaml", 232, 27, 15, 1),
        ("development.yaml", 359, 2, 6, 0),
        ("development_school.yaml", 210, 0, 2, 0),
    ],
)
def test_further_sets_are_judged_no_worse_than_before(
    name: str, right: int, needless: int, unasked: int, declined: int
) -> None:
    found = score(name)
    assert found.right >= right
    assert found.needless <= needless
    assert found.unasked <= unasked
    assert found.wrongly_declined <= declined


def test_every_outcome_category_and_language_is_there() -> None:
    assert {response.outcome for response in labelled()} == set(Outcome)
    assert {response.category for response in labelled()} == {*CATEGORIES, None}
    assert {response.language for response in labelled()} == LANGUAGES


def test_every_language_is_eligible_and_ineligible_somewhere() -> None:
    for outcome in (Outcome.ELIGIBLE, Outcome.INELIGIBLE):
        assert {one.language for one in labelled() if one.outcome == outcome} == LANGUAGES


def test_outcomes_are_balanced() -> None:
    shares = {word: sum(one.outcome == word for one in labelled()) / len(labelled()) for word in Outcome}
    assert 0.40 <= shares[Outcome.ELIGIBLE] <= 0.50
    assert 0.15 <= shares[Outcome.INELIGIBLE] + shares[Outcome.HELD] <= 0.25
    assert 0.30 <= shares[Outcome.REVIEW] <= 0.40


def test_category_is_given_exactly_where_eligible_can_be_right() -> None:
    for response in labelled():
        eligible = Outcome.ELIGIBLE in (response.outcome, *response.also)
        assert (response.category is not None) == eligible, response.id


def test_settled_means_decided_with_one_defensible_outcome() -> None:
    for response in labelled():
        decided = response.outcome != Outcome.REVIEW and response.also == ()
        assert response.settled == decided, response.id


def test_other_outcomes_differ_and_nobody_may_be_both_invited_and_declined() -> None:
    for response in labelled():
        both = (response.outcome, *response.also)
        assert len(set(both)) == len(both), response.id
        assert not {Outcome.ELIGIBLE, Outcome.INELIGIBLE} <= set(both), response.id


def test_whoever_is_held_does_not_agree_and_whoever_is_decided_does() -> None:
    for response in labelled():
        if response.settled:
            plain = response.answers["agreement"].replace("\u00a0", " ").strip(" .✅").lower()
            agrees = plain.startswith("i agree")
            assert agrees == (response.outcome != Outcome.HELD), response.id


def test_every_label_is_explained_in_one_line() -> None:
    for response in labelled():
        assert re.fullmatch(r".{9,130}[.?]", response.because), response.id


def test_nobody_is_real() -> None:
    addresses = [response.answers["email"] for response in labelled() if response.answers["email"]]
    assert [address for address in addresses if not EXAMPLE_ADDRESS.fullmatch(address)] == []
    assert len(set(addresses)) == len(addresses) >= len(labelled()) - 1


def test_all_responses_came_before_the_call_closed() -> None:
    # When a response came is another rule's business: nothing in this set may depend on it.
    times = [response.answers["timestamp"] for response in labelled()]
    assert times == sorted(times)
    assert "2023-06-19" < times[0] < times[-1] < "2023-08-01"


@pytest.mark.parametrize("kind", ["decomposed", "no-break space", "capitals", "emoji", "formula", "long"])
def test_texts_are_messy_in_every_way(kind: str) -> None:
    texts = [answer for response in labelled() for answer in response.answers.values()]
    messy: dict[str, Callable[[str], bool]] = {
        "decomposed": lambda text: any(unicodedata.combining(char) for char in text),
        "no-break space": lambda text: "\u00a0" in text.strip(),
        "capitals": lambda text: len(text) > 20 and text.isupper(),
        "emoji": lambda text: any(ord(char) >= 0x1F300 for char in text),
        "formula": lambda text: text.startswith("="),
        "long": lambda text: len(text) > 4000,
    }
    assert any(messy[kind](text) for text in texts)


def test_accepting_compares_the_category_of_the_eligible_only() -> None:
    one = Labelled("a", "en", {}, Outcome.ELIGIBLE, "external", (Outcome.REVIEW,), False, "Because.")
    verdicts = [("eligible", "external"), ("eligible", "management"), ("review", None), ("held", None)]
    assert [one.accepts(*verdict) for verdict in verdicts] == [True, False, True, False]
