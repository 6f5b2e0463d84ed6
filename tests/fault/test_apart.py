"""The network in a process of its own: control over HTTP, a shared clock, clients that are killed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fault.clock import SharedClock
from tests.fault.faults import Fault
from tests.fault.remote import ROOT, Remote, running_apart
from tests.outside import until


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    with running_apart(tmp_path_factory.mktemp("fault") / "clock", seed=3) as network:
        yield network


def sent(network: Remote, text: str) -> httpx.Response:
    head = {"authorization": f"Bearer {network.account('mastodon').access}"}
    url = f"{network.urls['mastodon']}/api/v1/statuses"
    return httpx.post(url, json={"status": text}, headers=head)


def test_all_controls_answer_from_another_process(apart: Remote) -> None:
    apart.reset(seed=4)
    number = apart.misbehave(Fault.ERROR_AFTER, text="Sorry")
    assert [one["number"] for one in apart.troubles()] == [number]
    assert sent(apart, "Sorry.").status_code == 500
    assert (apart.published("Sorry."), apart.standing("Sorry.")) == (1, 1)
    entry = apart.entries()[0]
    assert (entry.seq, entry.op, entry.text, entry.account) == (1, "published", "Sorry.", "ladera")
    said = apart.say("mastodon", "I was hurt.", entry.network_id)
    assert [one["id"] for one in apart.posts("mastodon")] == [entry.network_id, said]
    assert apart.entries(since=1)[0].parent == entry.network_id
    assert apart.calls() == {"mastodon POST /api/v1/statuses": 1}
    sent(apart, "Sorry.")
    assert apart.doubled() == {"Sorry.": 2}
    assert apart.counts(["Sorry.", "Nothing."]) == {"Sorry.": [2, 2], "Nothing.": [0, 0]}
    apart.revoke("mastodon")
    assert sent(apart, "Again.").status_code == 401
    apart.restore("mastodon")
    assert sent(apart, "Again.").status_code == 200
    old = apart.account("mastodon").access
    assert apart.reconnect("mastodon").access != old
    assert {one["dialect"] for one in apart.accounts()} == set(apart.urls)
    with pytest.raises(ValueError, match="no such thing"):
        apart.misbehave(Fault.POLICY, colour="red")
    with pytest.raises(ValueError, match="no control"):
        apart.ask("explode")


def test_the_same_seed_gives_the_same_tokens(apart: Remote) -> None:
    apart.reset(seed=5)
    first = apart.accounts()
    apart.reset(seed=6)
    assert apart.accounts() != first
    apart.reset(seed=5)
    assert apart.accounts() == first


def test_the_clock_is_moved_from_either_side(apart: Remote) -> None:
    apart.reset()
    other = SharedClock(apart.clock.path)
    before = other.offset()
    apart.misbehave(Fault.SLOW, seconds=200)
    assert sent(apart, "Sorry.").status_code == 200
    assert other.offset() == before + 200
    apart.misbehave(Fault.QUOTA, seconds=500)
    assert sent(apart, "Again.").status_code == 429
    other.advance(501)
    assert sent(apart, "Again.").status_code == 200


def started(code: str, *words: str) -> subprocess.Popen[bytes]:
    """Return another process that runs a few lines."""
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT)


MOVES = """
import sys
from tests.fault.clock import SharedClock
clock = SharedClock(sys.argv[1])
for _ in range(500):
    clock.advance(1.0)
"""


def test_moves_of_several_processes_all_count(tmp_path: Path) -> None:
    children = [started(MOVES, str(tmp_path / "clock")) for _ in range(4)]
    assert [child.wait(60) for child in children] == [0] * 4
    assert SharedClock(tmp_path / "clock").offset() == 2_000


SEND = """
import sys, httpx
url, token = sys.argv[1:]
httpx.post(url, json={"status": "Sorry."}, headers={"authorization": f"Bearer {token}"})
"""


@pytest.mark.parametrize(("fault", "out"), [(Fault.HANG, 0), (Fault.HANG_AFTER, 1)])
def test_the_ledger_outlives_a_killed_client(apart: Remote, fault: Fault, out: int) -> None:
    apart.reset()
    apart.misbehave(fault)
    url = f"{apart.urls['mastodon']}/api/v1/statuses"
    child = started(SEND, url, apart.account("mastodon").access)
    until(lambda: not apart.troubles())
    child.kill()
    assert child.wait(10) == -signal.SIGKILL
    until(lambda: apart.published("Sorry.") == out)
    apart.release()
    assert sent(apart, "Sorry.").status_code == 200
    assert apart.published("Sorry.") == out + 1
