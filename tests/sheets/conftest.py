"""Google Sheets in three worlds: nobody has measured in which of them the real one lives (docs/google.md)."""

from collections.abc import Iterator

import pytest

from tests.support.google_fake import FakeGoogle, World

WORLDS = (
    World.TRAVELS,
    pytest.param(World.STAYS, marks=pytest.mark.slow),
    pytest.param(World.VALIDATES_FIRST, marks=pytest.mark.slow),
)


@pytest.fixture(scope="module", params=WORLDS)
def google(request: pytest.FixtureRequest) -> Iterator[FakeGoogle]:
    """Return a stand-in that plays one of the worlds; the suite goes through all three."""
    with FakeGoogle(world=request.param) as google:
        yield google
