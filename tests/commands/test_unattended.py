"""docs/unattended.md, tried: every command in a home of its own, every file by the program that reads it."""

import fcntl
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml

from tests.support.documents import ROOT, make_home, read
from tests.support.documents import block as block_of

DOCUMENT = "docs/unattended.md"
block = partial(block_of, DOCUMENT)
UNITS = ("convene.service", "convene.timer", "convene-schedule.service")
SECRETS = {"CONVENE_SMTP_USERNAME", "CONVENE_SMTP_PASSWORD"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path)


def environ_of(home: Path) -> dict[str, str]:
    """Return what cron gives to a command, and a variable that must not be heeded."""
    stray = home / "pipeline"
    stray.mkdir(exist_ok=True)
    (stray / "__init__.py").write_text("raise SystemExit('a stray folder took the place of the program')")
    given = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LOGNAME": "somebody"}
    return given | {"PYTHONPATH": str(home)}


def sh(command: str, home: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    environ = environ_of(home) | more
    return subprocess.run(
        ["/bin/sh", "-c", command], env=environ, cwd=home, capture_output=True, text=True, check=False
    )


def in_home(text: str, home: Path) -> str:
    return text.replace("/home/convene", str(home))


def setting(unit: str, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", block(unit), re.MULTILINE)


# --- cron --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "times", "said"),
    [("cron", "0 7 * * *", "nothing to do: sent=0"), ("cron again", "40 8-20 * * *", "")],
)
def test_the_cron_line_runs(home: Path, name: str, times: str, said: str) -> None:
    schedule, command = re.fullmatch(r"((?:\S+ ){4}\S+)\s+(.*)\n", block(name)).groups()  # type: ignore[union-attr]  # it matches, or the test fails
    assert schedule == times
    assert "%" not in command  # which cron takes for a line end
    ran = sh(command, home)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith(said)
    assert bool(ran.stdout) == bool(said)
    told = command.partition("v=")[0] + " printenv CONVENE_TEST_SECRET"
    assert sh(told, home).stdout == "handed-on\n"


def test_the_check_by_hand_and_its_secrets(home: Path) -> None:
    (home / "calls" / "barcelona.env").unlink()
    assert sh(block("secrets"), home).returncode == 0
    assert (home / "calls" / "barcelona.env").stat().st_mode & 0o777 == 0o600
    ran = sh(block("check"), home)
    warned = [line for line in ran.stderr.splitlines() if "runs as root" not in line]
    assert (ran.returncode, warned) == (0, [])


# --- systemd -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_systemd_units_are_sound(home: Path, tmp_path: Path) -> None:
    units = [tmp_path / name for name in UNITS]
    for unit in units:
        unit.write_text(in_home(block(unit.name), home))
    command = ["systemd-analyze", "verify", *map(str, units)]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in verified.stderr.splitlines() if "convene" in line] == []
    assert verified.returncode == 0


def test_the_service_runs_with_the_secrets_that_systemd_hands_over(home: Path) -> None:
    settings = home / "calls" / "barcelona" / "config" / "service.yaml"
    settings.write_text(settings.read_text().replace("kind: outbox", "kind: smtp"))
    (command,) = setting("convene.service", "ExecStart")
    ran = sh(in_home(command, home), home)
    assert ran.returncode == 2
    assert "CONVENE_SMTP_PASSWORD is not set" in ran.stderr
    handed = home / "credentials"
    handed.mkdir()
    named = {each.partition(":")[0] for each in setting("convene.service", "LoadCredential")}
    assert named == SECRETS
    for name in named:
        (handed / name).write_text("letmein\n")
    ran = sh(in_home(command, home), home, CREDENTIALS_DIRECTORY=str(handed))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert setting("convene-schedule.service", "LoadCredential") == setting(
        "convene.service", "LoadCredential"
    )


