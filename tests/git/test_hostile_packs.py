"""Packs that would fill memory, go round in circles, or are not sound are refused with a code."""

from __future__ import annotations

import pytest

from engine.adapters.git.inflate import applied
from engine.adapters.git.refusals import GitDamaged, GitFormat, GitRefused, GitTooLarge
from tests.git.hostile import MEGABYTE, committed, costs_little, pack, raw, refused
from tests.repositories import Repository

ID, OTHER = "ab" * 20, "cd" * 20


@pytest.fixture
def packed(source: Repository) -> Repository:
    """A source with a file whose object is in a pack that the test writes."""
    committed(source, raw(source, "tree", b"100644 a.md\0" + bytes.fromhex(ID)))
    return source


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


COPY = b"\x80"  # 64 KiB from the beginning of the base
BASE = b"x" * 0x10000


def test_a_bomb_in_a_pack_costs_no_memory(packed: Repository) -> None:
    pack(packed, (3, 4, b"", b" " * 100 * MEGABYTE), ids=[ID])
    costs_little(lambda: refused(packed.folder, GitTooLarge))
    pack(packed, (3, 100 * MEGABYTE, b"", b" "), ids=[ID])
    refused(packed.folder, GitTooLarge)
    pack(packed, (3, 4, b"", b" "), ids=[ID])
    refused(packed.folder, GitDamaged)


@pytest.mark.parametrize(
    ("told", "copies", "why"),
    [(200 * MEGABYTE, 3_200, GitTooLarge), (MEGABYTE, 3_200, GitDamaged), (MEGABYTE, 1, GitDamaged)],
)
def test_a_delta_that_multiplies(packed: Repository, told: int, copies: int, why: type[GitRefused]) -> None:
    delta = _varint(len(BASE)) + _varint(told) + COPY * copies
    pack(packed, (3, len(BASE), b"", BASE), (7, len(delta), bytes.fromhex(OTHER), delta), ids=[OTHER, ID])
    costs_little(lambda: refused(packed.folder, why))


def test_deltas_that_are_made_of_each_other(packed: Repository) -> None:
    """In a circle, of themselves, of nothing, of what stands before the pack."""
    delta = _varint(4) + _varint(4) + b"\x04abcd"
    one, other, nowhere = (7, len(delta), bytes.fromhex(OTHER), delta), (7, len(delta), bytes.fromhex(ID), delta), b"\0" * 20
    pack(packed, one, other, ids=[ID, OTHER])
    refused(packed.folder, GitTooLarge)
    for entry in (other, (7, len(delta), nowhere, delta), (6, len(delta), b"\x7f", delta), (6, len(delta), b"\0", delta)):
        pack(packed, entry, ids=[ID])
        refused(packed.folder, GitDamaged)


@pytest.mark.parametrize(
    "delta",
    [
        b"", b"\x80", b"\xff" * 20, b"\x04\x04\x00", b"\x04\x04\x05abc", b"\x05\x04\x04abcd", b"\x04\x04\x91",
        b"\x04\x04\x91\x02\x04", b"\x04\x04\xb0\x04", b"\x04\x04\x04abcd\x01e",
    ],
)  # fmt: skip
def test_deltas_that_git_would_not_write(delta: bytes) -> None:
    with pytest.raises(GitDamaged):
        applied(b"base", delta, 1_000)


def test_a_delta_copies_and_inserts() -> None:
    assert applied(b"base", b"\x04\x07\x90\x04\x02ed\x91\x03\x01", 7) == b"baseede"


def test_packs_and_indexes_that_are_not_sound(packed: Repository) -> None:
    pack(packed, (3, 4, b"", b"abcd"), ids=[ID])
    place = packed.inside / "objects" / "pack"
    body, index = (place / "pack-0b.pack").read_bytes(), (place / "pack-0b.idx").read_bytes()
    cases: list[tuple[str, bytes, type[GitRefused]]] = [
        ("pack-0b.pack", b"", GitFormat), ("pack-0b.pack", b"PACK\0\0\0\x09" + body[8:], GitFormat),
        ("pack-0b.pack", body[:12], GitDamaged), ("pack-0b.pack", body[:12] + b"\xff" * 80, GitDamaged),
        ("pack-0b.pack", body[:12] + b"\x50" + body[13:], GitDamaged), ("pack-0b.pack", body[:-26], GitDamaged),
        ("pack-0b.idx", b"", GitFormat), ("pack-0b.idx", index[:1040], GitDamaged),
        ("pack-0b.idx", index[:8] + b"\xff" * 4 + index[12:], GitDamaged),
        ("pack-0b.idx", index[:-44] + b"\x80\0\0\0" + index[-40:-39], GitDamaged),
        ("pack-0b.idx", index[:-44] + b"\x7f\xff\xff\xff" + index[-40:], GitDamaged),
    ]  # fmt: skip
    for name, content, why in cases:
        (place / "pack-0b.pack").write_bytes(body)
        (place / "pack-0b.idx").write_bytes(index)
        (place / name).write_bytes(content)
        refused(packed.folder, why)
    (place / "pack-0b.idx").unlink()
    refused(packed.folder, GitDamaged)
