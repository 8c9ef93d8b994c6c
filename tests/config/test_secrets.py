"""A secret in the wrong place of a file: no problem repeats it, and nothing that is shown or mailed can hold it."""

from pathlib import Path

import pytest

from pipeline.model.settings import SmtpSettings
from tests.support.config_case import CALL, WITH_SMTP, load_texts, make_workspace, problems_of
from tests.support.config_case import LOGIN as ENVIRON

SECRET = "Tr0ub4dor-Geheim"

PLACES = (
    *(
        "password: &{}",
        "password: *{}",
        "password: !{}",
        "password: !{} x",
        "password: {{{}",
        "password: [{}",
    ),
    *('password: "{}', "password: '{}", "password: @{}", "password: `{}", "password: %{}", "password: {}: x"),
    *("{}: x", "? {}", "{}", "- {}", "{}: {{{}: {}}}", "&{} x: 1\n    y: &{} 2", "%{} x", '"{}\\q": x'),
    *("password: &{} x\n    username: *{}x", "{}: 1\n    {}: 2", "port: {}", "security: {}", "login: {}"),
    *(
        "login: {{{}: 1}}",
        "google: {}",
        "ca_file: {}",
        "timeout_seconds: {}",
        "\t{}",
        "password: |{}",
        "password: >{}",
    ),
    *("<<: *{}", "password: !!{} x", "password: !<{}> x", "password: \x00{}", "password: {}\n\x07"),
)
"""What a hand that slips types in the place of the password's line."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("line", ["    password: ${SMTP_PASSWORD}", "  path: responses.xlsx", "sheet:"])
def test_no_problem_repeats_a_secret(tmp_path: Path, place: str, line: str) -> None:
    indent = line[: len(line) - len(line.lstrip())]
    service = WITH_SMTP.replace(
        line, indent + place.replace("{}", SECRET).replace("{{", "{").replace("}}", "}")
    )
    problems = problems_of(make_workspace(tmp_path, service=service), ENVIRON)
    assert not any(part in "".join(problems) for part in ("Tr0ub4dor", "Geheim"))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("name: The team", 'name: "${SMTP_PASSWORD}"', "name"),
        ("address: team@example.org", 'address: "${SMTP_USER}@example.org"', "address"),
        ("  path: responses.xlsx", "  path: responses.xlsx\n  tab: ${SMTP_PASSWORD}", "tab"),
    ],
)
def test_what_is_shown_or_mailed_cannot_come_from_the_environment(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    workspace = make_workspace(tmp_path, service=WITH_SMTP.replace(old, new))
    (problem,) = problems_of(workspace, ENVIRON)
    assert problem.partition(": ")[2] == (
        f"“{key}” is shown to people, and cannot come from the environment. Write it out: ${{NAME}} is for hosts, ids, "
        "paths and secrets."
    )


@pytest.mark.parametrize(
    ("call", "service", "where"),
    [
        (CALL.replace("A meeting", f"A {SECRET} meeting"), WITH_SMTP, "config/call.yaml:3"),
        (CALL, WITH_SMTP.replace("The team", f"The {SECRET}"), "config/service.yaml:5"),
        (CALL, WITH_SMTP.replace("  path", f"  tab: {SECRET}\n  path"), "config/service.yaml:3"),
    ],
)
def test_a_secret_that_was_pasted_into_what_is_shown_is_refused(
    tmp_path: Path, call: str, service: str, where: str
) -> None:
    workspace = make_workspace(tmp_path, call, service)
    problems = problems_of(workspace, {**ENVIRON, "SMTP_PASSWORD": SECRET})
    assert problems == [
        f"{where}: a secret of config/service.yaml stands here, where it is shown or mailed. Remove it, and change the "
        "secret: others may have read it."
    ]
    assert problems_of(workspace, ENVIRON) == []


def test_a_secret_in_a_template_is_refused_and_a_word_is_none(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, service=WITH_SMTP)
    (workspace / "templates" / "invitation.md").write_text(f"Hello\n{SECRET}\nletmein\n")
    (problem,) = problems_of(workspace, {**ENVIRON, "SMTP_PASSWORD": SECRET})
    assert problem.startswith("templates/invitation.md:2: a secret of config/service.yaml stands here")
    assert problems_of(workspace, {**ENVIRON, "SMTP_PASSWORD": "letmein"}) == []


INSISTED = "security: none\n    unencrypted: accepted"


def test_mail_leaves_unencrypted_where_a_person_insists_and_nothing_logs_in(tmp_path: Path) -> None:
    service = WITH_SMTP.replace("security: starttls", INSISTED)
    (problem,) = problems_of(make_workspace(tmp_path, service=service), ENVIRON)
    assert problem.endswith(
        "a login would be sent without encryption to another machine. Write starttls or tls, or use a relay that wants "
        "no login."
    )
    service = service.replace("${SMTP_USER}", '""').replace("${SMTP_PASSWORD}", '""')
    transport = load_texts(tmp_path, service=service).service.mail.transport
    assert transport == SmtpSettings("smtp.example.org", 587, "none", unencrypted="accepted")
