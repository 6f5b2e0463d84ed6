"""The Merkle tree of RFC 9162: frontier, root and proofs over leaf hashes.

Source: RFC 9162 (2021), Certificate Transparency Version 2.0, sections 2.1.1 to 2.1.4. Ours:
    the frontier, which is the stack of 2.1.2 kept between appends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: its size, and the roots of its full subtrees.

    `peaks` are 32 bytes each, the largest subtree first; as many as `size` has one-bits.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of a zero byte and the leaf, 32 bytes."""
    return sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def append(frontier: Frontier, leaf: bytes) -> Frontier:
    """Return the frontier after one more leaf."""
    return append_hash(frontier, leaf_hash(leaf))


def append_hash(frontier: Frontier, hashed: bytes) -> Frontier:
    """Return the frontier after one more leaf, given the leaf's hash."""
    peaks, size = frontier.peaks, frontier.size
    # Two full subtrees of one height become one: a carry in the binary size.
    while size & 1:
        hashed = _node(peaks[-1], hashed)
        peaks, size = peaks[:-1], size >> 1
    return Frontier(frontier.size + 1, (*peaks, hashed))


def root(frontier: Frontier) -> bytes:
    """Return the root hash over the frontier, 32 bytes; of an empty tree SHA-256 of nothing."""
    if not frontier.peaks:
        return sha256(b"").digest()
    return reduce(lambda right, left: _node(left, right), reversed(frontier.peaks))


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root hash of a tree over these leaf hashes."""
    frontier = Frontier()
    for hashed in hashes:
        frontier = append_hash(frontier, hashed)
    return root(frontier)


def _split(size: int) -> int:
    """Return the largest power of two below `size`, which is >= 2."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `index` up to the root, lowest first.

    Raises ValueError when there is no such leaf.
    """
    if not 0 <= index < len(hashes):
        raise ValueError(f"There is no leaf {index} among {len(hashes)}.")
    if len(hashes) == 1:
        return ()
    cut = _split(len(hashes))
    left, right = hashes[:cut], hashes[cut:]
    if index < cut:
        return (*inclusion_proof(left, index), root_of(right))
    return (*inclusion_proof(right, index - cut), root_of(left))


def is_included(hashed: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Tell whether the proof shows this leaf hash at `index` in the tree with root `head`."""
    if not 0 <= index < size:
        return False
    place, last, climbed = index, size - 1, hashed
    for step in proof:
        if last == 0:  # leftovers: a proof that is too long proves nothing
            return False
        if place & 1 or place == last:
            climbed = _node(step, climbed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            climbed = _node(climbed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and climbed == head


def consistency_proof(hashes: Sequence[bytes], earlier: int) -> tuple[bytes, ...]:
    """Return the hashes that show the first `earlier` leaves to be a part of all of them.

    Raises ValueError unless 0 < earlier <= the number of leaves.
    """
    if not 0 < earlier <= len(hashes):
        raise ValueError(f"There is no earlier tree of size {earlier} in {len(hashes)}.")
    return _subproof(hashes, earlier, whole=True)


def _subproof(hashes: Sequence[bytes], earlier: int, *, whole: bool) -> tuple[bytes, ...]:
    if earlier == len(hashes):
        return () if whole else (root_of(hashes),)
    cut = _split(len(hashes))
    left, right = hashes[:cut], hashes[cut:]
    if earlier <= cut:
        return (*_subproof(left, earlier, whole=whole), root_of(right))
    return (*_subproof(right, earlier - cut, whole=False), root_of(left))


def is_consistent(
    earlier: int, size: int, proof: Sequence[bytes], earlier_head: bytes, head: bytes
) -> bool:
    """Tell whether the tree with root `head` is the earlier tree, continued.

    Both sizes are used and the whole proof is consumed, as RFC 9162 2.1.4.2 asks.
    """
    if earlier == size:
        return not proof and earlier > 0 and earlier_head == head
    if not 0 < earlier < size or not proof:
        return False
    path = list(proof)
    if earlier & (earlier - 1) == 0:  # an exact power of two: its root is the first step
        path.insert(0, earlier_head)
    ends = _climb_both(path, earlier - 1, size - 1)
    return ends == (earlier_head, head)


def _climb_both(path: list[bytes], place: int, last: int) -> tuple[bytes, bytes] | None:
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = _node(step, old), _node(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = _node(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
