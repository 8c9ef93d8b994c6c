"""The commands as a person or a machine sees them: output, exit codes, files."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.commands.demo_call.people import WorkbookHands, read_responses
from tests.support.command_line import CONVENE, convene

JULY, SELECTION = "2023-07-15T07:00", "2023-08-02T07:00"


def some(*addresses: str) -> tuple[dict[str, str], ...]:
    return tuple(response for response in read_responses() if response["Email Address"] in addresses)


ANNA, MARLENE, KOEN = some("anna.lindqvist@kriminalvard.example", "marlene.k@example.com")[:2] + tuple(
    response for response in read_responses() if response["Email Address"].startswith("koen.dewilde")
)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a workspace with three responses: one clear, one unclear, one that cannot be used."""
    made = convene("init", "call", folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    WorkbookHands(tmp_path / "call" / "responses.xlsx").submit((ANNA, MARLENE, KOEN))
    return tmp_path / "call"


def test_init_makes_a_workspace_and_overwrites_none(tmp_path: Path) -> None:
    made = convene("init", "call", folder=tmp_path)
    assert sorted(path.name for path in (tmp_path / "call").iterdir()) == [
        ".gitignore",
        "config",
        "responses.xlsx",
        "templates",
    ]
    assert made.stdout.splitlines()[1:] == [
        "  1. Read and change config/call.yaml, config/service.yaml and templates/.",
        "  2. convene -C call setup",
        "  3. convene -C call check",
        "  4. convene -C call plan",
    ]
    again = convene("init", "call", folder=tmp_path)
    assert (again.returncode, again.stderr) == (
        2,
        f"{tmp_path / 'call'} has config, templates, responses.xlsx already; nothing was changed. "
        "Name a new folder.\n",
    )


def test_check_tries_everything(call: Path) -> None:
    checked = convene("check", "--as-of", JULY, folder=call)
    assert checked.returncode == 0
    assert [line.split(":")[0] for line in checked.stdout.splitlines()][:7] == [
        "ok      Configuration",
        "ok      Examples",
        "ok      Sheet",
        "ok      Templates",
        "ok      Ledger",
        "ok      Mail",
        "ok      Identity",
    ]
    assert "3 responses, 1 of them with a problem; Convene's columns are there" in checked.stdout


def test_check_offline_asks_no_other_machine(call: Path) -> None:
    checked = convene("check", "--offline", "--as-of", JULY, folder=call)
    tried = [line.split(":")[0].split()[1] for line in checked.stdout.splitlines()]
    assert {"Configuration", "Examples", "Sheet", "Templates", "Ledger"} <= set(tried)
    assert {"Mail", "Identity"} & set(tried) == set()


def test_check_says_that_an_acknowledgement_carries_what_people_typed(call: Path) -> None:
    template = call / "templates" / "received.md"
    template.write_text(template.read_text() + "{{ applicant.answers.work or '' }}\n")
    checked = convene("check", "--as-of", JULY, folder=call)
    assert "the acknowledgement shows what people typed" in checked.stdout


def test_check_warns_of_letters_that_look_alike(call: Path) -> None:
    templates = call / "templates"
    (templates / "received.md").write_text((templates / "invitation.md").read_text())
    checked = convene("check", "--as-of", JULY, folder=call)
    said = checked.stdout + checked.stderr
    assert "” have the same subject (en). Let the first words differ." in said


def test_check_goes_on_after_a_failure_and_exits_1(call: Path) -> None:
    (call / "responses.xlsx").unlink()
    template = call / "templates" / "invitation.md"
    template.write_text(template.read_text() + "{{ applicant.shoe_size }}\n{{ aplicant.name }}\n")
    confirmed = call / "templates" / "confirmed.fr.md"
    confirmed.write_text(confirmed.read_text() + "{{ refrence }}\n")
    layout = call / "templates" / "layout.html"
    layout.write_text(layout.read_text() + "{{ subjct }}\n")
    config = call / "config" / "call.yaml"
    config.write_text(config.read_text() + "\nlanguages: {default: en, others: [fr], answer: country}\n")
    (call / "templates" / "thanks.fr.md").unlink()
    checked = convene("check", folder=call)
    assert checked.returncode == 1
    failed = [line.split(":")[0] for line in checked.stderr.splitlines() if line.startswith("FAILED")]
    assert failed == ["FAILED  Sheet", "FAILED  Templates"]
    told = re.findall(r"(templates/[\w.]+):\d+: (.*(?: called | undefined).*\?)", checked.stderr)
    assert sorted((file, re.findall("“([^”]*)”", text)) for file, text in told) == [
        ("templates/confirmed.fr.md", ["reference"]),
        ("templates/invitation.md", ["applicant"]),
        ("templates/layout.html", ["subject"]),
    ]
    assert "shoe_size" in checked.stderr
    assert "thanks.fr.md is missing: fr readers get it in en." in checked.stderr


def test_a_wrong_configuration_is_told_whole_with_exit_code_2(call: Path) -> None:
    config = call / "config" / "call.yaml"
    text = config.read_text().replace("capacity: 35", "capcity: 35").replace("Europe/Madrid", "Europe/Madird")
    config.write_text(text)
    told = convene("plan", folder=call)
    assert (told.returncode, told.stdout) == (2, "")
    assert len(re.findall(r"^config/call\.yaml:\d+: ", told.stderr, re.MULTILINE)) == len(
        told.stderr.splitlines()
    )
    assert "Europe/Madrid" in told.stderr
    assert "capacity" in told.stderr


def test_plan_shows_everything_and_does_nothing(call: Path) -> None:
    before = (call / "responses.xlsx").read_bytes()
    planned = convene("plan", "--as-of", JULY, folder=call)
    assert planned.returncode == 1
    assert planned.stdout.splitlines()[0] == (
        "Saturday 15 July 2023, 07:00 (Europe/Madrid): 2 messages would go out (2 × Acknowledgement); "
        "3 rows of the sheet would change."
    )
    who = re.search(r"(P-\w{6}) \(row 3\)", planned.stdout)
    assert who is not None
    assert planned.stdout.splitlines()[-4:] == [
        "Needs a person (2), oldest first:",
        "- row 4, column “Email Address”: more than one e-mail address in the cell, since 15 July. "
        "Leave the one to write to.",
        f"- {who[1]} (row 3): to review, since 15 July. The Reason says why. "
        "Type what is to happen in the Decision column.",
        "`convene seen REF` (or --all) marks what is known: it stays listed, and a run ends with 0.",
    ]
    assert (call / "responses.xlsx").read_bytes() == before
    assert not (call / "state" / "outbox").exists()


def test_plan_as_data(call: Path) -> None:
    planned = json.loads(convene("plan", "--json", "--as-of", SELECTION, folder=call).stdout)
    assert sorted(planned) == [
        "braked",
        "cancelled",
        "changes",
        "dangers",
        "effects",
        "messages",
        "now",
        "problems",
        "reclassified",
        "selection",
        "told_otherwise",
        "unreleased",
    ]
    assert [(message["to"], message["kind"]) for message in planned["messages"]] == [
        ("anna.lindqvist@kriminalvard.example", "invitation"),
        ("marlene.k@example.com", "received"),
    ]
    assert {tuple(sorted(message)) for message in planned["messages"]} == {
        ("kind", "reference", "subject", "to")
    }
    assert {tuple(sorted(change)) for change in planned["changes"]} == {
        ("after", "before", "column", "reference", "row")
    }
    assert [(need["kind"], need["row"], need["seen"]) for need in planned["problems"]] == [
        ("check row", 4, None),
        ("to review", 3, None),
        *(("quota missed", None, None),) * 2,
    ]


def test_run_and_status_as_data(call: Path) -> None:
    ran = convene("--as-of", SELECTION, "run", "--json", folder=call)
    assert (ran.returncode, ran.stderr) == (1, "")
    result = json.loads(ran.stdout)
    assert result["selection"]["seed"] == "barcelona-2023"
    assert {key: value for key, value in result.items() if key not in ("problems", "selection")} == {
        "run_id": "run-1",
        "sent": 2,
        "deferred": 0,
        "refused": 0,
        "in_doubt": 0,
        "held": 0,
        "waiting": 0,
        "waits": {
            "put_off": 0,
            "stopped": 0,
            "held": 0,
            "day": 0,
            "asked": 0,
            "paused": 0,
            "settling": 0,
            "again": None,
            "count": 0,
        },
        "changed": 3,
        "api_calls": 0,
        "braked": [],
        "notes": [],
        "failure": None,
    }
    anna, marlene, koen = json.loads(convene("status", "--json", "--as-of", SELECTION, folder=call).stdout)
    assert anna == {
        "row": 2,
        "reference": anna["reference"],
        "email": "anna.lindqvist@kriminalvard.example",
        "name": f"{ANNA['First name'].strip()} {ANNA['Family name'].strip()}",
        "category": "management",
        "eligibility": "eligible",
        "status": "Offered",
        "reason": anna["reason"],
        "waiting_list": None,
        "late": False,
        "last_message": "invitation",
        "last_message_at": "2023-08-02T07:00:00+02:00",
        "problem": None,
    }
    assert (marlene["status"], marlene["eligibility"]) == ("To review", "review")
    assert (koen["status"], koen["eligibility"], koen["email"]) == ("Check row", "problem", "")


def test_places_are_shown_and_other_numbers_tried(call: Path) -> None:
    shown = convene("places", "--as-of", JULY, folder=call)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.splitlines()[:2] == [
        "As if the selection were today; nothing was decided yet.",
        "1 of 35 places taken, 1 of them by this choice.",
    ]
    assert shown.stdout.splitlines()[-3:] == [
        "Prison management and administration  1  at least 15  no change",
        "External practitioners  0  at least 10  no change",
        "Try other numbers: convene places --capacity 38 --set country=5",
    ]
    data = json.loads(convene("places", "--json", "--as-of", JULY, folder=call).stdout)
    assert sorted(data) == ["conflict", "if_leaves", "rehearsed", "rules", "selection", "untried"]
    tried = convene("places", "--capacity", "0", "--as-of", JULY, folder=call)
    assert (tried.returncode, tried.stdout.splitlines()[1].split()[::4]) == (0, ["out", "Anna"])
    data = json.loads(convene("places", "--set", "country=5", "--json", "--as-of", JULY, folder=call).stdout)
    assert data["outcome"] is None
    wrong = convene("places", "--set", "country=many", folder=call)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_a_second_run_changes_no_byte_and_sends_nothing(call: Path) -> None:
    convene("run", "--as-of", SELECTION, folder=call)
    book, mails = (
        (call / "responses.xlsx").read_bytes(),
        sorted((call / "state" / "outbox" / "new").iterdir()),
    )
    again = convene("run", "--as-of", SELECTION, folder=call)
    assert again.stdout.splitlines()[0].startswith("nothing to do: sent=0 ")
    assert (call / "responses.xlsx").read_bytes() == book
    assert sorted((call / "state" / "outbox" / "new").iterdir()) == mails


def test_a_late_decision_by_hand(call: Path) -> None:
    convene("run", "--as-of", JULY, folder=call)
    WorkbookHands(call / "responses.xlsx").decide({"marlene.k@example.com": "Invite"})
    points = json.loads(convene("status", "--json", "--as-of", JULY, folder=call).stdout)
    reference = next(point["reference"] for point in points if point["email"] == "marlene.k@example.com")
    ran = json.loads(convene("run", "--json", "--only", reference, "--as-of", SELECTION, folder=call).stdout)
    assert (ran["sent"], ran["changed"]) == (1, 1)
    nobody = convene("run", "--only", "P-NOBODY", folder=call)
    assert (nobody.returncode, nobody.stderr.startswith("No applicant in the sheet has the reference")) == (
        2,
        True,
    )


@pytest.mark.parametrize("lock", ["~$responses.xlsx", ".~lock.responses.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone_with_exit_code_75(call: Path, lock: str) -> None:
    before = (call / "responses.xlsx").read_bytes()
    (call / lock).write_text("somebody")
    ran = convene("run", "--as-of", JULY, folder=call)
    assert ran.returncode == 75
    assert "responses.xlsx is open in" in ran.stderr
    assert (call / "responses.xlsx").read_bytes() == before
    assert not (call / "state" / "outbox" / "new").exists()


def test_only_the_owner_can_read_what_convene_keeps(call: Path) -> None:
    convene("run", "--as-of", JULY, folder=call)
    files = [path for path in (call / "state").rglob("*") if path.is_file()]
    folders = [call / "state", *(path for path in (call / "state").rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_the_log_has_one_line_per_run_and_nothing_personal(call: Path) -> None:
    convene("run", "--as-of", JULY, folder=call)
    convene("run", "--as-of", JULY, folder=call)
    (call / "~$responses.xlsx").touch()
    convene("run", "--as-of", SELECTION, folder=call)
    lines = (call / "state" / "convene.log").read_text().splitlines()
    assert [line.split(" ", 3)[3][:22] for line in lines] == [
        "run-1: sent=2 deferred",
        "nothing to do: sent=0 ",
        "not run: responses.xls",
    ]
    assert "@" not in "".join(lines)


def test_a_failure_is_data_too_where_data_was_asked_for(call: Path) -> None:
    (call / "~$responses.xlsx").touch()
    ran = convene("run", "--json", "--as-of", JULY, folder=call)
    assert (ran.returncode, list(json.loads(ran.stdout))) == (75, ["failure"])
    assert convene("check", folder=call).returncode == 75


@pytest.mark.parametrize(
    "words",
    [
        "P-7K3F9Q --delivered --send-again",
        "P-7K3F9Q --send-again --all-refused",
        "--all-in-doubt",
        "--delivered",
        "--all-refused --delivered",
        "--all-refused --send-again",
    ],
)
def test_words_about_a_doubt_that_nobody_can_mean_are_refused(call: Path, words: str) -> None:
    told = convene("resolve", *words.split(), folder=call)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)


def test_a_rehearsal_of_the_schedule_makes_no_sense(call: Path) -> None:
    assert convene("schedule", "--as-of", JULY, folder=call).returncode == 2


def test_resolve_has_nothing_to_list(call: Path) -> None:
    listed = convene("resolve", folder=call)
    assert (listed.returncode, listed.stdout) == (0, "No message is in doubt.\n")


def test_a_folder_without_a_workspace_says_so(tmp_path: Path) -> None:
    told = convene("plan", folder=tmp_path)
    assert (told.returncode, told.stdout) == (2, "")
    assert "config/call.yaml" in told.stderr


def test_a_time_that_is_none_is_a_usage_error(call: Path) -> None:
    told = convene("plan", "--as-of", "tomorrow", folder=call)
    assert (told.returncode, told.stderr) == (
        2,
        "--as-of tomorrow: not a time. Write it as 2023-08-02T07:00.\n",
    )


FOR_LETTERS_AND_RELAYS = {
    "css_inline",
    "icalendar",
    "jinja2",
    "markdown_it",
    "nh3",
    "pipeline.messages",
    "smtplib",
}
"""What only a letter or a relay needs."""
FOR_SOME_CALLS = {
    "gspread",
    "google.auth",
    "highspy",
    "msal",
    "numpy",
    "openpyxl",
    "python_calamine",
    "requests",
}
"""What a call in a workbook, whose places need no solver, never needs."""
FOR_SOME_ANSWERS = {
    *("email_validator", "statistics", "urllib.request"),
    *("pipeline.sheets.xlsx.own_tab", "pipeline.sheets.xlsx.patch", "pipeline.sheets.xlsx.set_up"),
}
"""What only odd answers need, or writing."""
FOR_WORKSPACES = {"babel", "email_validator", "jinja2", "pydantic", "rapidfuzz", "rich", "sqlite3", "yaml"}
"""What no command needs that reads no workspace."""
FOR_HELP = {
    *("json", "logging", "pathlib", "traceback"),
    *(
        "pipeline.commands.status",
        "pipeline.model.said",
        "pipeline.model.text",
        "pipeline.running",
        "pipeline.views",
    ),
}
"""What is imported only once a command does something."""


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        ("--help", FOR_LETTERS_AND_RELAYS | FOR_SOME_CALLS | FOR_WORKSPACES | FOR_HELP),
        ("status", FOR_LETTERS_AND_RELAYS | FOR_SOME_CALLS | FOR_SOME_ANSWERS),
        ("explain --row 2", FOR_LETTERS_AND_RELAYS | FOR_SOME_CALLS | FOR_SOME_ANSWERS),
        ("audience", FOR_LETTERS_AND_RELAYS | FOR_SOME_CALLS | FOR_SOME_ANSWERS),
        ("log", FOR_LETTERS_AND_RELAYS | FOR_SOME_CALLS | FOR_SOME_ANSWERS),
    ],
)
def test_a_command_imports_nothing_heavy_that_it_does_not_use(
    command: str, heavy: set[str], call: Path
) -> None:
    code = (
        f"import sys; sys.argv = ['convene', *{command.split()}]\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        f"print(sorted({heavy} & sys.modules.keys()))"
    )
    root = Path(__file__).parent.parent.parent
    environ = os.environ | {"PYTHONPATH": str(root)}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=call, env=environ, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"


def test_help_names_the_commands(tmp_path: Path) -> None:
    told = convene("--help", folder=tmp_path)
    for name in ("init", "check", "plan", "run", "schedule", "status", "resolve", "demo"):
        assert f"\n  {name} " in told.stdout


def test_schedule_runs_until_it_is_told_to_stop(call: Path) -> None:
    config = call / "config" / "service.yaml"
    config.write_text(config.read_text().replace('at: ["07:00"]', 'at: ["07:00", "19:30"]'))
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    with subprocess.Popen(
        [*CONVENE, "schedule"], cwd=call, env=environ, stdout=subprocess.PIPE, text=True
    ) as loop:
        assert loop.stdout
        said = loop.stdout.readline()
        time.sleep(0.3)
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(timeout=20) == 0
    looks = "looking at the sheet every 5 minutes"
    assert said == f"Running every day at 07:00, 19:30 (Europe/Madrid), {looks}; stop with Ctrl-C.\n"


def test_explain_shows_every_rule_for_a_reference_and_for_a_row(call: Path) -> None:
    by_row = convene("explain", "--row", "2", "--as-of", JULY, folder=call)
    heading = by_row.stdout.splitlines()[0]
    reference = heading.split(",")[0]
    by_reference = convene("explain", reference.lower(), "--as-of", JULY, folder=call)
    assert (by_row.returncode, by_row.stderr, by_reference.stdout) == (0, "", by_row.stdout)
    assert heading == f"{reference}, row 2: Proposed: offer"
    assert "  no_agreement: no" in by_row.stdout.splitlines()


def test_explain_as_data(call: Path) -> None:
    said = json.loads(convene("explain", "--row", "2", "--json", "--as-of", JULY, folder=call).stdout)
    assert sorted(said) == ["category", "eligibility", "reason", "reference", "row", "rules", "sections"]
    assert (said["row"], said["eligibility"], said["category"]) == (2, "eligible", "management")
    assert said["rules"][0]["id"] == "no_agreement"
    problem = json.loads(convene("explain", "--row", "4", "--json", "--as-of", JULY, folder=call).stdout)
    assert (problem["eligibility"], problem["rules"]) == ("problem", [])


def test_explain_wants_one_applicant(call: Path) -> None:
    for arguments in (("explain",), ("explain", "P-AAAAAA", "--row", "2"), ("explain", "P-AAAAAA")):
        assert convene(*arguments, folder=call).returncode == 2


def test_audience_counts_and_lists_what_was_not_understood(call: Path) -> None:
    counted = convene("audience", "--as-of", JULY, folder=call)
    assert (counted.returncode, counted.stdout.splitlines()[0]) == (0, "2 applicants")
    data = json.loads(convene("audience", "--json", "--as-of", JULY, folder=call).stdout)
    assert sorted(data) == ["categories", "given", "outcomes", "rules", "unknown"]
    assert sum(data["outcomes"].values()) == 2


def test_plan_names_whom_a_changed_rule_judges_otherwise(call: Path) -> None:
    assert convene("run", "--as-of", JULY, folder=call).returncode == 1
    config = call / "config" / "call.yaml"
    config.write_text(config.read_text("utf-8").replace("{at_most: A2}", "{at_most: C2}"), "utf-8")
    planned = convene("plan", "--as-of", JULY, folder=call).stdout.splitlines()
    assert (
        planned[1]
        == "1 applicant is classified differently than before, as rules, answers or Decisions changed:"
    )
    assert planned[2].endswith("(row 2): Prison management and administration → To review")


def test_check_names_examples_that_the_rules_judge_otherwise(call: Path) -> None:
    config = call / "config" / "call.yaml"
    config.write_text(config.read_text("utf-8").replace("{at_most: A2}", "{at_most: B1}"), "utf-8")
    examples = call / "config" / "examples.yaml"
    examples.write_text(examples.read_text("utf-8").replace("english: B2", "english: B1"), "utf-8")
    checked = convene("check", "--as-of", JULY, folder=call)
    assert checked.returncode == 1
    assert "FAILED  Examples: config/examples.yaml:" in checked.stderr
    assert "should be eligible (management), but the rules say review by english_below_b1" in checked.stderr


def test_setup_on_an_empty_tab_writes_the_headers_of_the_call(call: Path) -> None:
    book = load_workbook(call / "responses.xlsx")
    book.worksheets[0].delete_rows(1, 20)
    book.save(call / "responses.xlsx")
    assert "convene setup writes the headers" in convene("check", "--as-of", JULY, folder=call).stderr
    assert convene("setup", folder=call).returncode == 0
    headers = [cell.value for cell in load_workbook(call / "responses.xlsx").worksheets[0][1]]
    assert {"Timestamp", "Email Address", "Decision", "Status"} <= set(headers)
    assert convene("check", "--as-of", JULY, folder=call).returncode == 0


def test_a_new_workspace_with_other_questions_gets_their_headers(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert convene("init", "new", folder=tmp_path).returncode == 0
    config = folder / "config" / "call.yaml"
    config.write_text(
        config.read_text("utf-8").replace("email: Email Address", "email: Where we reach you"), "utf-8"
    )
    told = convene("setup", folder=folder)
    assert (told.returncode, "Delete row 1 in the file" in told.stderr) == (1, True)
    book = load_workbook(folder / "responses.xlsx")
    book.worksheets[0].delete_rows(1)
    book.save(folder / "responses.xlsx")
    assert convene("setup", folder=folder).returncode == 0
    headers = [cell.value for cell in load_workbook(folder / "responses.xlsx").worksheets[0][1]]
    assert headers.count("Where we reach you") == headers.count("Decision") == 1
    assert "Email Address" not in headers


def test_check_warns_where_the_english_letter_counts_as_german(call: Path) -> None:
    config, templates = call / "config" / "call.yaml", call / "templates"
    config.write_text(config.read_text("utf-8") + "\nlanguages: {default: de}\n", "utf-8")
    assert "its text is English" not in convene("check", "--as-of", JULY, folder=call).stderr
    (templates / "invitation.de.md").unlink()
    letter = templates / "invitation.md"
    letter.write_text(letter.read_text("utf-8") + "See you soon.\n", "utf-8")
    service = call / "config" / "service.yaml"
    service.write_text(service.read_text("utf-8").replace("  language: en", "  language: hr"), "utf-8")
    warned = convene("check", "--as-of", JULY, folder=call)
    said = "invitation.md is taken as the letter in the call's language (de), and its text is English. Add "
    assert (warned.returncode, warned.stderr.count("its text is English"), said in warned.stderr) == (
        0,
        1,
        True,
    )
    assert "no words for organisers in the language of the sheet (hr), and speaks English" in warned.stderr


def test_check_tells_a_few_of_many_examples_that_fail(call: Path) -> None:
    examples = call / "config" / "examples.yaml"
    examples.write_text(re.sub(r"outcome: \w+", "outcome: held", examples.read_text("utf-8")), "utf-8")
    checked = convene("check", "--as-of", JULY, folder=call).stderr
    assert checked.count("Correct the rules, or the example.") == 5
    assert " more examples, " in checked
    assert "Most examples fail. If they are another call's" in checked


def test_setup_adds_the_columns_once(call: Path) -> None:
    book = load_workbook(call / "responses.xlsx")
    book.worksheets[0].delete_cols(3, 9)
    book.save(call / "responses.xlsx")
    first, second = convene("setup", folder=call), convene("setup", folder=call)
    assert (first.returncode, first.stdout) == (
        0,
        "responses.xlsx, tab “Form responses 1”: the columns are there now. For the organisers: Decision and "
        "Organiser note.\nConvene writes Reference, Category, Status, Reason, Waiting list, Last message and Updated, "
        "and no other cell. Next: convene check\n",
    )
    assert (second.returncode, second.stdout) == (
        0,
        "responses.xlsx, tab “Form responses 1”: Convene's and the organisers' columns were there already.\n",
    )


def test_erase_asks_and_export_gives_everything(call: Path, tmp_path: Path) -> None:
    convene("run", "--as-of", JULY, folder=call)
    who = "anna.lindqvist@kriminalvard.example"
    into = tmp_path / "given"
    assert convene("export", who, str(into), "--as-of", JULY, folder=call).returncode == 0
    assert sorted((path.suffix, path.stat().st_mode & 0o777) for path in into.iterdir()) == [
        (".html", 0o600),
        (".json", 0o600),
    ]
    (written,) = into.glob("*.json")
    assert (
        written.read_text() == convene("export", who, "--json", "--as-of", JULY, folder=call).stdout.rstrip()
    )
    for wrong in ((who,), (who, "--json", "x"), (who, str(call / "state"))):
        assert convene("export", *wrong, folder=call).returncode == 2

    assert convene("erase", who, folder=call).returncode == 1  # nobody is there to say yes
    book = load_workbook(call / "responses.xlsx")
    headers = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(3, headers.index("Decision") + 1).value = f"Replace by {who}"
    book.save(call / "responses.xlsx")
    erased = convene("erase", who, "--yes", folder=call)
    first, _, *rest = erased.stdout.splitlines()
    assert (erased.returncode, first) == (0, f"{who}: 1 message, and row 2; named by Decision in row 3.")
    assert rest[:2] == [
        "The answers are yours to delete: row 2 of the sheet; until then it says Erased.",
        "Also yours to take out: Decision in row 3 names this person.",
    ]
    assert convene("erase", "nobody@example.org", "--yes", folder=call).returncode == 2
