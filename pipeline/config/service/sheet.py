"""The section `sheet` of config/service.yaml to settings of a workbook or of a Google spreadsheet."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path as File
from urllib.parse import urlsplit

from pipeline.config.reading.source import Source
from pipeline.config.reading.tree import Block, value_at
from pipeline.config.service.schema import SheetSection
from pipeline.model.settings import GoogleSettings, WorkbookSettings, is_loopback

EMULATOR = "SHEETS_EMULATOR_HOST"
"""The environment's name for the address of a stand-in for Google Sheets: no key is needed then."""

_ID = re.compile(r"[A-Za-z0-9_-]{10,}")
_ADDRESS = re.compile(
    r"https?://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,})(?:[/?#].*)?"
)


def build_sheet(
    source: Source, section: SheetSection, workspace: File, environ: Mapping[str, str]
) -> WorkbookSettings | GoogleSettings:
    """Make settings of a section; what is missing or wrong is a problem of `source`."""
    if section.kind == "google":
        return _google(source, section, workspace, environ.get(EMULATOR, ""))
    path = section.path or _missing(source, "path")
    if path and not path.lower().endswith(".xlsx"):
        source.add(
            ("sheet", "path"), "“path” is not the name of an .xlsx workbook", "Save the sheet as .xlsx."
        )
    return WorkbookSettings(workspace.absolute() / path, section.tab)


def _google(source: Source, section: SheetSection, workspace: File, emulator: str) -> GoogleSettings:
    key_file = section.key_file or ("" if emulator else _missing(source, "key_file"))
    tab = section.tab or _missing(source, "tab")
    return GoogleSettings(
        spreadsheet=_spreadsheet(source, section.spreadsheet or _missing(source, "spreadsheet")),
        tab=tab,
        key_file=workspace.absolute() / key_file,
        timeout=section.timeout_seconds,
        retry_for=timedelta(minutes=section.retry_for_minutes),
        lease=timedelta(minutes=section.lease_minutes),
        emulator=_emulator(source, emulator),
    )


def _spreadsheet(source: Source, written: str) -> str:
    """Return the id that an address holds, or that was written by itself."""
    found = _ADDRESS.fullmatch(written)
    if found or _ID.fullmatch(written) or not written:
        return found[1] if found else written
    what = "“spreadsheet” is not the address of a Google spreadsheet, nor its id"
    source.add(("sheet", "spreadsheet"), what, "Open the sheet in a browser and copy its address.")
    return written


def _emulator(source: Source, address: str) -> str:
    """Return where the stand-in is: on this machine only, since what is in the sheet goes there in the clear."""
    parts = urlsplit(address)
    if address and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        what = f"the environment variable {EMULATOR} is not an address on this machine"
        source.add(("sheet",), what, "Set it to one such as http://127.0.0.1:8085, or remove it.")
    return address.rstrip("/")


def _missing(source: Source, key: str) -> str:
    section = value_at(source.tree, ("sheet",))
    if isinstance(section, Block) and key in section:
        source.add(("sheet", key), f"“{key}” has no value", "Write one after the colon.")
    elif ("sheet", key) not in source.lacking:
        source.add(("sheet",), f"“{key}” is missing in “sheet”", f"Add a line “{key}: …”.")
    return ""
