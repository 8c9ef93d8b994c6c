"""The storm: kills and faults at random, and at the end 0 doubled, 0 lost; what is unknown is in doubt."""

from pathlib import Path

import pytest

from tests.support.storm import Losses, rage


@pytest.mark.parametrize(
    ("kills", "seed", "connections"),
    [
        pytest.param(100, 1, 1, id="one connection"),
        pytest.param(60, 2, 3, id="three connections"),
        pytest.param(400, 3, 1, marks=pytest.mark.slow, id="longer, one connection"),
        pytest.param(200, 4, 3, marks=pytest.mark.slow, id="longer, three connections"),
    ],
)
def test_a_storm_of_kills_and_faults_doubles_and_loses_nothing(
    tmp_path: Path, kills: int, seed: int, connections: int
) -> None:
    losses = rage(tmp_path, kills, seed, connections)
    assert losses.kills >= kills
    assert losses == Losses(
        messages=losses.messages, kills=losses.kills, delivered=losses.delivered, in_doubt=losses.in_doubt
    )
    assert 0 < losses.delivered <= losses.messages
