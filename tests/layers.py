"""Which folder lies on which floor; the one list that the layer test and the coverage check share."""

FLOORS = (
    {"model"},
    {"intake", "audience", "selection", "messages", "mail", "ledger"},
    {"decisions", "sheets", "config"},
    {"planning", "recovery"},
    {"running", "views"},
    {"commands"},
)
"""From the ground up; `cli.py` stands above them. A folder imports from lower floors only."""

MAY_IMPORT = {
    "model": set(),
    "intake": {"model"},
    "audience": {"model"},
    "selection": {"model"},
    "messages": {"model"},
    "mail": {"model"},
    "ledger": {"model"},
    "decisions": {"model", "intake", "audience", "selection"},
    "sheets": {"model", "intake"},
    "config": {"model", "intake", "audience"},
    "planning": {"model", "intake", "audience", "selection", "messages", "decisions"},
    "recovery": {"model", "intake", "audience", "decisions"},
    "running": {
        *("model", "intake", "audience", "selection", "messages", "decisions", "planning", "recovery"),
        *("config", "ledger", "mail", "sheets"),
    },
    "views": {"model", "intake", "audience", "selection", "decisions", "planning"},
    "commands": {"model", "audience", "decisions", "planning", "running", "views"},
}
"""What each folder may import beside itself."""

EDGES = frozenset({"config", "ledger", "mail", "sheets"})
"""The folders that touch the world; none imports another."""

PURE = ("audience", "decisions", "intake", "messages", "model", "planning", "recovery", "selection", "views")
"""The folders that do no I/O and read neither clock nor random source; every branch of them is tested."""

FORBIDDEN = frozenset(
    {
        "asyncio", "ftplib", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random",
        "requests", "secrets", "shutil", "signal", "smtplib", "socket", "sqlite3", "subprocess", "sys",
        "tempfile", "threading", "time", "urllib", "uuid", "openpyxl", "gspread", "click", "rich", "yaml",
    }
)  # fmt: skip
"""Libraries that do I/O, read a clock or draw at random; pure folders import none of them."""

HARMLESS = ("urllib.parse", "pathlib.PurePath")
"""Parts of such libraries that only work on text."""
