"""One fault network for all tests in here; each test starts with nothing on it."""

from collections.abc import Iterator

import pytest

from tests.fault.clock import SharedClock
from tests.fault.server import DIALECTS, FaultNetwork, running
from tests.fault.speakers import OnBluesky, OnMastodon, Speaker, speaker


@pytest.fixture(scope="session")
def fault_network() -> Iterator[FaultNetwork]:
    with running() as network:
        yield network


@pytest.fixture
def network(fault_network: FaultNetwork) -> Iterator[FaultNetwork]:
    assert isinstance(fault_network.clock, SharedClock)
    fault_network.clock.reset()
    fault_network.reset(seed=7)
    yield fault_network
    fault_network.release()
    assert fault_network.mistaken() == []


@pytest.fixture(params=list(DIALECTS))
def ours(request: pytest.FixtureRequest, network: FaultNetwork) -> Iterator[Speaker]:
    """Return our account, on each dialect in turn."""
    found = speaker(network, request.param, network.urls[request.param])
    with found.client:
        yield found


@pytest.fixture
def mastodon(network: FaultNetwork) -> Iterator[OnMastodon]:
    found = OnMastodon(network, "mastodon", network.urls["mastodon"])
    with found.client:
        yield found


@pytest.fixture
def compatible(network: FaultNetwork) -> Iterator[OnMastodon]:
    found = OnMastodon(network, "compatible", network.urls["compatible"])
    with found.client:
        yield found


@pytest.fixture
def bluesky(network: FaultNetwork) -> Iterator[OnBluesky]:
    found = OnBluesky(network, "bluesky", network.urls["bluesky"])
    with found.client:
        yield found
