"""What can go wrong as a failure: one base class, each subclass built from facts and told in one message.

Bad data in a row is not an error but a `Problem` (see `model.problem`). Errors are caught in one place, `cli`.
"""

from pipeline.model.exit_codes import Exit


class ConveneError(Exception):
    """A failure that a person is told of; `exit_code` is what the command ends with."""

    exit_code = Exit.PERSON


class ConfigError(ConveneError):
    """The configuration cannot be used; holds every problem found, each `file:line: what. next step`."""

    exit_code = Exit.USAGE

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class UsageError(ConveneError):
    """The command was asked for something that does not exist."""

    exit_code = Exit.USAGE


FEW = 3
"""So many missing columns are named; more of them are counted."""


class HeaderError(ConveneError):
    """The sheet's header row lacks a column, or has one twice."""

    exit_code = Exit.PERSON

    def __init__(
        self, sheet: str, missing: tuple[str, ...], duplicated: tuple[str, ...], hint: str = ""
    ) -> None:
        self.missing, self.duplicated = missing, duplicated
        said = [f"no column is headed “{header}”" for header in missing[:FEW]]
        said += [f"and {len(missing) - FEW} more are missing"] if len(missing) > FEW else []
        said += [f"more than one column is headed “{header}”" for header in duplicated]
        next_step = hint or "Correct the header row (or the headers in config/call.yaml) and run again."
        super().__init__(f"{sheet}: {'; '.join(said)}. {next_step}")


class SheetError(ConveneError):
    """The sheet cannot be read or written, and waiting will not help."""


class SheetBusy(ConveneError):
    """Somebody has the sheet open or changed it this moment; nothing was written; try again later."""

    exit_code = Exit.LATER


class LeaseLost(SheetBusy):
    """Another run took the sheet while this one was at it: this one must send nothing more."""


class LockHeld(ConveneError):
    """Another run is going on in this workspace."""

    exit_code = Exit.LATER


class LedgerError(ConveneError):
    """The ledger cannot be used; nothing is sent without it."""


class Caution(ConveneError):
    """Something works, and is not as safe as it should be."""

    exit_code = Exit.DONE


class NoAnswer(ConveneError):
    """A question was asked, and nobody is there who could answer it."""


class StateError(ConveneError):
    """A file or folder that is Convene's own cannot be used, or is not ours alone."""


class StaleLedger(ConveneError):
    """The sheet knows of runs that the ledger knows nothing of: sending could repeat what went out.

    A `code` says in the organisers' sheet that this machine is the one that goes on; there is none for anything else.
    """

    def __init__(self, reasons: tuple[str, ...], code: str = "") -> None:
        self.code = code
        super().__init__("\n".join((*reasons, "Nothing was sent, and no response row was written.")))


class MailUnavailable(ConveneError):
    """The relay takes nothing now; every message is kept. If it `passes`, another try in some minutes may help."""

    exit_code = Exit.LATER

    def __init__(self, said: str, *, passes: bool = False) -> None:
        super().__init__(said)
        self.passes = passes


class StopRequested(ConveneError):
    """A person or the machine asked the run to end; everything unsent is kept for the next run."""

    exit_code = Exit.LATER


class MailRejectsUs(ConveneError):
    """The relay refuses this sender (login, certificate, settings); every message is kept."""


class TooManyDoubts(ConveneError):
    """The relay left too many answers open; nothing more is sent until a person has looked."""


class TemplateError(ConveneError):
    """A template cannot be rendered; nothing is sent."""

    exit_code = Exit.USAGE


class EffectsChanged(ConveneError):
    """What would be told is not what a person looked at and wants to release."""

    def __init__(self, asked: str, code: str) -> None:
        now = f"what waits now has the code {code}" if code else "nothing waits any more"
        super().__init__(
            f"Nothing that waits for approval has the hash or code {asked}: {now}. Nothing was released. Look again "
            "with `convene approve`, and say the code that it shows."
        )


class UnsafePlan(ConveneError):
    """The plan would do something nobody can have meant; holds each reason.

    `code` accepts just these in the organisers' sheet.
    """

    def __init__(self, dangers: tuple[str, ...], code: str) -> None:
        self.dangers = dangers
        way_out = f"run again with --force, or type {code} at Accept danger in the tab Convene"
        super().__init__(
            "\n".join(
                (*dangers, f"Nothing was sent, and no response row was written. If this is right, {way_out}.")
            )
        )
