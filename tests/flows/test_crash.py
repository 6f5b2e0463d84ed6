"""Never twice, never lost: workers killed at every point, on three classes of network.

The long form is ``make test-long``; its result is in ``benchmarks/publish``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.outside import BlueskyServers

ROOT = Path(__file__).parents[2]


def run(*words: str) -> dict[str, Any]:
    """Run one of the crash programs and return what it prints."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AMENDS_ROOT_KEY": "k" * 43,
    }
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stderr[-4000:]
    found: dict[str, Any] = json.loads(done.stdout)
    print(done.stdout[:600])
    return found


def test_killed_at_every_point_under_every_fault_nothing_doubles_and_nothing_is_lost() -> None:
    seconds = os.environ.get("AMENDS_CRASH_SECONDS", "180")
    seed = os.environ.get("AMENDS_CRASH_SEED", "7")
    found = run("tests.crash.run", "--seconds", seconds, "--seed", seed)
    assert found["wrong"] == [], found["wrong"][:5]
    assert (found["duplicates"], found["losses"], found["needless"]) == (0, 0, 0)
    assert found["runs"] > 700
    # The injector bites: who just tries again doubles wherever that can happen.
    assert found["naive_missed"] == []
    assert found["naive_must_double"] == found["naive_duplicates"] > 50


@pytest.mark.bluesky
def test_two_hundred_posts_to_the_real_network_by_workers_killed_at_random(
    bluesky_small: BlueskyServers,
) -> None:
    _, password = bluesky_small.create_account("crash.test")
    found = run("tests.crash.bluesky", bluesky_small.pds, "crash.test", password)
    assert (found["once"], found["twice"], found["missing"]) == (200, 0, 0)
    assert found["kills"] > 10
