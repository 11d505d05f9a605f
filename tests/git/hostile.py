"""Repositories that nobody means well with: objects and packs as Git would not write them."""

from __future__ import annotations

import hashlib
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.adapters.git import GitFolder
from engine.adapters.git.refusals import GitRefused
from tests.repositories import Repository

PLACE = "processes/leave"
MEGABYTE = 1 << 20


def taken(folder: Path) -> list[tuple[str, bytes]]:
    """All that is ever read: references, the history of the first, the files of its newest commit."""
    with GitFolder(folder).open() as reading:
        commits = list(reading.history(reading.references()[0].commit_id))
        return reading.files(commits[0], PLACE)


def refused(folder: Path, why: type[GitRefused]) -> None:
    with pytest.raises(GitRefused) as told:
        taken(folder)
    assert type(told.value) is why, told.value


def raw(source: Repository, kind: str, content: bytes, *, named: str | None = None) -> str:
    """An object by itself, as Git would not write it; with `named`, under another's id."""
    whole = f"{kind} {len(content)}\0".encode() + content
    id_ = named or hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    file = source.inside / "objects" / id_[:2] / id_[2:]
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(zlib.compress(whole, 9))
    return id_


def committed(source: Repository, tree: str) -> None:
    """A commit with this as its folder `processes/leave`."""
    processes = raw(source, "tree", b"40000 leave\0" + bytes.fromhex(tree))
    root = raw(source, "tree", b"40000 processes\0" + bytes.fromhex(processes))
    source.point("refs/heads/main", raw(source, "commit", f"tree {root}\nauthor a <b> 1 +0000\n\nx".encode()))


def costs_little(act: Callable[[], None]) -> None:
    tracemalloc.start()
    try:
        act()
        assert tracemalloc.get_traced_memory()[1] < 40 * MEGABYTE
    finally:
        tracemalloc.stop()


def pack(source: Repository, *entries: tuple[int, int, bytes, bytes], ids: list[str]) -> None:
    """A pack with entries of (kind, size that it tells, base, what is compressed), and an index of these ids."""
    body, offsets = bytearray(b"PACK" + struct.pack(">II", 2, len(entries))), []
    for kind, size, base, content in entries:
        offsets.append(len(body))
        byte, size = kind << 4 | size & 0xF, size >> 4
        while size:
            body.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        body.append(byte)
        body += base + zlib.compress(content, 1)
    names = sorted(zip(map(bytes.fromhex, ids), offsets, strict=True))
    fan = [sum(name[0] <= first for name, _ in names) for first in range(256)]
    index = b"\xfftOc\0\0\0\x02" + struct.pack(">256I", *fan) + b"".join(name for name, _ in names)
    index += bytes(4 * len(names)) + b"".join(struct.pack(">I", offset) for _, offset in names) + bytes(40)
    place = source.inside / "objects" / "pack"
    place.mkdir(exist_ok=True)
    (place / "pack-0b.pack").write_bytes(bytes(body) + bytes(20))
    (place / "pack-0b.idx").write_bytes(index)
