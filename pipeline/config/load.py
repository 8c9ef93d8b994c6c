"""Reads both files of a workspace at once, so that every problem in them is told together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.call.build import read_call
from pipeline.config.call.vocabularies import read_shelf
from pipeline.config.reading.file import open_file
from pipeline.config.service import read_service
from pipeline.model.call import Call
from pipeline.model.errors import ConfigError
from pipeline.model.settings import Service

CALL_FILE = "config/call.yaml"
SERVICE_FILE = "config/service.yaml"


@dataclass(frozen=True, slots=True)
class Config:
    """Both files of a workspace, read and found right."""

    call: Call
    service: Service


def load(workspace: Path, environ: Mapping[str, str]) -> Config:
    """Read the files of a workspace; `environ` fills in `${NAME}` in service.yaml.

    Raises ConfigError with every problem of all files, each `file:line: what is wrong. what to do`,
    sorted by file and line. Paths in the service are absolute afterwards.
    """
    call_file, service_file = open_file(workspace, CALL_FILE), open_file(workspace, SERVICE_FILE)
    shelf = read_shelf(workspace)
    call = read_call(call_file, workspace, shelf.vocabularies)
    service = read_service(service_file, workspace, environ)
    problems = call_file.problems() + service_file.problems() + shelf.problems
    if problems or call is None or service is None:
        raise ConfigError(problems)
    return Config(call, service)
