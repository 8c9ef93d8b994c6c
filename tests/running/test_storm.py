"""The storm: kills and faults at random, and at the end 0 doubled, 0 lost; what is unknown is in doubt."""

from pathlib import Path

import pytest

from tests.support.relay import Certificates
from tests.support.storm import Losses, rage


@pytest.mark.parametrize(
    ("kills", "seed", "connections", "is_safe"),
    [
        pytest.param(60, 1, 1, False, id="one connection"),
        pytest.param(40, 2, 3, False, id="three connections"),
        pytest.param(40, 5, 1, True, id="one connection, TLS and login"),
        pytest.param(40, 6, 3, True, id="three connections, TLS and login"),
        pytest.param(100, 3, 1, False, marks=pytest.mark.slow, id="longer, one connection"),
        pytest.param(80, 4, 3, False, marks=pytest.mark.slow, id="longer, three connections"),
        pytest.param(80, 7, 1, True, marks=pytest.mark.slow, id="longer, one connection, TLS and login"),
        pytest.param(80, 8, 3, True, marks=pytest.mark.slow, id="longer, three connections, TLS and login"),
    ],
)
def test_a_storm_of_kills_and_faults_doubles_and_loses_nothing(
    tmp_path: Path, kills: int, seed: int, connections: int, is_safe: bool
) -> None:
    losses = rage(tmp_path / "storm", kills, seed, connections, Certificates(tmp_path) if is_safe else None)
    assert losses.kills >= kills
    assert losses == Losses(
        messages=losses.messages, kills=losses.kills, delivered=losses.delivered, in_doubt=losses.in_doubt
    )
    assert 0 < losses.delivered <= losses.messages
