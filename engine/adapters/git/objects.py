"""The objects of a repository by their ids, loose or packed; each is what its id says, or is refused."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from engine.adapters.git.checks import open_repository
from engine.adapters.git.inflate import inflate
from engine.adapters.git.packs import KINDS, Pack
from engine.adapters.git.refusals import GitDamaged, GitTooLarge

LARGEST_RECORD = 1 << 20  # bytes of a commit, a tree or a tag
MOST_PACKS = 500
_KEPT = 4_000  # trees and commits that are remembered while the repository is open
_HEADER = 32  # bytes: kind, length
_PIECE = 16 << 10


class Objects:
    """Closed by its user. Not for several threads."""

    def __init__(self, folder: Path) -> None:
        """Raises GitRefused when the repository is not one that is read."""
        self.place = open_repository(folder)
        self._packs: list[Pack] = []
        self._kept: dict[str, tuple[str, bytes]] = {}
        try:
            names = [name for name in self.place.names("objects/pack") if re.fullmatch(r"pack-[0-9a-f]+\.pack", name)]
            if len(names) > MOST_PACKS:
                raise GitTooLarge(f"it has more than {MOST_PACKS} packs: run `git gc` in it")
            for name in names:
                self._packs.append(Pack(self.place, f"objects/pack/{name.removesuffix('.pack')}"))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Nothing is read any more."""
        for pack in self._packs:
            pack.close()
        self.place.close()

    def record(self, id_: str, kind: str) -> bytes:
        """A commit, a tree or a tag. Raises GitRefused, also for an object of another kind."""
        found = self.any_record(id_)
        if found[0] != kind:
            raise GitDamaged(f"{id_} is no {kind}")
        return found[1]

    def any_record(self, id_: str) -> tuple[str, bytes]:
        """Kind and content of what is no file. Raises GitRefused."""
        found = self._kept.get(id_)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[id_] = self._read(id_, LARGEST_RECORD)
        return found

    def has(self, id_: str) -> bool:
        """Whether there is such an object: a shallow repository lacks the parents of its oldest commits."""
        return self._packed(id_) is not None or self.place.kind(_loose(id_)) == "file"

    def blob(self, id_: str, most: int) -> bytes:
        """The content of a file. Raises GitRefused, GitTooLarge beyond `most` bytes."""
        kind, content = self._read(id_, most)
        if kind != "blob":
            raise GitDamaged(f"{id_} is no file")
        return content

    def _read(self, id_: str, most: int) -> tuple[str, bytes]:
        packed = self._packed(id_)
        kind, content = self._read_loose(id_, most) if packed is None else packed[0].read(packed[1], most)
        named = hashlib.sha1(f"{kind} {len(content)}\0".encode() + content, usedforsecurity=False).hexdigest()
        if named != id_:
            raise GitDamaged(f"{id_} is not what its id says")
        return kind, content

    def _packed(self, id_: str) -> tuple[Pack, int] | None:
        wanted = bytes.fromhex(id_)
        for pack in self._packs:
            offset = pack.find(wanted)
            if offset is not None:
                return pack, offset
        return None

    def _read_loose(self, id_: str, most: int) -> tuple[str, bytes]:
        file = self.place.open(_loose(id_))
        if file is None:
            raise GitDamaged(f"{id_} is missing")
        try:
            whole = inflate(lambda: os.read(file, _PIECE), most + _HEADER)
        finally:
            os.close(file)
        header, null, content = whole.partition(b"\0")
        kind, _, length = header.decode("ascii", "replace").partition(" ")
        if not null or kind not in KINDS.values() or length != str(len(content)):
            raise GitDamaged(f"{id_} is not as it says")
        if len(content) > most:
            raise GitTooLarge(f"an object has more than {most} bytes")
        return kind, content


def _loose(id_: str) -> str:
    return f"objects/{id_[:2]}/{id_[2:]}"
