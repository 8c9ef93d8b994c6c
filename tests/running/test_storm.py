"""The storm: kills, power cuts and faults at random, and at the end 0 doubled, 0 lost; what is unknown is in doubt."""

from pathlib import Path

import pytest

from tests.support.relay import Certificates
from tests.support.rounds import BRIEFLY_OR_LONG, SEED, until
from tests.support.storm import Losses, rage


@BRIEFLY_OR_LONG
@pytest.mark.parametrize("is_safe", [False, True], ids=["", "TLS and login"])
@pytest.mark.parametrize("connections", [1, 3], ids=["one connection", "three connections"])
def test_a_storm_of_kills_and_faults_doubles_and_loses_nothing(
    tmp_path: Path, connections: int, is_safe: bool, seconds: float
) -> None:
    certificates = Certificates(tmp_path) if is_safe else None
    losses = rage(tmp_path / "storm", until(seconds), SEED, connections, certificates)
    assert losses.kills > 0
    assert losses == Losses(losses.messages, losses.kills, losses.cuts, losses.delivered, losses.in_doubt), (
        SEED
    )
    assert 0 < losses.delivered <= losses.messages
