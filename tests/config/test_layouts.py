"""The layouts of form tools: what each is made from, and an invented sheet in exactly that form, read with it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipeline.audience.answers import understand
from pipeline.config.call.layouts import LAYOUTS
from pipeline.intake.rows import read_entries
from pipeline.model.call import Call
from pipeline.model.settings import WorkbookSettings
from pipeline.running.workspace import open_sheet
from pipeline.sheets.base import Sheet
from tests.support.config_case import CALL, load_texts, make_workspace, problems_of

GITHUB = "https://github.com"
EUSURVEY = f"{GITHUB}/EUSurvey/EUSURVEY/blob/4d6df69cbc28ca99afe179bc86f7ff46031828aa"
LIMESURVEY = (
    f"{GITHUB}/btqdesign/limesurvey/blob/1daef45aa372b537126dfd0e758d644fa005cb1e/application/helpers"
)
KPI = f"{GITHUB}/kobotoolbox/kpi/blob/2e5efb0172e64fc8c8de222039f2aa02c6d6be8e"

SOURCES = {
    "google_forms": {
        # header, dates as 6/21/2018 23:29:42, several choices joined by ", "
        f"{GITHUB}/cncf/surveys/blob/e2dd7c5405be150184d8f6921340927fccac7db2/maintainer/2018/results-h1.csv": (
            "71c90377ecc92033d2278731b38399b830b2adfd0184841f0057f2519c84dfc1"
        ),
        # header of the address
        f"{GITHUB}/Salahaldian/n8n-mail-automation/blob/a6db5256fb3ac8be9e27914475e83cea4194778f"
        "/Form Responses 1.csv": "c6e767a1c34236c9148cdc7a351574362712723f20939c6dca051293172066ac",
        # Spanish; the form's own download: 2025/07/13 5:48:28 p.m. GMT-5, choices joined by ";"
        f"{GITHUB}/Ghostcito/Bot-Google-Form/blob/d148b6578e8dde59fad74dfef2bb92ec6fa522c2"
        "/Formulario sin título.csv": "784bd16056f78cf0933f4c782d050f1ae588fce8bc34f23eabb3815a5d089010",
    },
    "microsoft_forms": {
        # headers, 4/28/21 11:22:58, "anonymous" as address, choices joined and ended by ";"
        f"{GITHUB}/JettChenT/PhoneBrandPred/blob/6fd8dac71cfdd99f9aa83b04dc911c861aca0104/surveyEng.csv": (
            "d15fe99063e8e53ec05346815d990523b966b2a2c092800aeab9ed9dc8863b42"
        ),
        # Dutch: what a program reads from such a workbook
        f"{GITHUB}/DavidNHLSchweizer/aapa/blob/859768ed6f5d56c04c36d4b5f9454c832ef4d355"
        "/process/input/importing/import_excel_aanvragen.py": (
            "30047bc9be62049b525c3ca32b7c60b8c49bb405469d14770c00fd9a85d51a88"
        ),
    },
    "eusurvey": {
        # three lines above the headers, date cells on the server's clock, choices joined by ";" or Yes, No in columns;
        # labels from messages_*.properties of the same commit (label.CreationDate, label.UserName)
        f"{EUSURVEY}/src/main/java/com/ec/survey/tools/export/CommonExcelExportCreator.java": (
            "08a5f351ea4a554d35a84edd221944de0e127bf7085e15ff841226eae911b74f"
        ),
    },
    "limesurvey": {
        # a copy of 3.14.9: headers (translations in locale/*/*.mo of the same commit), times on the server's clock
        f"{LIMESURVEY}/common_helper.php": "9b285c2092b1a7390ff7e1e55bd5620d40fdd1b8ca71c814e512a6a89b475bd4",
        # a column for each choice: Yes, No, N/A, or Y and nothing
        f"{LIMESURVEY}/admin/export/SurveyObj.php": (
            "73bc06c66cf00a9d8a68fc6a5a0f9913c5353f74fe7adff229c65480169ff10d"
        ),
        # all cells are texts, the headers in row 1
        f"{LIMESURVEY}/admin/export/ExcelWriter.php": (
            "311fc9eab9a6b0bea3f740129759d48877f23cc2a92ea52854c16fbdc7ec964f"
        ),
    },
    "kobo": {
        # the time's header; one column with all choices, parted by spaces, and one for each with 1 and 0
        f"{GITHUB}/kobotoolbox/formpack/blob/176f619aba8f9f1cf095147069a506711979687b/src/formpack/schema/fields.py": (
            "e060eb42c3e6a38fd9f267e93130dc5abc8ed1d7178fe90a9572636c8bc29df0"
        ),
        # which columns an export has
        f"{KPI}/kpi/models/import_export_task.py": (
            "93eb346f3e14e4368f000ae296055534b090abfd077514b80c06c91e0593aefc"
        ),
        # 2019-07-19T22:47:15, of an aware time in UTC
        f"{KPI}/kobo/apps/openrosa/apps/viewer/models/parsed_instance.py": (
            "efd600b264b3995dd06d9e8253c1b192fb6ae9000459b3d33f6160b162599e64"
        ),
        # TIME_ZONE
        f"{KPI}/kobo/settings/base.py": "cb558d81c1cdd58bb9fdd42c377d6eb7e217621d6613017db2df8881b4e64ed4",
    },
    "typeform": {
        # 2016-03-29 21:23:43, UTC by its header; a column for each choice, with the choice where it was ticked
        f"{GITHUB}/freeCodeCamp/2016-new-coder-survey/blob/c7eaf6b3da8e874e94d71960b6812a3e0ced0704"
        "/raw-data/2016 New Coders Survey Part 1.csv": (
            "05847369805f44039ab2008fa77859aeb2e7423e1a4a7afe51647dab307f1437"
        ),
    },
    "surveymonkey": {
        # two header lines, 04/09/2019 04:49:59 AM, a column for each choice, with the choice where it was ticked
        f"{GITHUB}/cncf/surveys/blob/e2dd7c5405be150184d8f6921340927fccac7db2"
        "/ambassador/2019/h1/CNCF_Ambassadors_Survey_2019_H1.csv": (
            "5ce8232e6c27afdc69beb7e7e78ae1e6075faf2df101736c6d761b2ee7ce2d9b"
        ),
    },
    "qualtrics": {
        # three header lines, the second in the account's language, 2017-07-18 08:28:48 without a zone
        f"{GITHUB}/ropensci/qualtRics/blob/71261227849c3518db6c855d3520f9db6ea1bd4c/inst/extdata/sample.csv": (
            "3f55357fe3768d0f539dc8a47f39707f77344824ce40c675e941f2531ae2aaea"
        ),
    },
    "nextcloud_forms": {
        # ISO 8601 with an offset, choices joined by "; "; translations of the header in l10n/*.json of the same commit
        f"{GITHUB}/nextcloud/forms/blob/6c4b597a08f793b2ebd3e4e2854fac826670f146/lib/Service/SubmissionService.php": (
            "68fc31d52b2e36e80a34a6c56c2773aff2da2b08b1ce20b5bc4ee56ab220d14a"
        ),
    },
}
"""By layout: the files that it was made from, with the SHA-256 of what was read."""


@dataclass(frozen=True)
class Export:
    """A sheet as a tool writes it, what the call says of its columns, and the responses: address, time, ticked."""

    columns: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str | datetime, ...], ...]
    responses: tuple[tuple[str, str, tuple[str, ...]], ...]
    problems: tuple[str, ...] = field(default=())
    above: tuple[tuple[str | datetime, ...], ...] = field(default=())


FIELDS = "fields: {header: Your fields, options: [Biology, Law, Music]}"
SAID = ("Job title", "Do you work with VETOs?", "Level of English")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


EXPORTS = {
    "google_forms": Export(
        FIELDS,
        ("Marca temporal", "Email Address", "Your fields", *SAID),
        (
            (day("2023-07-14 09:12:33"), "ana@example.org", "Biology, Law"),
            ("2023/07/14 5:48:28 p.m. GMT-5", "bo@example.org", "Biology;Music"),
        ),
        (
            ("ana@example.org", "2023-07-14 09:12:33+02:00", ("Biology", "Law")),
            ("bo@example.org", "2023-07-15 00:48:28+02:00", ("Biology", "Music")),
        ),
    ),
    "microsoft_forms": Export(
        FIELDS,
        ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Your fields", *SAID),
        (
            (
                "1",
                day("2023-07-14 09:11:00"),
                day("2023-07-14 09:12:33"),
                "ana@example.org",
                "",
                "Biology;Law;",
            ),
            ("2", "7/14/23 9:11:00", "7/14/23 9:13:01", "bo@example.org", "", "Music;"),
            ("3", day("2023-07-14 09:11:00"), day("2023-07-14 09:14:00"), "anonymous", "", ""),
        ),
        (
            ("ana@example.org", "2023-07-14 09:12:33+02:00", ("Biology", "Law")),
            ("bo@example.org", "2023-07-14 09:13:01+02:00", ("Music",)),
        ),
        ("row 4, column “Email”: not an e-mail address that mail can be sent to. Correct the address",),
    ),
    "eusurvey": Export(
        FIELDS,
        ("Your fields", *SAID, "Kennnummer des Beitrags", "Nutzername", "Erstellungsdatum"),
        (("Biology;Law", "", "", "", "3f2a", "ana@example.org", day("2023-07-14 09:12:33")),),
        (("ana@example.org", "2023-07-14 09:12:33+02:00", ("Biology", "Law")),),
        above=(("Alias", "meeting"), ("Export Date", day("2023-07-15 08:00:00")), ()),
    ),
    "limesurvey": Export(
        "fields: {header: Your fields, choices:"
        " {Biology: 'Your fields [Biology]', Law: 'Your fields [Law]', Music: 'Your fields [Music]'}}",
        (
            *("Antwort ID", "Datum Abgeschickt", "E-Mail-Adresse"),
            *("Your fields [Biology]", "Your fields [Law]", "Your fields [Music]", *SAID),
        ),
        (
            ("1", "2023-07-14 09:12:33", "ana@example.org", "Yes", "No", "Yes"),
            ("2", "", "bo@example.org", "N/A", "N/A", "N/A"),
            ("3", "2023-07-14 09:13:01", "cy@example.org", "", "Y", ""),
            ("4", "2023-07-14 09:14:00", "di@example.org", "N/A", "N/A", "N/A"),
        ),
        (
            ("ana@example.org", "2023-07-14 09:12:33+02:00", ("Biology", "Music")),
            ("cy@example.org", "2023-07-14 09:13:01+02:00", ("Law",)),
            ("di@example.org", "2023-07-14 09:14:00+02:00", ()),
        ),
    ),
    "kobo": Export(
        "email: Your address\n  fields: {header: Your fields, choices:"
        " {Biology: Your fields/Biology, Law: Your fields/Law, Music: Your fields/Music}}",
        (
            *("Your address", "Your fields", "Your fields/Biology", "Your fields/Law", "Your fields/Music"),
            *(*SAID, "_id", "_submission_time", "_status"),
        ),
        (
            (
                "ana@example.org",
                "Biology Music",
                "1",
                "0",
                "1",
                "",
                "",
                "",
                "7",
                "2023-08-01T22:30:00",
                "submitted_via_web",
            ),
            ("bo@example.org", "", "", "", "", "", "", "", "8", day("2023-08-01 21:30:00")),
        ),
        (
            ("ana@example.org", "2023-08-02 00:30:00+02:00", ("Biology", "Music")),
            ("bo@example.org", "2023-08-01 23:30:00+02:00", ()),
        ),
    ),
    "typeform": Export(
        "email: Your address\n  fields: {header: Your fields, choices: {Biology: Biology, Law: Law, Music: Music}}",
        (
            "#",
            "Your address",
            "Biology",
            "Law",
            "Music",
            *SAID,
            "Start Date (UTC)",
            "Submit Date (UTC)",
            "Network ID",
        ),
        (
            (
                "99a1",
                "ana@example.org",
                "Biology",
                "",
                "Music",
                "",
                "",
                "",
                "",
                "2023-08-01 22:30:00",
                "5f57",
            ),
            ("99a2", "bo@example.org", "", "", "", "", "", "", "", day("2023-08-01 21:30:00"), "5f58"),
        ),
        (
            ("ana@example.org", "2023-08-02 00:30:00+02:00", ("Biology", "Music")),
            ("bo@example.org", "2023-08-01 23:30:00+02:00", ()),
        ),
    ),
    "surveymonkey": Export(
        "fields: {header: Your fields, choices:"
        " {Biology: Your fields, Law: 'Your fields [Law]', Music: 'Your fields [Music]'}}",
        (
            *("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address"),
            *("First Name", "Last Name", "Custom Data 1", "Your fields", "", "", *SAID),
        ),
        (
            (
                "106",
                "227",
                "",
                "07/14/2023 09:12:33 PM",
                "",
                "ana@example.org",
                "",
                "",
                "",
                "Biology",
                "",
                "Music",
            ),
            (
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "Biology",
                "Law",
                "Music",
                "Response",
                "Open-Ended Response",
            ),
            ("107", "227", "", day("2023-07-14 09:13:01"), "", "bo@example.org", "", "", "", "", "Law"),
        ),
        (
            ("ana@example.org", "2023-07-14 21:12:33+02:00", ("Biology", "Music")),
            ("bo@example.org", "2023-07-14 09:13:01+02:00", ("Law",)),
        ),
    ),
    "qualtrics": Export(
        "fields: {header: Q1, options: [Biology, Law, Music]}",
        ("StartDate", "Status", "RecordedDate", "ResponseId", "RecipientEmail", "UserLanguage", "Q1", *SAID),
        (
            (
                "Anfangsdatum",
                "Antworttyp",
                "Erfassungsdatum",
                "Antwort-ID",
                "E-Mail des Empfängers",
                "",
                "Fields?",
            ),
            (
                *('{"ImportId":"startDate"}', '{"ImportId":"status"}', '{"ImportId":"recordedDate"}'),
                *('{"ImportId":"_recordId"}', '{"ImportId":"recipientEmail"}', "", '{"ImportId":"QID1"}'),
            ),
            ("", "IP Address", "2023-07-14 09:12:33", "R_2Y", "ana@example.org", "EN", "Biology,Law"),
        ),
        (("ana@example.org", "2023-07-14 09:12:33+02:00", ("Biology", "Law")),),
    ),
    "nextcloud_forms": Export(
        f"email: Your address\n  {FIELDS}",
        ("Benutzer-ID", "Anzeigename", "Zeitstempel", "Your address", "Your fields", *SAID),
        (("", "Anonymer Benutzer", "2023-07-14T22:33:09+01:00", "ana@example.org", "Biology; Law"),),
        (("ana@example.org", "2023-07-14 23:33:09+02:00", ("Biology", "Law")),),
    ),
}


def laid_out(name: str, columns: str) -> str:
    """Return the call of the tests with a layout, and with `columns` in place of the time stamp and the address."""
    own = "columns:\n  timestamp: Timestamp\n  email: Email Address\n"
    return CALL.replace(own, f"layout: {name}\ncolumns:\n  {columns}\n")


def exported(name: str, folder: Path) -> tuple[Sheet, Call]:
    """Return an invented export as a workbook that the tool could have written, and its call."""
    export, config = EXPORTS[name], load_texts(folder, laid_out(name, EXPORTS[name].columns))
    assert isinstance(config.service.sheet, WorkbookSettings)
    book = openpyxl.Workbook()
    tab = book.worksheets[0]
    for row in (*export.above, export.headers, *export.rows):
        tab.append([value or None for value in row])
    book.save(config.service.sheet.path)
    return open_sheet(config.service, config.call), config.call


def test_every_layout_has_a_source_and_a_sheet() -> None:
    assert LAYOUTS.keys() == SOURCES.keys() == EXPORTS.keys()
    assert all(len(digest) == 64 for files in SOURCES.values() for digest in files.values())


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_export_is_read_and_set_up_with_its_layout(tmp_path: Path, name: str) -> None:
    sheet, call = exported(name, tmp_path)
    fields = call.columns.question("fields")
    for _ in ("as it came", "set up"):
        entries = read_entries(sheet.read(), call)
        responses = [(entry.address, entry.response) for entry in entries if entry.response]
        assert (
            tuple(
                (address, str(said.submitted), understand(fields, said.answers["fields"]).options)
                for address, said in responses
            )
            == EXPORTS[name].responses
        )
        assert tuple(str(entry.problem) for entry in entries if entry.problem) == EXPORTS[name].problems
        sheet.set_up()


def test_what_is_written_counts_for_more_than_the_layout(tmp_path: Path) -> None:
    more = """timestamp_formats: ["%d.%m.%Y"]
