"""Who is named in what organisers typed is said by reference, in whatever way it was typed; the cell means the same."""

from dataclasses import replace
from itertools import product

import pytest

from pipeline.intake.decision_words import Override, find_word
from pipeline.intake.memory import Memory
from pipeline.intake.naming import Naming, naming_of, possible_names
from pipeline.intake.rows import read_entries
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.text import shorten
from tests.support.build import ANA, AUDIENCE, CALL, NEW, responses

ZOE = "07-11 09:00 | zoe@private.example | Zoë May Quintanilla | Manager | Yes"
BO = "07-11 09:00 | bo@example.org | May Ek | Manager | Yes"


def naming(*others: str, address: str = "", who: str = ZOE) -> Naming:
    zoe, *rest = read_entries(responses(who, *others), CALL)
    return naming_of([zoe], rest, [address] if address else [], "P-ZOE222", AUDIENCE)


def meaning(text: str) -> Override | None:
    """Return what a cell means, whoever is named in it."""
    found = find_word(text, AUDIENCE)
    is_other = found is not None and found.whom == "P-ANA222"
    return replace(found.meaning, whom="P-ANA222" if is_other else "") if found else None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", ""),
        ("Replace by zoe@private.example", "Replace by P-ZOE222"),
        ("Ersetzen durch ZOE@Private.example, ohne Mail", "Replace by P-ZOE222, silent"),
        (
            "Replace by Zoë Quintanilla <zoe@private.example> - as zoe@private.example and Zoe said",
            "Replace by P-ZOE222 - as P-ZOE222 and P-ZOE222 said",
        ),
        ("Replace by mailto:zoe@private.example, silent (ill)", "Replace by P-ZOE222, silent - ill"),
        ("Replace by anzoe@private.example", "Replace by anzoe@private.example"),
        ("Replace by zoe@private.example.org", "Replace by zoe@private.example.org"),
        ("Invite - instead of May Quintanilla, Zoë", "Invite - instead of P-ZOE222"),
        ("Invite - “zoe@private.example”. ZOE MAY QUINTANILLA!", "Invite - “P-ZOE222”. P-ZOE222!"),
        ("Invite - for Zoe’s sake, quintanilla", "Invite - for P-ZOE222’s sake, quintanilla"),
        ("Same person: P-ANA222 - Zoë", "Same person: P-ANA222 - P-ZOE222"),
        # It decided nothing before, and must not do so now.
        ("Same person: zoe@private.example", "Same person: …"),
        ("Replace by Zoë May Quintanilla - zoe@private.example", "Replace by … - …"),
        ("Invite - Quintanilla / zoë may quintanilla", "Invite - P-ZOE222 / P-ZOE222"),
        ("Invite - Quintanilla zoë may quintanilla, zoë may", "Invite - P-ZOE222 may"),
        ("ask “zoe@private.exa…” or zo…, not zoo…", "ask “P-ZOE222…” or zo…, not zoo…"),
        ("Invite zoe@private.example?", "Invite P-ZOE222?"),
        ("see mail=zoe@private.example/2", "see mail=P-ZOE222/2"),
        ("may be late, ask <zoe@xn--bcher-kva.example>", "may be late, ask <P-ZOE222>"),
        ("ask zoe@bücher.example; not z@e@x nor @", "ask P-ZOE222; not z@e@x nor @"),
    ],
)
def test_what_was_typed_says_the_same_without_address_and_name(typed: str, said: str) -> None:
    found = naming(ANA, address="zoe@xn--bcher-kva.example")
    assert (found.without(typed), found.is_in(typed)) == (said, said != typed)
    assert meaning(typed) == meaning(said)


NAMED = (
    *("Zoraida Quintanilla", "Quintanilla", "QUINTANILLA, Zoraida", "zoraida@private.example"),
    *(
        "<Zoraida@private.example>",
        "Zoraida Quintanilla <zoraida@private.example>",
        "mailto:zoraida@private.example",
    ),
)
CELLS = (
    *(
        "Replace by {}",
        "Replace by {}, silent",
        "Replace by {} - {}",
        "remplacer par {} ({} comes)",
        "{}? {}",
    ),
    *(
        "Invite - {}",
        "Decline ({})",
        "Hold, ask {}",
        "Same person: {}",
        "ok {}",
        "Extend to 2023-08-20 - {}, {}",
    ),
)


def test_in_whatever_cell_a_person_is_named_no_trace_is_left_and_it_means_the_same() -> None:
    found = naming(ANA, who="07-11 09:00 | zoraida@private.example | Zoraida Quintanilla | Manager | Yes")
    for cell, one, other in product(CELLS, NAMED, NAMED):
        text = cell.format(one, other)
        assert meaning(text) == meaning(found.without(text)), text
        for kept in (text, shorten(text, 60), shorten(text, 30)):  # as records and reasons quote it
            said = found.without(kept).lower()
            assert not any(trace in said for trace in ("zoraida", "quintanilla", "private")), kept


def test_what_others_have_too_names_nobody() -> None:
    twin = ZOE.replace("07-11", "07-13").replace("zoe@", "other@")
    office = ZOE.replace("07-11", "07-13").replace("Zoë May", "Ann")
    assert naming(BO).without("Invite - May of Quintanilla") == "Invite - May of P-ZOE222"
    assert naming(twin).without("Invite - Zoë May Quintanilla") == "Invite - Zoë May Quintanilla"
    assert naming(office).without("Replace by zoe@private.example") == "Replace by zoe@private.example"


def test_a_name_is_known_by_its_hash_where_its_row_is_gone() -> None:
    (zoe,) = read_entries(responses(ZOE), CALL)
    memory = Memory(replace(NEW, answers={zoe.key: Memory(NEW).note(zoe)}))
    words = set(possible_names("so says Quintanilla, Zoë May, today"))
    assert {each for each in words if memory.is_named(zoe.key, each)} == {("quintanilla", "zoe", "may")}
    assert {len(each) for each in words} == {2, 3, 4, 5}
    known = Naming(
        frozenset(), frozenset({("zoe", "quintanilla"), ("zoe",), ("quintanilla",)}), "P-ZOE222", AUDIENCE
    )
    assert naming_of([], [], [], "P-ZOE222", AUDIENCE, [("zoe", "quintanilla")]) == known


@pytest.mark.parametrize("name", ["Invite Hold", "Prince", "", "Bo Ek"])
def test_a_name_that_is_a_word_or_none_changes_no_decision(name: str) -> None:
    found = naming(who=f"07-11 09:00 | zoe@private.example | {name} | Manager | Yes")
    assert [found.without(text) for text in ("Hold", "Invite", "Withdrawn")] == [
        "Hold",
        "Invite",
        "Withdrawn",
    ]
    unusable = read_entries(responses("07-11 09:00 | no address | Zoe | Manager | Yes"), CALL)
    assert naming_of(unusable, [], [], "P-ZOE222", AUDIENCE).without("Zoe") == "Zoe"


def test_reasons_that_quote_what_was_typed_name_nobody() -> None:
    asked = because(ReasonKind.DECIDED, word="Replace by zoe@private.example")
    rule = because(
        ReasonKind.RULE, text="Told by Zoë"
    )  # an answer of the applicant, which stands in the sheet
    assert naming().reasons_without((asked, rule, as_written("By Zoë: Invite."))) == (
        because(ReasonKind.DECIDED, word="Replace by P-ZOE222"),
        rule,
        as_written("By P-ZOE222: Invite."),
    )
