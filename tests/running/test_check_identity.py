"""`convene check` on whether receivers can know that our mail is the sender's."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.mail.dns import NotLookedUp
from pipeline.model.errors import Caution, ConveneError
from pipeline.model.settings import SmtpSettings
from pipeline.running.check import check
from pipeline.running.clock import Clock
from tests.support.build import ANA, BEFORE
from tests.support.desk import make_desk


@dataclass
class Zone:
    """Names with their records; None for a machine that gets no answer."""

    records: dict[str, str] | None

    def texts(self, name: str) -> tuple[str, ...]:
        if self.records is None:
            raise NotLookedUp("this machine has no name server")
        return (self.records[name],) if name in self.records else ()


def identity(folder: Path, records: dict[str, str] | None, *, smtp: bool = True) -> str | ConveneError:
    workspace = make_desk(folder, ANA).workspace
    if smtp:
        mail = replace(workspace.service.mail, transport=SmtpSettings("127.0.0.1", 25), dkim_selector="s1")
        workspace = replace(workspace, service=replace(workspace.service, mail=mail))
    tried = check(replace(workspace, names=Zone(records)), Clock(BEFORE))
    return next(found for name, found in tried if name == "Identity")


SPF, DMARC = {"example.org": "v=spf1 mx -all"}, {"_dmarc.example.org": "v=DMARC1; p=none"}
DKIM = {"s1._domainkey.example.org": "v=DKIM1; p=MIIB"}


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (
            SPF | DMARC | DKIM,
            "SPF; DKIM (selector s1); DMARC (p=none); envelope and From are both example.org, so they align",
        ),
        (None, "not looked up: this machine has no name server"),
    ],
)
def test_what_is_found_is_said(tmp_path: Path, records: dict[str, str] | None, said: str) -> None:
    assert identity(tmp_path, records) == said


def test_what_is_missing_is_a_warning(tmp_path: Path) -> None:
    found = identity(tmp_path, SPF | DKIM)
    assert isinstance(found, Caution)
    assert str(found).startswith("example.org has no DMARC record (found: SPF; DKIM (selector s1); envelope")


def test_for_the_outbox_nobody_is_asked(tmp_path: Path) -> None:
    assert identity(tmp_path, {}, smtp=False) == "not looked up: mail goes to the local outbox"
