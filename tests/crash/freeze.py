"""How long a freeze takes: ``python -m tests.crash.freeze 1000`` prints seconds."""

import sys
import tempfile
import time
from pathlib import Path

from amends.flows import hold
from tests.flows import sending


def main() -> int:
    """Schedule posts on two accounts, freeze everything, print how long that took."""
    with tempfile.TemporaryDirectory() as folder:
        sending.make(str(Path(folder) / "world.sqlite3"), int(sys.argv[1]))
        began = time.perf_counter()
        receipt = hold.hold("ana", "everything")
        took = time.perf_counter() - began
    print(f"{took:.3f}")
    return int(len(receipt.held) != int(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
