"""The shipped configuration is the reference call: its dates, questions, places and rules."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.audience.classify import classify
from pipeline.config.load import Config
from pipeline.model.applicant import Eligibility
from pipeline.model.appointment import Session
from pipeline.model.call import Dates
from pipeline.model.kinds import KINDS
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places
from pipeline.model.ranks import RankKey
from pipeline.model.settings import (
    Limits,
    MailSettings,
    OutboxSettings,
    Retention,
    Sender,
    Service,
    WorkbookSettings,
)
from tests.support.build import MADRID
from tests.support.config_case import load_texts

SHIPPED = Path(__file__).parent.parent.parent


def shipped(folder: Path) -> Config:
    texts = [(SHIPPED / "config" / f"{name}.yaml").read_text("utf-8") for name in ("call", "service")]
    shutil.copytree(SHIPPED / "config" / "vocabulary", folder / "config" / "vocabulary")
    return load_texts(folder, *texts)


def test_load_of_the_shipped_service_stays_on_this_machine(tmp_path: Path) -> None:
    service = shipped(tmp_path).service
    assert service == Service(
        sheet=WorkbookSettings(tmp_path / "responses.xlsx"),
        mail=MailSettings(
            Sender("ran-prisons@example.org", "RAN PRISONS"), OutboxSettings(tmp_path / "state" / "outbox")
        ),
        limits=Limits(),
        run_at=("07:00",),
        retention=Retention(timedelta(days=90), timedelta(days=180)),
    )


def test_load_of_the_shipped_call_has_the_dates_of_the_reference_call(tmp_path: Path) -> None:
    call = shipped(tmp_path).call
    assert call.zone == MADRID
    assert call.dates == Dates(
        opens=datetime(2023, 6, 19, tzinfo=MADRID),
        deadline=datetime(2023, 8, 1, 23, 59, 59, tzinfo=MADRID),
        selection=datetime(2023, 8, 2, 6, tzinfo=MADRID),
        reply_by=datetime(2023, 8, 20, 23, 59, 59, tzinfo=MADRID),
        reviews_by=datetime(2023, 8, 4, 6, tzinfo=MADRID),
        last_offers=datetime(2023, 9, 6, 23, 59, 59, tzinfo=MADRID),
        starts=datetime(2023, 9, 12, 9, tzinfo=MADRID),
        ends=datetime(2023, 9, 13, 12, 30, tzinfo=MADRID),
        sessions=(
            Session(datetime(2023, 9, 12, 9, tzinfo=MADRID), datetime(2023, 9, 12, 17, 30, tzinfo=MADRID)),
            Session(datetime(2023, 9, 13, 9, tzinfo=MADRID), datetime(2023, 9, 13, 12, 30, tzinfo=MADRID)),
        ),
    )


def test_load_of_the_shipped_call_has_every_question_of_the_form(tmp_path: Path) -> None:
    headers = shipped(tmp_path).call.columns.headers
    assert headers == {
        "timestamp": "Timestamp",
        "email": "Email Address",
        "first_name": "First name",
        "family_name": "Family name",
        "organisation": "Organisation",
        "job_title": "Job title",
        "country": "Country",
        "role": "Which of these describes you best?",
        "workplace": "Where do you work?",
        "vetos": "Do you work with violent extremist or terrorist offenders (VETOs)?",
        "experience": "Years of experience in P/CVE",
        "work": "Describe your work with VETOs in prison",
        "contribution": "What would you bring to the meeting?",
        "english": "Level of English",
        "attended_before": "Have you attended a RAN meeting before?",
        "needs": "Dietary or accessibility needs",
        "agreement": "I agree that my answers are used to select participants",
    }


def test_load_of_the_shipped_call_has_the_places_and_messages(tmp_path: Path) -> None:
    call = shipped(tmp_path).call
    assert call.places == Places(
        capacity=35,
        waiting_list=30,
        at_most=(AtMost("country", 4, ("Other",)), AtMost("organisation", 2)),
        at_least=(AtLeast(CATEGORY, "management", 15), AtLeast(CATEGORY, "external", 10)),
        rank_by=(
            RankKey("vetos", ("Yes, directly", "Not yet, but I aim to")),
            RankKey("attended_before", ("No", "Yes")),
        ),
        seed="barcelona-2023",
    )
    assert call.messages == {kind: f"{kind}.md" for kind in KINDS}


MANAGER = {
    "job_title": "Governor",
    "role": "Prison management or administration",
    "workplace": "In a prison",
    "vetos": "Yes, directly",
    "work": "I lead a prison with six VETOs in it.",
    "english": "B2",
    "agreement": "I agree",
}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "management"),
        ({"role": "Prison governor"}, "management"),
        ({"role": "I lead one", "job_title": "Gefängnisdirektorin"}, "management"),
        ({"role": "Director de centre penitenciari", "job_title": ""}, "management"),
        ({"role": "Exit worker", "job_title": "Psychologist"}, "external"),
        ({"role": "Prison psychologist", "job_title": "Psychologist"}, "external"),
        ({"role": "Law enforcement", "workplace": "I come into prisons from outside"}, "external"),
        ({"role": "Prison governor", "workplace": "Outside prisons"}, "management"),
        ({"role": "Retired prison governor"}, "review"),
        ({"role": "former prison director"}, "review"),
        ({"role": "Student of prison psychology"}, "review"),
        ({"role": "Journalist"}, "review"),
        ({"role": "Researcher", "job_title": "Prison director"}, "review"),
        ({"role": "Prison governor", "job_title": "Prison psychologist"}, "review"),
        ({"job_title": "Prison nurse"}, "review"),
        ({"job_title": "Secretary of the director"}, "management"),
        ({"job_title": "Aumônier"}, "review"),
        ({"role": "Exit worker", "workplace": "Outside prisons"}, "review"),
        ({"english": "A2"}, "review"),
        ({"english": ""}, "review"),
        ({"vetos": "No"}, "review"),
        ({"vetos": "No", "work": "none"}, "ineligible"),
        ({"vetos": "No", "work": "", "role": "Baker", "english": "A1"}, "ineligible"),
        ({"agreement": ""}, "held"),
    ],
)
def test_shipped_rules_classify(tmp_path: Path, answers: dict[str, str], expected: str) -> None:
    call = shipped(tmp_path).call
    found = classify(call.audience, call.columns, {**MANAGER, **answers})
    assert (found.category or found.eligibility) == expected


def test_shipped_rules_give_the_reason_in_a_sentence(tmp_path: Path) -> None:
    call = shipped(tmp_path).call
    found = classify(call.audience, call.columns, {**MANAGER, "vetos": "No", "work": "-"})
    reason = "Does not work with violent extremist offenders and does not aim to: answered “No”."
    assert (found.eligibility, found.reason) == (Eligibility.INELIGIBLE, reason)
