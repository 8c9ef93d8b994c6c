from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.messages.language import Moment, language_of
from pipeline.model.languages import Languages, translated
from pipeline.model.locales import (
    is_right_to_left,
    locale_of,
    nearest,
    write_day,
    write_list,
    write_moment,
    write_number,
    write_time_there,
)

AT = datetime(2023, 8, 18, 23, 59, tzinfo=ZoneInfo("Europe/Madrid"))
WINTER = datetime(2024, 1, 9, 7, 5, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.mark.parametrize(
    ("code", "full", "short", "moment"),
    [
        ("en", "Friday 18 August 2023", "18/08/2023",
         "Friday 18 August 2023, 23:59 (Central European Summer Time)"),
        ("fr", "vendredi 18 août 2023", "18/08/2023",
         "vendredi 18 août 2023, 23:59 (heure d’été d’Europe centrale)"),
        ("de", "Freitag, 18. August 2023", "18.08.23",
         "Freitag, 18. August 2023, 23:59 (Mitteleuropäische Sommerzeit)"),
        ("es", "viernes, 18 de agosto de 2023", "18/8/23",
         "viernes, 18 de agosto de 2023, 23:59 (hora de verano de Europa central)"),
        ("fi", "perjantai 18. elokuuta 2023", "18.8.2023",
         "perjantai 18. elokuuta 2023 23.59 (Keski-Euroopan kesäaika)"),
        ("en-US", "Friday, August 18, 2023", "8/18/23",
         "Friday, August 18, 2023, 11:59 PM (Central European Summer Time)"),
    ],
)  # fmt: skip
def test_days_and_times_are_written_as_the_language_writes_them(
    code: str, full: str, short: str, moment: str
) -> None:
    said = (write_day(AT, code), write_day(AT, code, "short"), write_moment(AT, code))
    assert [" ".join(each.split()) for each in said] == [full, short, moment]


def test_the_clock_is_that_of_the_day() -> None:
    assert write_day(WINTER, "en", "long") == "9 January 2024"
    assert write_time_there(WINTER, "en") == "07:05 (Eastern European Standard Time)"


def test_a_moment_is_its_day_and_empty_where_there_is_none() -> None:
    assert (Moment(AT, "de"), Moment(AT, "de").at) == ("Freitag, 18. August 2023", AT)
    assert (Moment(None, "de"), Moment(None, "de").at) == ("", None)


def test_lists_and_numbers() -> None:
    assert [write_list(("a", "b", "c"), code) for code in ("en", "de", "es")] == [
        "a, b and c", "a, b und c", "a, b y c",
    ]  # fmt: skip
    assert [write_list(("a", "b"), code, "or") for code in ("en", "fr")] == ["a or b", "a ou b"]
    assert [write_number(1234, code) for code in ("en", "de")] == ["1,234", "1.234"]


def test_languages_that_are_none_and_that_run_the_other_way() -> None:
    assert [is_right_to_left(code) for code in ("en", "fr", "ar")] == [False, False, True]
    with pytest.raises(ValueError, match="unknown locale"):
        locale_of("xx")


SEVERAL = Languages("en", ("fr", "de", "pt-BR"), "language", {"Castellano": "fr", "Brasil": "pt-BR"})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("French", "fr"), ("Français", "fr"), ("francais ", "fr"), ("FR", "fr"), ("Französisch", "fr"),
        ("Deutsch", "de"), ("German", "de"), ("allemand", "de"), ("português (Brasil)", "pt-BR"),
        ("Portuguese", "pt-BR"), ("brasil", "pt-BR"), ("castellano", "fr"), ("Klingon", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_the_answer_says_the_language(said: str, code: str) -> None:
    assert language_of(SEVERAL, {"language": said}) == code


def test_without_an_answer_everybody_gets_the_default() -> None:
    assert language_of(Languages("de"), {"language": "French"}) == "de"
    assert language_of(SEVERAL, {}) == "en"


def test_the_nearest_language_is_the_same_without_its_region() -> None:
    assert [nearest(code, ("en", "fr", "pt-BR")) for code in ("fr-CH", "PT-br", "de")] == ["fr", "pt-BR", ""]


def test_a_translation_is_called_by_its_language() -> None:
    assert translated("invitation.md", "pt-BR") == "invitation.pt-BR.md"
