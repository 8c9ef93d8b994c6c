"""Who hears of runs, `notify` in `config/service.yaml`: every setting, its default and its check, once."""

from dataclasses import field
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from pipeline.model.address import is_loopback
from pipeline.model.fields import Address, MaybeLine
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys
from pipeline.model.refusals import refusal


def _heartbeat(url: str) -> str:
    """Check the address of a monitor: what is sent there is nothing, but the address itself is a secret."""
    try:
        found, _ = urlsplit(url), urlsplit(url).port
    except ValueError:
        found = urlsplit("")
    is_safe = found.scheme == "https" or (found.scheme == "http" and is_loopback(found.hostname or ""))
    if url and not (is_safe and found.hostname and not found.query and not found.fragment):
        raise refusal("is not the address of a monitor", "Copy its ping address, which begins with https://.")
    return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Notify(Keys):
    """Who gets the digest, who the alerts (nobody named: who gets the digest), and where a monitor listens.

    `heartbeat` gets a request when a run starts (`/start`), has ended, or has failed (`/fail`): the convention of
    healthchecks.io.
    """

    digest: tuple[Address, ...] = ()
    alert: tuple[Address, ...] = ()
    heartbeat: Annotated[MaybeLine, AfterValidator(_heartbeat)] = field(default="", repr=False)

    @property
    def alerted(self) -> tuple[str, ...]:
        """Who gets the alerts."""
        return self.alert or self.digest


NOBODY = Notify()
