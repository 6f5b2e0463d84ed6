"""The corpus, as it is read for training and for the figures."""

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Row:
    """One labelled text; `level` is None where the text is no reproach."""

    id: str
    lang: str
    text: str
    level: int | None
    offensive: int
    hurt: int
    scenario: str
    writer: str


def corpus() -> list[Row]:
    """Return the rows of every file of the corpus, in the order of the files."""
    lines = [
        line
        for path in sorted(HERE.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    return [Row(**json.loads(line)) for line in lines]
