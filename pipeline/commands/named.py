"""The commands by name, so that `--help` imports none of them, and a command imports no other."""

HELP = {
    "adopt": "Show, or take over, what the sheet knows and the ledger does not.",
    "approve": "List what waits for approval, or release it: the next run sends it.",
    "audience": "Count applicants by category, outcome and rule, and list the answers that no rule understood.",
    "check": "Try everything and send nothing: configuration, sheet, templates, ledger, mail login, who can read what.",
    "demo": "Live through an invented call in DIR, from the first response to the thanks.",
    "erase": "Erase all that Convene holds of REF, or of an e-mail address; the row is yours to delete.",
    "explain": "Show why applicant REF (or row N) is in or out: the place, every rule, the answer it looked at.",
    "export": "Give out all that is held of REF, or of an e-mail address: JSON and a page, into DIR.",
    "history": "Tell the story of REF, or of an e-mail address: "
    "words, decisions and letters, with run, cause and reason.",
    "init": "Make a new workspace in DIR: configuration, templates and an empty workbook.",
    "letters": "List the letters that went out, by name; or write them as .eml files.",
    "log": "List the runs: when, how they ended, what they did, and which settings were changed before them.",
    "places": "Show each quota, what one place more or less would change, and what if; write nothing.",
    "plan": "Show what a run would do, and why; write and send nothing.",
    "preview": "Write the letters of the plan as a page into state/preview/; send and change nothing.",
    "resolve": "List the messages in doubt or refused, or say what became of those to REF.",
    "run": "Do all that is due, once: decide, send, write back.",
    "schedule": "Run every day at the times in config/service.yaml, when an attempt is due, "
    "and when the sheet asks for it.",
    "seen": "List what needs a person, or mark as seen what you know of: it stays listed and runs end with 0.",
    "send-test": "Send marked letters to yourself through the real mail server; record and change nothing.",
    "setup": "Add Convene's and the organisers' columns to the sheet, once; change nothing where they are.",
    "status": "Show where everybody stands; write nothing.",
}
"""What `--help` says of each: the first sentence of its own help."""

BESIDE = {"explain": "audience", "export": "erase", "log": "history", "schedule": "run"}
"""The module of a command that does not have its name."""


def module_of(name: str) -> str:
    """Return the module that has a command: importing it adds the command to the group."""
    return f"pipeline.commands.{BESIDE.get(name, name).replace('-', '_')}"
