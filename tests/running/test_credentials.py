"""Secrets in files, one each, beside the environment."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.model.errors import StateError
from pipeline.running.credentials import with_credentials

SECRETS = {"SMTP_PASSWORD": b"let me\nin \r\n", "smtp-password": b"no name", "EMPTY": b"", "USER": b"team\n"}


def folder_of(tmp_path: Path, secrets: Mapping[str, bytes]) -> dict[str, str]:
    for name, secret in secrets.items():
        (tmp_path / name).write_bytes(secret)
    (tmp_path / "A_FOLDER").mkdir()
    return {"CREDENTIALS_DIRECTORY": str(tmp_path), "USER": "root"}


def test_a_secret_is_known_by_the_name_of_its_file_and_the_environment_beats_it(tmp_path: Path) -> None:
    environ = folder_of(tmp_path, SECRETS)
    assert dict(with_credentials(environ)) == environ | {"SMTP_PASSWORD": "let me\nin ", "EMPTY": ""}


@pytest.mark.parametrize("environ", [{}, {"CREDENTIALS_DIRECTORY": ""}, {"A": "b"}])
def test_without_such_a_folder_there_is_the_environment(environ: dict[str, str]) -> None:
    assert dict(with_credentials(environ)) == environ


def test_what_cannot_be_read_is_told_without_its_contents(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="a secret there is not text"):
        with_credentials(folder_of(tmp_path, {"KEY": b"\xff\xfe"}))
    with pytest.raises(StateError, match=r"none: cannot be used \(No such file"):
        with_credentials({"CREDENTIALS_DIRECTORY": str(tmp_path / "none")})
