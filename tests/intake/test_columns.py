from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.intake.columns import ColumnPositions, find_columns
from pipeline.model.call import Columns
from pipeline.model.errors import HeaderError
from pipeline.model.question import Question
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, OwnCells, Row, Snapshot
from tests.support.build import columns_of

FORM = columns_of({"email": "Email Address", "timestamp": "Timestamp"})


def headed(*headers: str) -> Snapshot:
    return Snapshot("test sheet", headers, ())


def test_columns_are_found_anywhere_and_in_any_order() -> None:
    positions = find_columns(headed("Notes", "  email   ADDRESS", "Timestamp"), FORM)
    assert positions == ColumnPositions({"email": (1,), "timestamp": (2,)}, {}, {}, FORM.questions)


def test_a_column_may_be_headed_otherwise_in_the_sheet_but_only_one_is_so() -> None:
    form = Columns({"timestamp": Question("Timestamp", or_headed=("Zeitstempel", "Marca temporal"))})
    assert find_columns(headed("Name", "ZEITSTEMPEL"), form).answers == {"timestamp": (1,)}
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("Marca temporal", "Zeitstempel", "zeitstempel"), form)
    assert caught.value.duplicated == ("Marca temporal", "Zeitstempel")
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("Horodatage"), form)
    assert caught.value.missing == ("Timestamp",)


def test_choices_are_named_in_the_line_below_the_headers_wherever_that_is() -> None:
    role = Question("Role", choices={"Manager": "Role", "Chief": "Role [Chief]"})
    form = Columns({"timestamp": Question("End", or_headed=("Ende",)), "role": role}, choices_below=True)
    headers = ("Ende", "Role", "", "Name", "")
    rows = tuple(
        Row(number, tuple(Cell(text) for text in texts))
        for number, texts in enumerate(
            (("1", "", "Chief"), ("", "Manager", "Chief", "Response"), ("", "", "x")), 2
        )
    )
    assert find_columns(Snapshot("test sheet", headers, rows), form).answers == {
        "timestamp": (0,),
        "role": (1, 2),
    }
    with pytest.raises(HeaderError, match=r"“Role \[Chief\]”"):
        find_columns(Snapshot("test sheet", headers, rows[:1]), form)


def test_convenes_and_the_organisers_columns_are_found_too() -> None:
    positions = find_columns(
        headed(*reversed(OWN_COLUMNS), "Timestamp", *ORGANISER_COLUMNS, "Email Address"), FORM
    )
    row = Row(2, tuple(Cell(text) for text in ("7", "6", "5", "4", "3", "2", "1", "", "Invite", "a note")))
    assert positions.own_cells(row) == OwnCells("1", "2", "3", "4", "5", "6", "7")
    assert [positions.said(row, header) for header in ORGANISER_COLUMNS] == ["Invite", "a note"]


def test_a_new_sheet_has_nothing_of_ours_to_read() -> None:
    positions = find_columns(headed("Timestamp", "Email Address"), FORM)
    row = Row(2, (Cell("x"), Cell("y")))
    assert (positions.own_cells(row), positions.said(row, "Decision")) == (OwnCells(), "")


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (
            ("Timestamp",),
            "test sheet: no column is headed “Email Address”. "
            "Correct the header row (or the headers in config/call.yaml) and run again.",
        ),
        (
            ("Timestamp", "E-mail Address"),
            "test sheet: no column is headed “Email Address”. “E-mail Address” may be the column "
            "“Email Address”, renamed. "
            "Put the header back (or correct it in config/call.yaml) and run again.",
        ),
        (
            ("Timestamp", "Email Address", "email address"),
            "test sheet: more than one column is headed “Email Address”. Rename one of the columns, or say in "
            "config/call.yaml which is meant: “nth: 2”, “exact: true” for the one that is spelt so, or “branches” "
            "where each row fills one of them (docs/form.md).",
        ),
    ],
)
def test_a_missing_or_duplicated_header_stops_and_is_named(headers: tuple[str, ...], message: str) -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed(*headers), FORM)
    assert str(caught.value) == message


