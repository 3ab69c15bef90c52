"""The Merkle tree of RFC 6962: the root over many leaves, and what shows that one leaf is among them."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.canonical import Hash

SIZE = 32  # bytes of a leaf, of a node, of a root


def root(leaves: bytes, hashed: Hash) -> bytes:
    """The root over leaves that stand one behind the other; at least one."""
    return _levels(leaves, hashed)[-1]


def proof(leaves: bytes, place: int, hashed: Hash) -> tuple[bytes, ...]:
    """The neighbours on the way from the leaf at `place` (from 0) to the root: hashes, nobody's contents."""
    nodes = []
    for level in _levels(leaves, hashed)[:-1]:
        at = (place ^ 1) * SIZE
        if at < len(level):  # the last of an odd number has no neighbour and goes up as it is
            nodes.append(level[at : at + SIZE])
        place //= 2
    return tuple(nodes)


def proves(leaf: bytes, place: int, count: int, nodes: Sequence[bytes], expected: bytes, hashed: Hash) -> bool:
    """Whether these neighbours lead from the leaf at `place` of `count` to the expected root."""
    if not 0 <= place < count:
        return False
    node, last, rest = hashed(b"\0" + leaf).digest(), count - 1, list(reversed(nodes))
    while last > 0:
        if place % 2 or place < last:
            if not rest:
                return False
            pair = rest.pop() + node if place % 2 else node + rest.pop()
            node = hashed(b"\1" + pair).digest()
        place, last = place // 2, last // 2
    return node == expected and not rest


def _levels(leaves: bytes, hashed: Hash) -> list[bytes]:
    """All nodes, level by level. Leaves and inner nodes are marked, so that no node can be shown as a leaf."""
    level = b"".join([hashed(b"\0" + leaves[at : at + SIZE]).digest() for at in range(0, len(leaves), SIZE)])
    levels = [level]
    while len(level) > SIZE:
        paired = len(level) // (2 * SIZE) * 2 * SIZE
        nodes = [hashed(b"\1" + level[at : at + 2 * SIZE]).digest() for at in range(0, paired, 2 * SIZE)]
        level = b"".join(nodes) + level[paired:]
        levels.append(level)
    return levels
