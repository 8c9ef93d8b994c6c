"""Every shipped letter in every language under strict checks, and every letter of the demonstration."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from pipeline.commands.demo_call.people import WorkbookHands, read_responses
from pipeline.config.load import load
from pipeline.messages.compose import compose
from pipeline.messages.context import make_context
from pipeline.messages.reading import make_templates
from pipeline.messages.render import render
from pipeline.model.applicant import Applicant, Response
from pipeline.model.history import History
from pipeline.model.kinds import KINDS
from pipeline.model.languages import Languages
from pipeline.model.message import Kind, Message, Rendered
from pipeline.planning.letters import write_message
from pipeline.planning.make_plan import make_plan
from pipeline.planning.states import states
from pipeline.running.letter_files import read_templates
from pipeline.running.new_workspace import make_workspace
from tests.support.documents import ROOT
from tests.support.shipped import FOLDER, LANGUAGES
from tests.support.strict import check_bytes, check_html, check_parts

CALL = replace(load(ROOT, {}).call, languages=Languages("en", LANGUAGES[1:]))
TEMPLATES = read_templates(ROOT, CALL)
SERVICE = load(ROOT, {}).service
DAY = CALL.dates.selection
HOSTILE = "{{ 7*7 }} <b>*Ana*</b> =?utf-8?q?=0aBcc:x?="
NAMES = (
    *(("Björk", "Guðmundsdóttir"), ("Nguyễn", "Thị Minh Khai"), ("Seán", "Ó Súilleabháin"), ("Null", "Void")),
    *(("D’Arcy", "O'Brien-Nguyễn"), ("Jo", "Li"), ("Łukasz", "Żółć"), ("محمد", "الفاسي"), ("王", "小明")),
    *(("María José", "de la Cruz y Ñáñez"), ("Þórunn", "Ægisdóttir"), ("Ἀλέξανδρος", "Παπαδόπουλος")),
)
"""Odd but real."""


def composed(content: Rendered, kind: Kind) -> bytes:
    message = Message("P-ANA222", "ana@example.org", kind, 1, content, "")
    return compose(message, SERVICE.mail.sender, CALL.reply_to, "<1@example.org>", DAY, CALL.id)


@pytest.mark.parametrize(("kind", "code"), list(product(CALL.messages, LANGUAGES)))
def test_every_shipped_letter_passes_strict_checks(kind: Kind, code: str) -> None:
    assert kind not in KINDS or TEMPLATES.template(kind, code).language == code
    for number, state in enumerate(list(states(CALL, kind, code))[::37]):
        content = render(TEMPLATES, kind, state.context)
        check_bytes(composed(content, kind), content)
        check_parts(content)
        if number % 3 == 0:
            check_html(content.html)


@pytest.mark.parametrize(("kind", "code"), list(product(CALL.messages, LANGUAGES)))
def test_what_was_typed_and_odd_names_arrive_as_these_characters(kind: Kind, code: str) -> None:
    source = (
        "---\nsubject: News\npreview: '{{ applicant.name or 1 }}'\n---\n# News\n\n- {{ applicant.answers.about }}\n\n"
        "Dear {{ applicant.name or 'applicant' }},\n"
    )
    made = make_templates({kind: ("a.md", source)}, (FOLDER / "layout.html").read_text("utf-8"), default=code)
    for first, family in NAMES:
        response = Response("k", "ana@example.org", DAY, {"about": HOSTILE}, first, family)
        person = Applicant("P-ANA222", response)
        context = make_context(CALL, person, category="", late=False, held=False, language=code)
        content = render(made, kind, context)
        assert content.text == f"News\n====\n\n- {HOSTILE}\n\nDear {first} {family},\n"
        check_bytes(composed(content, kind), content)
        check_parts(content)
    check_html(content.html)


@pytest.mark.slow
def test_every_letter_of_the_demonstration_passes_strict_checks_in_four_languages(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "call")
    WorkbookHands(tmp_path / "call" / "responses.xlsx").submit(read_responses())
    snapshot, seen = workspace.sheet.read(), set()
    for days in (-18, 3):
        now = DAY + timedelta(days=days, hours=1)
        made = make_plan(CALL, SERVICE, TEMPLATES, snapshot, History(secret="s"), now, is_rehearsal=True)
        people = {verdict.reference: verdict for verdict in made.assessment.verdicts}
        # Every letter, in one language after the other: three are not a multiple of four.
        for number, (message, code) in enumerate(list(product(made.messages, LANGUAGES))[::3]):
            call = replace(CALL, languages=Languages(code))
            letter = write_message(call, TEMPLATES, people[message.reference], message.kind, 1, now)
            seen.add((message.kind, f'lang="{code}"' in letter.content.html))
            check_bytes(composed(letter.content, message.kind), letter.content)
            check_parts(letter.content)
            if number % 15 == 0:
                check_html(letter.content.html)
    kinds = (Kind.RECEIVED, Kind.INVITATION, Kind.WAITING_LIST, Kind.NOT_SELECTED)
    assert seen == {(kind, True) for kind in kinds}
