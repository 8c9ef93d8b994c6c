"""The command line. Everything heavy is imported where it is used, so that `--help` answers at once.

Exit codes: `model.exit_codes`.
"""

import sys

from pipeline.commands import (
    adopt,
    audience,
    check,
    console,
    demo,
    init,
    places,
    plan,
    resolve,
    run,
    setup,
    status,
)
from pipeline.commands.base import cli
from pipeline.model.errors import ConveneError

COMMANDS = (init, demo, setup, check, audience, plan, run, status, places, resolve, adopt)
"""The modules whose commands the group knows: importing one adds them."""


def main() -> None:
    """Run the command line; every failure ends here, as one message and an exit code."""
    try:
        cli()
    except ConveneError as error:
        console.warn(str(error))
        sys.exit(error.exit_code)
