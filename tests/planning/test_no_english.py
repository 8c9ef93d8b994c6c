"""Nothing that organisers read is left in English: all that a plan, a tab and a notice can say, in each language."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.messages.notices import render_notice
from pipeline.model.applicant import Status
from pipeline.model.controls import NO_CONTROLS, Controls
from pipeline.model.history_events import Ending, LoggedRun
from pipeline.model.kinds import KINDS
from pipeline.model.message import State
from pipeline.model.places import AtLeast
from pipeline.model.reason import ReasonKind
from pipeline.model.said import PHRASES, tell
from pipeline.model.wordings import words
from pipeline.planning.digest import News, write_alert, write_digest
from pipeline.planning.make_plan import make_plan
from pipeline.planning.projection import show
from pipeline.planning.tab.facts import Facts
from pipeline.planning.tab.make_tab import make_tab
from pipeline.planning.waits import Waits
from tests.model.test_wordings import SAID
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    DAN,
    LATER,
    NEW,
    NOA,
    SELECTION,
    SERVICE,
    TEMPLATES,
    at,
    carried_out,
    responses,
    with_places,
)

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|to|it|with|that|this|from|for|who|by|your|has|have|been|nothing)\b", re.IGNORECASE
)
"""Words that hardly a sentence of English does without, and that are none in the other languages."""

SILENT = replace(
    CALL.audience,
    **{
        group: tuple(replace(rule, reason="…") for rule in getattr(CALL.audience, group))
        for group in ("hold", "ineligible", "review", "categories")
    },
)
"""The rules without their sentences, which are the organisers' own."""

ODD = Controls(
    pause=True, freeze=True, approve="AAAAAA", odd=(("pause", "?"), ("freeze", "?"), ("seen", "?"))
)
TROUBLED = (
    ANA + " > country=Spain",
    BEA + " > decision=Perhaps",
    CLO + " > decision=ok",
    NOA,
    DAN + " > role=Chaplain",
    "07-14 10:00 | hal@example.org | Hal | Manager | Yes > agreement=",
    "07-14 11:00 | no address | Ida | Manager | Yes",
    "07-14 12:00 | ana@example.org | Eva Ruiz | Manager | Yes",
    "07-14 13:00 | jo@example.org | Jo | Manager | Yes > timestamp=soon",
    "08-02 05:00 | kim@example.org | Kim | Manager | Yes",
)


def said_in(language: str) -> Iterator[str]:
    """Yield all that organisers read over some days in which everything goes wrong that can."""
    bounds = (AtLeast("country", "Spain", 3), AtLeast("category", "external", 2))
    call = replace(with_places(capacity=1, waiting_list=1, at_least=bounds), audience=SILENT)
    service = replace(SERVICE, sheet=replace(SERVICE.sheet, language=language), run_at=("07:00",))
    history = NEW
    for now, approve, state in (
        (BEFORE, frozenset(), State.REFUSED),
        (SELECTION, call.messages.keys(), State.DEFERRED),
        (LATER, frozenset(), State.IN_DOUBT),
        (at("09-01 07:00"), frozenset(), State.ACCEPTED),
        (at("09-12 10:00"), frozenset(), State.ACCEPTED),
    ):
        today = replace(call, approve=frozenset(approve))
        snapshot = replace(responses(*TROUBLED), controls=ODD if approve else NO_CONTROLS)
        made = make_plan(today, service, TEMPLATES, snapshot, history, now)
        yield from (text for change in made.changes for text in change.after.texts()[2:])
        waits = Waits(1, 1, 1, 1, 1, 1, 1, now)
        runs = (LoggedRun(now, number=1, ending=Ending.DONE, counts={"changed": 4}),)
        known = carried_out(made, history, state)
        known = replace(known, posted=tuple(replace(each, run=1) for each in known.posted))
        shown = show(today, made.assessment, known)
        facts = Facts(today, service, made, known, shown, now, made.needs, waits, runs)
        tab = make_tab(facts)
        yield from (
            tab.heading,
            *(text for one in tab.controls for text in (one.label, one.hint, *one.choices)),
        )
        yield from (str(cell.value) for row in tab.rows for cell in row if cell)
        yield from (
            text for chart in tab.charts for text in (chart.title, *(name for name, _ in chart.series))
        )
        news = News(
            tuple((each, 1) for each in Status), tuple((kind, 2) for kind in KINDS), ("P-AAAA22",), now
        )
        digest = write_digest(today, news, made.needs, waits, "", (), "https://x.example", language)
        assert digest
        rendered = render_notice(digest.notice)
        yield from (rendered.subject, rendered.text)
        assert f'<html lang="{language}">' in rendered.html
        history = replace(known, rows=40)
    alert = write_alert("", "…", "x.xlsx", has_run=True, language=language)
    yield render_notice(alert).text
    yield from (tell(words((reason,)), language) for reason, _ in SAID if reason.kind not in OWN_WORDS)


OWN_WORDS = {ReasonKind.RULE, ReasonKind.AS_WRITTEN}


def _bare(text: str) -> str:
    """Leave out what is for a terminal, and the names of facts."""
    return re.sub(r"`[^`]*`|\{[^}]*\}|--[a-z-]+", "", text)


@pytest.mark.parametrize("language", ["fr", "de", "es"])
def test_no_english_is_left_in_what_organisers_read(language: str) -> None:
    left = {
        text: found for text in said_in(language) if (found := ENGLISH.findall(re.sub("`[^`]*`", "", text)))
    }
    assert left == {}


@pytest.mark.parametrize("language", ["fr", "de", "es"])
def test_no_phrase_is_english(language: str) -> None:
    forms = {
        (key, form)
        for key, phrase in PHRASES[language].items()
        for form in ([phrase] if isinstance(phrase, str) else phrase.values())
    }
    assert [pair for pair in forms if ENGLISH.search(_bare(pair[1]))] == []


def test_what_organisers_read_is_said_by_phrases() -> None:
    """A sentence that is put together in the code is English for ever."""
    pipeline = Path(__file__).parent.parent.parent / "pipeline"
    found = [
        f"{path.relative_to(pipeline)}:{call.lineno}"
        for folder in ("intake", "decisions", "planning", "sheets", "running")
        for path in (pipeline / folder).rglob("*.py")
        if re.search(r"\b(Problem|TabCell|Part|Unusable)\(", text := path.read_text("utf-8"))
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"Problem", "TabCell", "Part", "Unusable"}
        and any(map(_is_sentence, call.args))
    ]
    assert found == []


def _is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_sentence(node.body) or _is_sentence(node.orelse)
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(" " in text and re.search("[a-z]", text) for text in texts)