def test_the_service_that_stays_ends_when_it_is_asked_to(home: Path) -> None:
    (command,) = setting("convene-schedule.service", "ExecStart")
    with subprocess.Popen(
        shlex.split(in_home(command, home)), env=environ_of(home), stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        assert service.stdout.readline().startswith("Running every day at 07:00 (Europe/")
        service.send_signal(signal.SIGTERM)
        assert service.wait(60) == 0


# --- a CI workflow -----------------------------------------------------------------------------------------

TOP = {"name", "on", "permissions", "concurrency", "jobs", "env", "defaults"}
JOB = {"runs-on", "timeout-minutes", "steps", "needs", "env", "if", "permissions", "concurrency"}
STEP = {"name", "run", "shell", "env", "uses", "with", "id", "if", "working-directory", "timeout-minutes"}
"""Which keys a workflow, a job and a step of it can have, as far as they are of use here."""


def workflow() -> dict[str, object]:
    text = block("convene.yml")
    assert re.match(r"name: .*\non:\n", text)
    found = yaml.safe_load(text.replace("\non:\n", '\n"on":\n'))  # YAML 1.1 takes it for a yes
    assert isinstance(found, dict)
    return found


def test_the_workflow_has_the_keys_that_it_may_have() -> None:
    found = workflow()
    assert found.keys() <= TOP
    assert found["permissions"] == {}
    assert found["concurrency"] == {"group": "convene-barcelona", "cancel-in-progress": False}
    assert found["on"] == {
        "schedule": [{"cron": "0 5 * * *"}, {"cron": "40 6-18 * * *"}],
        "workflow_dispatch": None,
    }
    assert isinstance(found["jobs"], dict)
    for job in found["jobs"].values():
        assert job.keys() <= JOB
        assert job["runs-on"][0] == "self-hosted"
        for step in job["steps"]:
            assert step.keys() <= STEP
            assert set(step["env"]) == SECRETS
            assert all(value == f"${{{{ secrets.{name} }}}}" for name, value in step["env"].items())
    assert set(re.findall(r"\$\{(\w+)\}", read("config/service.yaml"))) >= SECRETS


def test_the_workflow_goes_on_where_something_is_left_for_later(home: Path) -> None:
    jobs = workflow()["jobs"]
    assert isinstance(jobs, dict)
    script = jobs["run"]["steps"][0]["run"]
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    run = partial(subprocess.run, command, env=environ_of(home), capture_output=True, text=True, check=False)
    ran = run()
    assert (ran.returncode, ran.stderr) == (0, "")
    with (home / "calls" / "barcelona" / "state" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run()
    assert (ran.returncode, ran.stdout) == (0, "Left for later: the next run goes on.\n")
    (home / "calls" / "barcelona" / "config" / "call.yaml").write_text("nonsense")
    assert run().returncode == 2


# --- a container -------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Read Containerfile: each instruction with its words."""
    lines = [line for line in read("Containerfile").splitlines() if line and not line.startswith("#")]
    found = [re.fullmatch(r"([A-Z]+) (.+[^\\])", line) for line in lines]
    assert all(found), "each instruction in a line"
    return [(each[1], each[2]) for each in found if each]


def test_the_image_has_what_the_commands_name() -> None:
    found = instructions()
    only = {name: [words for each, words in found if each == name] for name, _ in found}
    assert found[0][0] == "FROM"
    assert only["FROM"] == ["python:3.12-slim"]
    assert only["USER"] == ["convene"]
    assert [name for name, _ in found].index("USER") < [name for name, _ in found].index("ENTRYPOINT")
    volumes = json.loads(only["VOLUME"][0])
    mounts = re.findall(r"--volume \S+:(/\w+)", block("container"))
    assert mounts == volumes == ["/call", "/witness"]
    assert set(re.findall(r"--secret (\w+)", block("container"))) == SECRETS
    environ = dict(pair.split("=") for pair in only["ENV"][0].split())
    assert environ == {"XDG_STATE_HOME": "/witness", "CREDENTIALS_DIRECTORY": "/run/secrets"}
    for words in only["COPY"]:
        assert all((ROOT / source).exists() for source in words.split()[:-1])
    entry = json.loads(only["ENTRYPOINT"][0])
    assert (entry[-2:], json.loads(only["CMD"][0])) == (["-C", "/call"], ["schedule"])


def test_the_container_commands_can_be_parsed() -> None:
    for line in block("container").splitlines():
        program, verb, *_ = shlex.split(line)
        assert (program, verb in {"build", "secret", "run", "exec"}) == ("podman", True)


@pytest.mark.slow
def test_the_image_can_be_built_and_started(tmp_path: Path) -> None:
    """What the instructions do, done in a folder; the machine's user and folders are left aside."""
    image = tmp_path / "image"
    image.mkdir()
    (image / "bin").mkdir()
    (image / "bin" / "python").symlink_to(sys.executable)
    environ = {"HOME": str(tmp_path), "PATH": f"{image / 'bin'}:/usr/bin:/bin"}
    environ |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    for name, words in instructions():
        if name == "COPY":
            *sources, into = words.split()
            for source in sources:
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, image / into)
                else:
                    shutil.copy(ROOT / source, image / into)
        elif name == "RUN" and not words.startswith(("useradd", "mkdir")):
            subprocess.run(["/bin/sh", "-c", words], cwd=image, env=environ, check=True)
        elif name == "ENTRYPOINT":
            *program, _, _ = json.loads(words)
            made = subprocess.run(
                [*program, "init", str(tmp_path / "call")], cwd=image, env=environ, check=False
            )
            ran = subprocess.run(
                [*program, "-C", str(tmp_path / "call"), "run"],
                cwd=image, env=environ, check=False, capture_output=True, text=True,
            )  # fmt: skip
            assert (made.returncode, ran.returncode, ran.stderr) == (0, 0, "")


@pytest.mark.slow
def test_it_is_installed_in_a_fresh_home_as_it_says(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "PATH": f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"}
    environ |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    for part in ("install", "secrets", "check"):
        script = block(part).replace("<this repository>", shlex.quote(str(ROOT)))
        ran = subprocess.run(
            ["/bin/sh", "-ec", script], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, (part, ran.stdout, ran.stderr)
    for name in ("cron", "cron again"):
        command = block(name).split(maxsplit=5)[5]
        ran = subprocess.run(
            ["/bin/sh", "-c", command], env=environ, capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, "")
