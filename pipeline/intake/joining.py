"""The organisers' word on who somebody is: `Same person` joins two applicants for good."""

from collections import Counter
from collections.abc import Mapping

from pipeline.intake.alike import Compared, Likeness, find_alike, standing_order
from pipeline.intake.decision_words import Same, read_whose
from pipeline.model.history import History


def join(
    people: tuple[Compared, ...], references: dict[str, str], history: History
) -> tuple[dict[str, str], frozenset[str]]:
    """Join those of whom organisers say that they are one person; name those of whom it is not clear with whom."""
    said = {person.reference: word for person in people if (word := _same(person))}
    if not said:
        return references, frozenset()
    alike, known = find_alike(people), {person.reference: person for person in people}
    keys = {*history.responses.items(), *references.items()}
    owned = Counter(reference for _, reference in keys)
    joined, unclear = {}, set()
    for reference, word in said.items():
        with_whom = word.reference or _only(reference, alike)
        is_done = owned[reference] > 1 and reference not in alike
        if word.reference == reference or (is_done and not word.reference):
            continue
        pair = sorted((known[name] for name in {reference, with_whom} & known.keys()), key=standing_order)
        is_clear = len(pair) == 2 and not pair[1].is_told and (word.reference or owned[reference] == 1)
        if is_clear:
            joined[pair[1].reference] = pair[0].reference
        else:
            unclear.add(reference)
    return {key: _last(reference, joined) for key, reference in references.items()}, frozenset(unclear)


def _same(person: Compared) -> Same | None:
    rows = person.rows if person.is_here else ()
    words = (read_whose(entry.decision) for entry in reversed(rows))
    return next((word for word in words if isinstance(word, Same) and not word.is_corrected), None)


def _only(reference: str, alike: Mapping[str, tuple[Likeness, ...]]) -> str:
    """Return the one whom somebody is like, or who waits because of them; nothing where there are more."""
    before = {like.reference for like in alike.get(reference, ())}
    after = {name for name, likes in alike.items() if reference in {like.reference for like in likes}}
    others = before | after
    return next(iter(others)) if len(others) == 1 else ""


def _last(reference: str, joined: Mapping[str, str]) -> str:
    while reference in joined:
        reference = joined[reference]
    return reference
