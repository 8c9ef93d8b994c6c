"""The command line. Everything heavy is imported where it is used, so that `--help` answers at once.

Exit codes: `model.exit_codes`.
"""

import sys

from pipeline.commands import console
from pipeline.commands.base import cli, told_of
from pipeline.model.errors import ConveneError
from pipeline.model.exit_codes import Exit


def main() -> None:
    """Run the command line; every failure ends here, as one message and an exit code."""
    console.be_sure_of_streams()
    sys.exit(console.finish(_run()))


def _run() -> int:
    try:
        cli()
    except SystemExit as ended:
        return int(ended.code or 0)
    except (ConveneError, OSError) as error:
        told = told_of(error)
        console.warn(str(told))
        return told.exit_code
    except Exception:  # noqa: BLE001 - a mistake of ours is shown whole, but for secrets
        from traceback import format_exc

        console.warn(format_exc())
        return Exit.PERSON
    return 0
