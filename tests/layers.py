"""Which module belongs to which layer; the one list that the layer test and the coverage check share."""

CORE = (
    "audience",
    "decisions",
    "intake",
    "messages",
    "model",
    "planning",
    "recovery",
    "selection",
    "views",
)
EDGES = (
    "config",
    "ledger",
    "mail",
    "sheets",
)
SHELL = ("running",)
TOP = (
    "cli",
    "commands",
)

FORBIDDEN = frozenset(
    {
        "asyncio", "ftplib", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random",
        "requests", "secrets", "shutil", "signal", "smtplib", "socket", "sqlite3", "subprocess", "sys",
        "tempfile", "threading", "time", "urllib", "uuid", "openpyxl", "gspread", "click", "rich", "ruamel",
    }
)  # fmt: skip
"""Libraries that do I/O, read a clock or draw at random; the core imports none of them."""

PURE = ("urllib.parse", "pathlib.PurePath")
"""Parts of such libraries that only work on text."""
