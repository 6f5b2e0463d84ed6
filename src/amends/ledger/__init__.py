"""The tamper-evident record: append, prove, verify; pure hashing, nothing stored.

Theory of operation
    Every entry is one leaf of a Merkle tree (RFC 9162). The tree grows at its right edge,
    so a writer keeps only the frontier: the roots of the full subtrees, at most log2 n
    hashes. The root over them is the head. Whoever kept a head can later prove that an
    entry was in it, and that a longer record is the same record continued. A tree is used
    and not a chain, because a chain does not notice a cut tail.

    Not found: a wholly new history, unless a head was kept outside. Never found: a lie that
    was entered truthfully.
"""

from amends.ledger.entries import head_line, leaf, line
from amends.ledger.export import Report, verify
from amends.ledger.tree import (
    Frontier,
    append,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    root,
    root_of,
)

__all__ = [
    "Frontier",
    "Report",
    "append",
    "consistency_proof",
    "head_line",
    "inclusion_proof",
    "is_consistent",
    "is_included",
    "leaf",
    "leaf_hash",
    "line",
    "root",
    "root_of",
    "verify",
]