def test_some_of_our_columns_missing_is_not_taken_for_a_new_sheet() -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("Timestamp", "Email Address", *OWN_COLUMNS[1:], OWN_COLUMNS[1]), FORM)
    assert (caught.value.missing, caught.value.duplicated) == (("Reference",), ("Category",))


@pytest.mark.parametrize(
    ("question", "headers", "at"),
    [
        pytest.param(Question("Country"), ("Country",), (0,), id="one column"),
        pytest.param(Question("Country", nth=2), ("Country", "x", "country"), (2,), id="the second of two"),
        pytest.param(Question("Country", exact=True), ("country", "Country "), (1,), id="the one spelt so"),
        pytest.param(Question("Country", branches=("Land",)), ("Land", "Country"), (1, 0), id="two branches"),
        pytest.param(
            Question("Country", branches=("Country",)),
            ("Country", "x", "Country"),
            (0, 2),
            id="branches alike",
        ),
        pytest.param(
            Question("Role", choices={"Exit worker": "role/exit", "Police": "role/police"}),
            ("role/police", "role/exit"),
            (1, 0),
            id="a column for each choice",
        ),
    ],
)
def test_a_question_has_the_columns_that_its_form_gives_it(
    question: Question, headers: tuple[str, ...], at: tuple[int, ...]
) -> None:
    assert find_columns(headed(*headers), Columns({"key": question})).answers == {"key": at}


@pytest.mark.parametrize(
    ("question", "headers", "missing"),
    [
        (Question("Country", nth=2), ("Country",), ("Country",)),
        (Question("Country", exact=True), ("country",), ("Country",)),
        (Question("Country", branches=("Country",)), ("Country",), ("Country",)),
        (Question("Role", choices={"A": "role/a", "B": "role/b"}), ("role/a",), ("role/b",)),
    ],
)
def test_a_column_that_is_not_there_is_missing(
    question: Question, headers: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed(*headers), Columns({"key": question}))
    assert (caught.value.missing, caught.value.duplicated) == (missing, ())
    is_short = headers == missing == (question.header,)
    assert ("heads 1 column, and config/call.yaml asks for more" in str(caught.value)) is is_short


def test_headers_that_stand_in_a_lower_row_are_pointed_out() -> None:
    lower = Row(4, (Cell("Timestamp"), Cell("Email Address"), Cell("Country")))
    snapshot = Snapshot("test sheet", ("Export of 1 August",), (Row(2, (Cell("x"),)), lower))
    with pytest.raises(HeaderError, match="Row 4 has more of them: add the line “header_row: 4”"):
        find_columns(snapshot, FORM)


NAMED = replace(FORM, own_columns={"Status": "Convene status", "Decision": "What we say"})


def test_our_columns_can_have_other_names_beside_one_of_the_forms() -> None:
    own = tuple(map(NAMED.title, OWN_COLUMNS))
    organisers = tuple(map(NAMED.title, ORGANISER_COLUMNS))
    form = {**NAMED.questions, "status": Question("Status")}
    headers = ("Status", *organisers, *own, "Timestamp", "Email Address")
    positions = find_columns(headed(*headers), replace(NAMED, questions=form))
    assert positions.answers["status"] == (0,)
    assert (positions.organisers["Decision"], positions.own["Status"]) == (1, 3 + OWN_COLUMNS.index("Status"))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(("Timestamp", "Email Address", "Category"), id="never set up"),
        pytest.param(("Timestamp", "Email Address", *OWN_COLUMNS, "Category"), id="a new question"),
    ],
)
def test_a_column_of_the_form_that_is_named_like_ours_can_stay(headers: tuple[str, ...]) -> None:
    with pytest.raises(HeaderError, match=r"own_columns: \{Category: Convene category\}"):
        find_columns(headed(*headers), FORM)


