"""Whom the rules of the places mean: who gave which answer, in any spelling, and of whom a condition holds. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.audience.answers import canonical, given, group
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import is_no_group
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Quota, is_one, number_of, values_of
from pipeline.model.rules import Condition
from pipeline.model.said import Said
from pipeline.model.text import bare_quote
from pipeline.selection.contest import Limit, Minimum


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """People of whom a rule speaks, under the name that people read. `perhaps` are those of whom it is open."""

    name: str
    members: frozenset[str]
    perhaps: frozenset[str] = frozenset()


class Groups:
    """Who gave which answer; each question is looked at once. Who is unsure may be in any group."""

    def __init__(self, call: Call, cases: tuple[Case, ...], unsure: Mapping[str, frozenset[str]]) -> None:
        self._call, self._cases, self._unsure = call, cases, unsure
        self._known: dict[str, dict[str, CountedGroup]] = {}

    def of(self, rule: Quota) -> CountedGroup:
        """Return the one group that a rule is for; it may have no members."""
        key, values = rule.group, values_of(rule)
        every = self.every(key) if key else {}
        found = [every[folded] for value in values if (folded := self.fold(key, value)) in every]
        members = frozenset[str]().union(*(each.members for each in found))
        is_single = len(values) == 1 and found
        whole = CountedGroup(
            rule.title or (found[0].name if is_single else self.name(key, values)),
            members if key else self.everybody(),
            self.unsure((key,)) if key else frozenset(),
        )
        return self._within(whole, rule.where)

    def each(self, rule: Quota) -> dict[str, CountedGroup]:
        """Return the groups that a rule is for by folded answer, where it is for each."""
        return {
            folded: self._within(replace(each, name=_titled(rule, each.name)), rule.where)
            for folded, each in self.every(rule.group).items()
        }

    def nobody(self, rule: Quota, value: str) -> CountedGroup:
        """Return the group of an answer that nobody gave for sure."""
        name = _titled(rule, self.name(rule.group, (value,)))
        return self._within(CountedGroup(name, frozenset(), self.unsure((rule.group,))), rule.where)

    def every(self, key: str) -> dict[str, CountedGroup]:
        """Return the groups of a question by folded answer; who said nothing is in none."""
        if key not in self._known:
            said: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
            perhaps = self.unsure((key,))
            for case in self._cases:
                if case.reference not in perhaps:
                    for answer in answers_of(self._call, case, key):
                        said[self.fold(key, answer)].append((answer, case.reference))
            self._known[key] = {
                folded: CountedGroup(
                    self.name(key, (_spelling(pairs),)),
                    frozenset(reference for _, reference in pairs),
                    perhaps,
                )
                for folded, pairs in sorted(said.items())
            }
        return self._known[key]

    def _within(self, whole: CountedGroup, where: Condition | None) -> CountedGroup:
        """Return those of a group of whom a condition holds; of whom it cannot tell, no rule counts."""
        if where is None:
            return whole
        open_ = self.unsure(where.keys)
        holds = frozenset(
            case.reference
            for case in self._cases
            if case.reference not in open_ and where.holds(case.applicant.response.answers)
        )
        everybody = whole.members | whole.perhaps
        sure = (whole.members & holds) - whole.perhaps
        return CountedGroup(whole.name, sure, (everybody & (holds | open_)) - sure)

    def unsure(self, keys: Iterable[str]) -> frozenset[str]:
        """Return of whom it is open what they answered to one of these."""
        wanted = frozenset(keys)
        return frozenset(reference for reference, open_ in self._unsure.items() if open_ & wanted)

    def shared_by_nobody(self, key: str) -> frozenset[str]:
        """Return the answers that say that there is no group."""
        question = self._call.columns.question(key)
        return frozenset(
            answer for answer in self.every(key) if key != CATEGORY and is_no_group(question, answer)
        )

    def offers(self, key: str) -> tuple[str, ...]:
        """Return the answers that a question offers."""
        if key == CATEGORY:
            return tuple(category.id for category in self._call.audience.categories)
        return self._call.columns.question(key).offered

    def fold(self, key: str, answer: str) -> str:
        return group(self._call.columns.question(key), answer)

    def name(self, key: str, values: tuple[str, ...]) -> str:
        if key == CATEGORY:
            return Said("one of groups", names=tuple(map(self._call.audience.title, values)))
        question = self._call.columns.question(key)
        said = tuple(bare_quote(canonical(question, value), 40) for value in values)
        return Said("answered group", question=key.replace("_", " "), answers=said)

    def everybody(self) -> frozenset[str]:
        return frozenset(case.reference for case in self._cases)


def answers_of(call: Call, case: Case, key: str) -> tuple[str, ...]:
    """Return what was answered: all that was ticked, nothing for mere signs."""
    if key == CATEGORY:
        return tuple(filter(None, (case.category,)))
    return given(call.columns.question(key), case.applicant.response.answers.get(key, ""))


def _titled(rule: Quota, name: str) -> str:
    return Said("titled group", title=rule.title, name=name) if rule.title else name


def _spelling(pairs: Iterable[tuple[str, str]]) -> str:
    """Return how most people write an answer; of several, one that is not all in capitals."""
    counts = Counter(answer for answer, _ in pairs)
    return min(counts, key=lambda answer: (-counts[answer], answer.isupper(), answer))


# --- rules -----------------------------------------------------------------------------------------------


def limits(quotas: tuple[AtMost, ...], groups: Groups, seats: int) -> Iterator[Limit]:
    """Yield the limits; of those on every answer, only the ones that so many gave as to reach it."""
    for quota in quotas:
        most = number_of(quota, seats)
        if is_one(quota):
            named = groups.of(quota)
            yield Limit(named.name, named.members, most, perhaps=named.perhaps)
            continue
        apart = _apart(quota, quotas, groups)
        for folded, each in groups.each(quota).items():
            if folded not in apart and len(each.members | each.perhaps) > most:
                yield Limit(each.name, each.members, most, perhaps=each.perhaps)


def minimums(quotas: tuple[AtLeast, ...], groups: Groups, seats: int) -> Iterator[Minimum]:
    """Yield the minimums; of those on every answer, one for each that is offered, or was given where none are."""
    for quota in quotas:
        least = number_of(quota, seats)
        if is_one(quota):
            named = groups.of(quota)
            yield Minimum(named.name, named.members, least, perhaps=named.perhaps)
            continue
        apart, each = _apart(quota, quotas, groups), groups.each(quota)
        offered = groups.offers(quota.group)
        for value in offered or tuple(each):
            if (folded := groups.fold(quota.group, value)) not in apart:
                one = each.get(folded) or groups.nobody(quota, value)
                yield Minimum(one.name, one.members, least, perhaps=one.perhaps)
        if not offered:
            for person in sorted(groups.unsure((quota.group,))):  # who may be the first with another answer
                name = Said("another answer", question=quota.group.replace("_", " "))
                yield Minimum(name, frozenset(), 1, perhaps=frozenset({person}))


def _apart(quota: AtMost | AtLeast, quotas: Iterable[AtMost | AtLeast], groups: Groups) -> frozenset[str]:
    """Return the answers that a rule on every answer leaves out, and those that are no group: freelance, none."""
    named = (
        value
        for other in quotas
        if other.group == quota.group and other.where == quota.where
        for value in values_of(other)
    )
    left_out = frozenset(groups.fold(quota.group, value) for value in (*quota.exempt, *named))
    return left_out | groups.shared_by_nobody(quota.group)
