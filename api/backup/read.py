"""Read a backup that may be damaged or hostile: nothing of it is believed before its SHA-256 fits the manifest, and
nothing is ever unpacked to a place that the archive chooses."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from api.backup.manifest import LONGEST, NAME, FaultyArchive, Manifest, Stored, read_manifest

PIECE = 1 << 20  # bytes that are read at a time
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError)
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """An opened backup, whose files are just those that its manifest names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Raises FaultyArchive."""
        self._archive = archive
        entries = archive.infolist()
        self._entries = {entry.filename: entry for entry in entries}
        if len(self._entries) != len(entries):
            raise FaultyArchive("it has two files of one name")
        for entry in entries:
            _check_kind(entry)
        manifest = self._entries.pop(NAME, None)
        if manifest is None:
            raise FaultyArchive("it has no manifest, so that it is no backup of Krabuan")
        self.manifest: Manifest = read_manifest(b"".join(self._pieces(manifest, LONGEST)))
        named = {file.name for file in self.manifest.files}
        if odd := sorted(self._entries.keys() ^ named):
            raise FaultyArchive(f"its files are not those of its manifest: {', '.join(odd[:3])}")

    def check(self, stored: Stored) -> None:
        """Read a file wholly. Raises FaultyArchive unless it is what the manifest says."""
        for _ in self._checked(stored):
            pass

    def unpack(self, stored: Stored, to: Path) -> None:
        """Write a file to the new file `to`, for its owner's eyes only. Raises FaultyArchive as `check`; what was
        written until then is left to the caller."""
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in self._checked(stored):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    def _checked(self, stored: Stored) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for piece in self._pieces(self._entries[stored.name], stored.size):
            digest.update(piece)
            size += len(piece)
            yield piece
        if (size, digest.hexdigest()) != (stored.size, stored.sha256):
            raise FaultyArchive(f"{stored.name} is not what its manifest says")

    def _pieces(self, entry: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
        """What an entry holds, however much it claims to be; FaultyArchive beyond `most` bytes."""
        left = most
        with _named(f"{entry.filename} cannot be read"), self._archive.open(entry) as opened:
            while piece := opened.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise FaultyArchive(f"{entry.filename} is larger than it may be")
                yield piece


@contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """Raises OSError when there is no such file, FaultyArchive when it is no backup."""
    with open(file, "rb") as opened:
        yield Archive(_zip(opened))


def _zip(opened: BinaryIO) -> zipfile.ZipFile:
    with _named("it is no ZIP file, or a part of it is missing"):
        return zipfile.ZipFile(opened)


@contextmanager
def _named(said: str) -> Iterator[None]:
    """What `zipfile` raises for a broken file, which is many things, as FaultyArchive."""
    try:
        yield
    except _BROKEN as error:
        raise FaultyArchive(said) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place in the file that cannot be
            raise
        raise FaultyArchive(said) from error


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        raise FaultyArchive(f"{entry.filename} is no plain file, but a link or the like")
    if entry.flag_bits & 0x1 or entry.compress_type not in _KINDS:
        raise FaultyArchive(f"{entry.filename} is packed in a way that no backup uses")
