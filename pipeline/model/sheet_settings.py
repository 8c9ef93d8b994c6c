"""Where the responses are, `sheet` in `config/service.yaml`: every setting, its default and its check, once."""

import re
from datetime import timedelta
from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, PlainValidator, ValidationInfo

from pipeline.model.address import is_loopback
from pipeline.model.fields import Around, InWorkspace, Line, Shown, minutes, number, refuse_environment
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, Written, adapter, choose, key, made, with_values
from pipeline.model.language_fields import Tag
from pipeline.model.locales import ENGLISH
from pipeline.model.refusals import refusal, refusal_at

EMULATOR = "SHEETS_EMULATOR_HOST"
"""The environment's name for the address of a stand-in for Google Sheets: no key is needed then."""

_SPREADSHEET = re.compile(r"[A-Za-z0-9_-]{10,}")
_ITS_ADDRESS = re.compile(
    r"https?://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,})(?:[/?#].*)?"
)


def _workbook(path: PurePath) -> PurePath:
    if path.suffix.lower() != ".xlsx":
        raise refusal("is not the name of an .xlsx workbook", "Save the sheet as .xlsx.")
    return path


def _spreadsheet(written: str) -> str:
    """Return the id that an address holds, or that was written by itself."""
    found = _ITS_ADDRESS.fullmatch(written)
    if found or _SPREADSHEET.fullmatch(written):
        return found[1] if found else written
    next_step = "Open the sheet in a browser and copy its address."
    raise refusal("is not the address of a Google spreadsheet, nor its id", next_step)


@dataclass(frozen=True, slots=True)
class WorkbookSettings(Keys):
    """A local .xlsx: where it is, the tab with the responses (empty: the first), and in which language it is shown."""

    path: Annotated[InWorkspace, AfterValidator(_workbook)]
    tab: Shown = ""
    language: Tag = ENGLISH


@dataclass(frozen=True, slots=True)
class GoogleSettings(Keys):
    """A tab of a Google spreadsheet, and the key of the service account that it is shared with.

    `timeout` bounds each wait for an answer, in seconds; `retry_for` all attempts at one thing together; `lease`
    is how long a run holds the sheet before another machine may take it. `emulator` is the address of a
    stand-in for Google Sheets on this machine (tests, the demonstration); no key is used then. `language` is that of
    what Convene shows to the organisers.
    """

    spreadsheet: Annotated[Line, AfterValidator(_spreadsheet)]
    tab: Annotated[Line, BeforeValidator(refuse_environment)]
    key_file: InWorkspace
    timeout: Annotated[float, number(1, 3600, float), key("timeout_seconds")] = 60.0
    retry_for: Annotated[timedelta, number(1, 60, minutes), key("retry_for_minutes")] = timedelta(minutes=5)
    lease: Annotated[timedelta, number(15, 1440, minutes), key("lease_minutes")] = timedelta(minutes=30)
    language: Tag = ENGLISH
    emulator: Annotated[str, made] = ""

    @classmethod
    def arranged(cls, written: Written, around: Around) -> Written:
        address = around.environ.get(EMULATOR, "")
        if not address:
            return written
        parts = urlsplit(address)
        # On this machine only, since what is in the sheet goes there in the clear.
        if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
            what = f"the environment variable {EMULATOR} is not an address on this machine"
            raise refusal_at("", what, "Set it to one such as http://127.0.0.1:8085, or remove it.")
        return {"key_file": ".", **written, "emulator": address.rstrip("/")}


_SHEETS: dict[str, Any] = {
    "workbook": WorkbookSettings,
    "google": GoogleSettings,
}


def _sheet(value: object, info: ValidationInfo) -> WorkbookSettings | GoogleSettings:
    written = with_values(value)
    kind = choose(written, "kind", {name: kind.keys() for name, kind in _SHEETS.items()}, info.context)
    sheet: WorkbookSettings | GoogleSettings
    sheet = adapter(_SHEETS[kind]).validate_python(written, context=info.context)
    return sheet


Sheet = Annotated[WorkbookSettings | GoogleSettings, PlainValidator(_sheet)]
"""Where the responses are; the key `kind` says in which kind of sheet, and only its keys are looked at."""
