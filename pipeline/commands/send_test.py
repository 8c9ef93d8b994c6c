"""`convene send-test`: look at letters in one's own mailbox."""

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command, raise_if_unknown
from pipeline.model.errors import UsageError


@command
@click.option("--to", metavar="ADDRESS", required=True, help="Where the letters go: your own mailbox.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only letters of this kind (several times: of these).",
)
@click.option(
    "--applicant", default="", metavar="REF", callback=lambda _context, _option, ref: ref.upper(),
    help="As this applicant gets them (default: as a made-up person does).",
)  # fmt: skip
@click.option("--language", default="", metavar="CODE", help="In this language, for a made-up person.")
def send_test(setting: Setting, to: str, kinds: tuple[str, ...], applicant: str, language: str) -> int:
    """Send marked letters to yourself through the real mail server; record and change nothing."""
    from pipeline.model.address import AddressError, header_address
    from pipeline.model.kinds import Kind
    from pipeline.model.text import counted
    from pipeline.running.send_test import Trial
    from pipeline.running.send_test import send_test as send

    if applicant and language:
        raise UsageError(
            "An applicant's letters are in the applicant's language: say --applicant or --language."
        )
    try:
        address = header_address(to, "--to")
    except AddressError as error:
        raise UsageError(str(error)) from None
    workspace, clock = setting.open()
    for kind in kinds:
        raise_if_unknown(workspace, kind)
    trial = Trial(address, tuple(map(Kind, kinds)), applicant, language)
    sent, refused = send(workspace, clock, trial)
    console.say(
        f"{counted(sent, 'letter')} sent to {to}, marked as a test. Neither ledger nor sheet knows of it."
    )
    for words in refused:
        console.warn(f"The mail server did not take one: {words}")
    return int(bool(refused))
