"""The Merkle tree: a root stands for its leaves and their order, and a leaf can be shown to be under it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.canonical import hasher
from ledger.merkle import SIZE, proof, proves, root

quick = settings(deadline=None, derandomize=True)
leaf = st.binary(min_size=SIZE, max_size=SIZE)
leaves = st.lists(leaf, min_size=1, max_size=40, unique=True)
algorithm = st.sampled_from(["sha256", "sm3"])


def plain_root(nodes: list[bytes], hashed: str) -> bytes:
    """As RFC 6962 words it: split at the largest power of two below the number of leaves."""
    if len(nodes) == 1:
        return hasher(hashed)(b"\0" + nodes[0]).digest()
    half = 1
    while half * 2 < len(nodes):
        half *= 2
    return hasher(hashed)(b"\1" + plain_root(nodes[:half], hashed) + plain_root(nodes[half:], hashed)).digest()


@quick
@given(leaves, algorithm)
def test_the_root_is_that_of_the_rfc(found: list[bytes], hashed: str) -> None:
    assert root(b"".join(found), hasher(hashed)) == plain_root(found, hashed)


def test_one_leaf_is_marked_as_a_leaf() -> None:
    assert root(b"x" * SIZE, sha256) == sha256(b"\0" + b"x" * SIZE).digest()


@quick
@given(leaves, algorithm, st.data())
def test_every_leaf_is_proved_and_no_other(found: list[bytes], hashed: str, data: st.DataObject) -> None:
    whole, function = b"".join(found), hasher(hashed)
    place = data.draw(st.integers(0, len(found) - 1))
    other = data.draw(leaf.filter(lambda each: each != found[place]))
    nodes, expected = proof(whole, place, function), root(whole, function)
    assert proves(found[place], place, len(found), nodes, expected, function)
    assert not proves(other, place, len(found), nodes, expected, function)


@quick
@given(leaves, st.data())
def test_a_proof_holds_for_its_place_alone(found: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(found)
    place = data.draw(st.integers(0, len(found) - 1))
    wrong = data.draw(st.integers(-3, len(found) + 3).filter(lambda each: each != place))
    assert not proves(found[place], wrong, len(found), proof(whole, place, sha256), root(whole, sha256), sha256)


@quick
@given(leaves, st.data())
def test_a_proof_that_is_longer_or_shorter_holds_nothing(found: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(found)
    place = data.draw(st.integers(0, len(found) - 1))
    nodes, expected = proof(whole, place, sha256), root(whole, sha256)
    assert not proves(found[place], place, len(found), (*nodes, b"y" * SIZE), expected, sha256)
    if nodes:
        assert not proves(found[place], place, len(found), nodes[:-1], expected, sha256)


@quick
@given(leaves.filter(lambda each: len(each) > 1), st.data())
def test_the_order_is_part_of_the_root(found: list[bytes], data: st.DataObject) -> None:
    other = data.draw(st.permutations(found).filter(lambda each: each != found))
    assert root(b"".join(other), sha256) != root(b"".join(found), sha256)


def test_an_inner_node_cannot_be_shown_as_a_leaf() -> None:
    """A forger shows the two nodes below the root as if they were leaves of a smaller tree."""
    four = [bytes([n]) * SIZE for n in range(4)]
    below = [root(b"".join(four[:2]), sha256), root(b"".join(four[2:]), sha256)]
    assert root(b"".join(below), sha256) != root(b"".join(four), sha256)


@pytest.mark.parametrize(("count", "most"), [(1, 0), (2, 1), (3, 2), (1000, 10), (1025, 11)])
def test_a_proof_is_short(count: int, most: int) -> None:
    whole = b"".join(n.to_bytes(SIZE, "big") for n in range(count))
    assert max(len(proof(whole, place, sha256)) for place in {0, count // 2, count - 1}) == most
