"""What people upload, decoded and written anew by a process that can do nothing else.

Nothing of the upload's own file is kept: no place, no camera, no comment, no hidden second file.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from amends.vocabulary.errors import BadInput

MOST_BYTES = 10_000_000  # of an upload
MOST_PIXELS = 50_000_000  # of an upload; asked before it is decoded
LONGEST_S = 30
PROGRAM = Path(__file__).with_name("rewriting.py")
SAVE_AS = "Save it as JPEG or PNG, and add it again."
WORDS = {
    "kind": f"This is not a picture that can be read here. {SAVE_AS}",
    "moves": "Moving pictures are not sent from here: add a single frame as JPEG or PNG.",
    "pixels": f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels: make it "
    "smaller, and add it again.",
    "bytes": "The picture cannot be made small enough for this network: cut it, and add it again.",
}
BROKEN = f"The picture is damaged, or too much to open. {SAVE_AS}"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A picture in our own bytes."""

    kind: str  # image/jpeg, image/png
    width: int
    height: int
    content: bytes = field(repr=False)


def rewritten(upload: bytes, most_bytes: int) -> Rewritten:
    """Return an upload as a picture of ours, no larger than a network takes.

    Args:
        upload: The file's bytes, from anybody.
        most_bytes: How many bytes the network takes.

    Raises:
        BadInput: It is no picture, moves, is too large, or is damaged; the words say which.
    """
    if not upload:
        raise BadInput("The file is empty: choose the picture again.")
    if len(upload) > MOST_BYTES:
        raise BadInput(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB: make the picture smaller."
        )
    said, kept = _answer(upload, most_bytes)
    if "no" in said:
        raise BadInput(WORDS[str(said["no"])])
    return Rewritten(str(said["kind"]), int(said["width"]), int(said["height"]), kept)


def _answer(upload: bytes, most_bytes: int) -> tuple[dict[str, str | int], bytes]:
    command = [sys.executable, "-I", str(PROGRAM), str(most_bytes), str(MOST_PIXELS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and numbers
            command, input=upload, capture_output=True, timeout=LONGEST_S, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadInput(BROKEN) from None
    line, end, kept = done.stdout.partition(b"\n")
    if done.returncode != 0 or not end:
        raise BadInput(BROKEN)  # killed by a limit, or what was decoded made no sense
    found: dict[str, str | int] = json.loads(line)
    return found, kept