@pytest.mark.parametrize(
    ("when", "who"),
    [
        ("Horodateur", "Adresse e-mail"),
        ("Zeitstempel", "E-Mail-Adresse"),
        ("Marca temporal", "Dirección de correo electrónico"),
        ("Informazioni cronologiche", "Indirizzo email"),
        ("Carimbo de data/hora", "Endereço de e-mail"),
        ("Tijdstempel", "E-mailadres"),
        ("Sygnatura czasowa", "Adres e-mail"),
        ("Отметка времени", "Адрес электронной почты"),
        ("タイムスタンプ", "メールアドレス"),
        ("ZAMAN DAMGASI", "e-posta adresi"),
        ("Timestamp", "Username"),
    ],
)
def test_what_the_form_itself_heads_is_known_in_its_languages(when: str, who: str) -> None:
    assert dict(find_columns(headed("Notes", who, when), FORM).answers) == {"email": (1,), "timestamp": (2,)}
    there = columns_of({"email": who, "timestamp": when})
    positions = find_columns(headed("Email Address", "Timestamp"), there)
    assert dict(positions.answers) == {"email": (0,), "timestamp": (1,)}


def test_a_header_as_it_is_written_counts_more_than_one_of_another_language() -> None:
    positions = find_columns(headed("Username", "Email Address", "Timestamp"), FORM)
    assert dict(positions.answers) == {"email": (1,), "timestamp": (2,)}


def test_two_columns_that_might_both_be_meant_stop_the_run() -> None:
    with pytest.raises(HeaderError, match="more than one column is headed “Username”"):
        find_columns(headed("Username", "Adresse e-mail", "Timestamp"), FORM)


def filled(*headers: str) -> Snapshot:
    """Return a sheet with an answer, the time in the last column but one and the address in the last one."""
    moment = datetime.fromisoformat("2023-07-14 09:12:33")
    row = Row(2, (Cell("yes"), Cell("2023-07-14 09:12:33", moment), Cell("ana@example.org")))
    return Snapshot("test sheet", headers, (row,))


def test_in_any_other_language_a_column_is_guessed_by_what_stands_in_it() -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(filled("Q", "Tamanho xyz", "Postfang"), FORM)
    assert str(caught.value) == (
        "test sheet: no column is headed “Email Address”; no column is headed “Timestamp”. “Postfang” may be the "
        "column “Email Address”, by what stands in it; “Tamanho xyz” may be the column “Timestamp”, by what stands in "
        "it. Put the header back (or correct it in config/call.yaml) and run again."
    )


@pytest.mark.parametrize("missing", ["Timestamp", "Role"])
def test_where_nothing_stands_nothing_is_guessed(missing: str) -> None:
    with pytest.raises(HeaderError, match=r"Correct the header row \(or the headers in config/call.yaml\)"):
        find_columns(headed("Q"), columns_of({"answer": "Q", "missing": missing}))


def test_an_empty_tab_says_what_is_missing_and_where_it_comes_from() -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("", ""), FORM)
    assert str(caught.value) == (
        "test sheet: no column is headed “Email Address”; no column is headed “Timestamp”. The tab is empty. In a "
        "workbook, convene setup writes the headers. Else link the form to this spreadsheet (in Google Forms: "
        "Responses, “Link to Sheets”), or name the tab that it writes to as sheet.tab in config/service.yaml, and run "
        "again."
    )


def test_a_header_row_of_convene_for_another_call_says_how_to_begin_anew() -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("Name", "Decision", "Status", "Reason", "Timestamp"), columns_of({"answer": "Q"}))
    assert str(caught.value).endswith(
        "This header row is Convene's own, of another config/call.yaml, and no response is below it. Delete row 1 in "
        "the file, save, and run convene setup: it writes the headers of now."
    )


def test_of_many_missing_columns_some_are_named() -> None:
    form = columns_of({key: f"Question {key}" for key in "abcde"})
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("x"), form)
    assert str(caught.value).startswith(
        "test sheet: no column is headed “Question a”; no column is headed “Question b”; "
        "no column is headed “Question c”; and 2 more are missing. "
    )


def test_a_column_of_ours_that_is_gone_can_be_put_back() -> None:
    there = (*OWN_COLUMNS[:-1], "Timestamp", "Email Address")
    with pytest.raises(HeaderError, match="Put the header back, or type it into a free cell of the same row"):
        find_columns(headed(*there), FORM)
