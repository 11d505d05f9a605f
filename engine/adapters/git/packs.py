"""A pack of objects with its index (version 2), read where it lies."""

from __future__ import annotations

import os
import struct
from bisect import bisect_left
from typing import NamedTuple

from engine.adapters.git.inflate import applied, inflate
from engine.adapters.git.place import Place
from engine.adapters.git.refusals import GitDamaged, GitFormat, GitTooLarge

KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_BY_OFFSET, _BY_ID = 6, 7
_INDEX = b"\xfftOc\0\0\0\x02"
_NAMES = len(_INDEX) + 1024  # where the names of the objects begin
_PIECE = 16 << 10  # bytes
LARGEST_BASE = 8 << 20  # bytes of an object that another is made of
MOST_DELTAS = 300  # that are made of each other


class Entry(NamedTuple):
    """`kind` as KINDS or a delta's, `size` once unpacked, of a delta its `base`, and where what is packed begins."""

    kind: int
    size: int
    base: int | bytes | None
    data: int


class Pack:
    """Objects by their binary ids. Closed by its user."""

    def __init__(self, place: Place, name: str) -> None:
        """`name` is that of its files, without what they end in. Raises GitRefused."""
        self.name = name
        index, pack = place.open(f"{name}.idx"), place.open(f"{name}.pack")
        self._open = [one for one in (index, pack) if one is not None]
        if index is None or pack is None:
            self.close()
            raise GitDamaged(f"{name} is not complete")
        self._index, self._pack = index, pack
        try:
            self._count, self._fan = self._checked()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Nothing is read any more."""
        for one in self._open:
            os.close(one)
        self._open = []

    def _checked(self) -> tuple[int, tuple[int, ...]]:
        head = os.pread(self._index, _NAMES, 0)
        start = os.pread(self._pack, 12, 0)
        if len(head) != _NAMES or head[: len(_INDEX)] != _INDEX or start[:8] not in (b"PACK\0\0\0\2", b"PACK\0\0\0\3"):
            raise GitFormat(f"{self.name} is no pack of version 2")
        fan = struct.unpack(">256I", head[len(_INDEX) :])
        if list(fan) != sorted(fan) or os.fstat(self._index).st_size < _NAMES + fan[-1] * 28 + 40:
            raise GitDamaged(f"the index of {self.name} is not sound")
        return fan[-1], fan

    def find(self, id_: bytes) -> int | None:
        """Where the object stands in the pack, if it does."""
        low, high = self._fan[id_[0] - 1] if id_[0] else 0, self._fan[id_[0]]
        names = os.pread(self._index, (high - low) * 20, _NAMES + low * 20)
        at = bisect_left(range(high - low), id_, key=lambda n: names[n * 20 : n * 20 + 20])
        if at == high - low or names[at * 20 : at * 20 + 20] != id_:
            return None
        offsets = _NAMES + self._count * 24
        (offset,) = struct.unpack(">I", self._bytes(offsets + (low + at) * 4, 4))
        if offset >> 31:
            (offset,) = struct.unpack(">Q", self._bytes(offsets + self._count * 4 + (offset & 0x7FFFFFFF) * 8, 8))
        return int(offset)

    def read(self, offset: int, most: int) -> tuple[str, bytes]:
        """The kind and the content of the object there. Raises GitTooLarge, GitDamaged."""
        deltas: list[bytes] = []
        entry = self._entry(offset)
        while entry.kind not in KINDS:
            deltas.append(self._content(entry, LARGEST_BASE))
            if len(deltas) > MOST_DELTAS or sum(map(len, deltas)) > 2 * LARGEST_BASE:
                raise GitTooLarge("an object is made of too many others")
            offset = self._base(entry, offset)
            entry = self._entry(offset)
        content = self._content(entry, LARGEST_BASE if deltas else most)
        for left in range(len(deltas), 0, -1):
            content = applied(content, deltas[left - 1], most if left == 1 else LARGEST_BASE)
        return KINDS[entry.kind], content

    def _base(self, entry: Entry, offset: int) -> int:
        found = self.find(entry.base) if isinstance(entry.base, bytes) else offset - (entry.base or 0)
        if found is None or found < 12 or found == offset:
            raise GitDamaged("an object is made of one that is not in its pack")
        return found

    def _entry(self, offset: int) -> Entry:
        head = os.pread(self._pack, 64, offset)
        try:
            kind, size, at, shift = head[0] >> 4 & 7, head[0] & 0xF, 1, 4
            while head[at - 1] & 0x80:
                size |= (head[at] & 0x7F) << shift
                at, shift = at + 1, shift + 7
            base: int | bytes | None = None
            if kind == _BY_ID:
                base, at = head[at : at + 20], at + 20
            elif kind == _BY_OFFSET:
                base = head[at] & 0x7F
                while head[at] & 0x80:
                    at += 1
                    base = base + 1 << 7 | head[at] & 0x7F
                at += 1
        except IndexError:
            raise GitDamaged(f"{self.name} ends too early") from None
        if kind not in (*KINDS, _BY_ID, _BY_OFFSET) or (isinstance(base, bytes) and len(base) != 20):
            raise GitDamaged(f"{self.name} has an entry of a kind that there is not")
        return Entry(kind, size, base, offset + at)

    def _content(self, entry: Entry, most: int) -> bytes:
        if entry.size > most:
            raise GitTooLarge(f"an object has more than {most} bytes")
        at = entry.data

        def feed() -> bytes:
            nonlocal at
            piece = os.pread(self._pack, _PIECE, at)
            at += len(piece)
            return piece

        content = inflate(feed, entry.size)
        if len(content) != entry.size:
            raise GitDamaged("an object is not as long as it says")
        return content

    def _bytes(self, at: int, length: int) -> bytes:
        found = os.pread(self._index, length, at)
        if len(found) != length:
            raise GitDamaged(f"the index of {self.name} ends too early")
        return found
