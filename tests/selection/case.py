"""Contests written as text, for tests of the selection."""

from pipeline.selection.contest import Contender, Contest, Limit, Minimum


def contest(
    capacity: int, people: str, limits: str = "", minimums: str = "", wishes: str = "", unknown: int = 0
) -> Contest:
    """Read a contest: `ana DE x, *eva FR | leo DE` are people with the groups they are in.

    `*` marks the seated, `|` starts the next tier, `=a` says that somebody ties, `+a` that they are of a team. Rules
    are `DE 2, x 1`, named after their group; `x 1 w3` has the weight 3.
    """
    groups: dict[str, set[str]] = {}
    contenders, seated = [], set()
    for tier, line in enumerate(people.split("|")):
        for name, *marks in (person.split() for person in line.split(",") if person.strip()):
            reference = name.removeprefix("*")
            tie, team = ("".join(mark[1:] for mark in marks if mark.startswith(sign)) for sign in "=+")
            if name.startswith("*"):
                seated.add(reference)
            else:
                contenders.append(Contender(reference, tier, tie, team))
            for mark in marks:
                groups.setdefault(mark, set()).add(reference)
    members = {group: frozenset(people) for group, people in groups.items()}
    return Contest(
        capacity,
        tuple(contenders),
        frozenset(seated),
        tuple(Limit(name, members.get(name, frozenset()), most) for name, most, _ in _rules(limits)),
        tuple(Minimum(name, members.get(name, frozenset()), *rule) for name, *rule in _rules(minimums)),
        tuple(Minimum(name, members.get(name, frozenset()), *rule) for name, *rule in _rules(wishes)),
        unknown,
    )


def _rules(text: str) -> list[tuple[str, int, int]]:
    words = (rule.split() for rule in text.split(",") if rule.strip())
    return [(name, int(places), int(weight[0][1:]) if weight else 1) for name, places, *weight in words]