timestamp_timezone: Asia/Tokyo
no_response: {job: {is: Total}}
header_row: 2
own_columns: {reason: Why}
"""
    call = laid_out("qualtrics", "timestamp: StartDate").replace("vocabulary:", f"{more}vocabulary:")
    columns = load_texts(tmp_path, call).call.columns
    assert (columns.headers["timestamp"], columns.headers["email"]) == ("StartDate", "RecipientEmail")
    assert (columns.timestamp_formats, str(columns.timestamp_zone)) == (("%d.%m.%Y",), "Asia/Tokyo")
    assert (columns.header_row, columns.own_columns) == (2, {"Status": "Convene status", "Reason": "Why"})
    assert columns.no_response
    rows = (
        {"job": "Total", "timestamp": "1"},
        {"timestamp": "End", "email": "Address"},
        {"timestamp": "2023", "job": "Nurse"},
    )
    assert [columns.no_response.holds(row) for row in rows] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "problems"),
    [
        (
            "googleforms",
            ["config/call.yaml:12: there is no layout “googleforms”. Did you mean “google_forms”?"],
        ),
        ("kobo", ["config/call.yaml:13: the column “email” is missing. Add “email: …” with its header."]),
    ],
)
def test_a_mistake_about_the_layout_is_told(tmp_path: Path, name: str, problems: list[str]) -> None:
    call = laid_out(name, "timestamp: Timestamp\n  email: Address" if name == "googleforms" else FIELDS)
    assert problems_of(make_workspace(tmp_path, call)) == problems
