"""Write a backup: copy the database, gather the rest, and read the archive again before anybody relies on it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from api.backup.manifest import DATABASE, NAME, Manifest, Part, Stored, written
from api.backup.place import Place
from api.backup.read import PIECE, open_archive
from api.version import VERSION
from engine.store.copying import copy_sqlite, faults_of, newest_of, schema_of

_TABLES = {"checkpoint": "checkpoint", "certificate": "retention_certificate"}


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made: the file, its bytes, its SHA-256, and its manifest."""

    file: Path
    size: int
    sha256: str
    manifest: Manifest


def back_up(place: Place, target: Path, parts: Collection[Part], now: str) -> Backup:
    """Write the `parts` to the new file `target`, for its owner's eyes only, and read it again. The database is copied
    as it is at one moment while the service goes on; checkpoints that are later than that are left out.

    Raises OSError when something cannot be read or written, the database is damaged or `target` exists; there is no
    file then.
    """
    with _claimed(target) as made, tempfile.TemporaryDirectory(prefix=".krabuan-backup-", dir=target.parent) as folder:
        copy = Path(folder) / "copy.db"
        sources, manifest = _gathered(place, parts, copy), None
        with open(made, "w+b") as out:
            manifest = _written(out, sources, parts, copy, now)
            out.flush()
            os.fsync(out.fileno())
        with open_archive(made) as archive:  # what a disk or a share made of it
            for stored in archive.manifest.files:
                archive.check(stored)
            same = archive.manifest == manifest
        if not same:
            raise OSError(f"{target}: what is in it is not what was written")
        size, digest = made.stat().st_size, _sha256(made)
    return Backup(target, size, digest, manifest)


@contextmanager
def _claimed(target: Path) -> Iterator[Path]:
    """A file beside `target` that takes its place when the block ends well."""
    made = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise OSError(f"{target} is there already: a backup is never written over") from None
    try:
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield made
        os.replace(made, target)
        _sync_folder(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        made.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _gathered(place: Place, parts: Collection[Part], copy: Path) -> list[tuple[str, Path]]:
    """(name in the archive, file), the database first: what the others have of a later time is left out."""
    found: list[tuple[str, Path]] = []
    newest: dict[str, int] | None = None
    if "database" in parts:
        assert place.database is not None
        copy_sqlite(place.database, copy)
        faults = faults_of(copy)
        if faults:
            raise OSError(f"{place.database} is damaged, and was not backed up: {'; '.join(faults)}")
        newest = {kind: newest_of(copy, table) for kind, table in _TABLES.items()}
        found.append((DATABASE, copy))
    if "checkpoints" in parts:
        found += place.proofs(newest)
    if "keys" in parts:
        found += place.keys()
    if "files" in parts:
        found += place.files()
    return found


def _written(
    out: BinaryIO, sources: list[tuple[str, Path]], parts: Collection[Part], copy: Path, now: str
) -> Manifest:
    schema = schema_of(copy) if "database" in parts else None
    if "database" in parts and schema is None:
        raise OSError("the database has no schema: there is nothing to back up yet")
    newest = newest_of(copy, "checkpoint") if "database" in parts else 0
    stored = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, file in sources:
            stored.append(_store(archive, name, file))
        manifest = Manifest(VERSION, now, schema, newest, tuple(stored))
        archive.writestr(NAME, written(manifest))
    return manifest


def _store(archive: zipfile.ZipFile, name: str, file: Path) -> Stored:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with open(file, "rb") as read, archive.open(entry, "w", force_zip64=True) as into:
        while piece := read.read(PIECE):
            digest.update(piece)
            size += len(piece)
            into.write(piece)
    return Stored(name, size, digest.hexdigest())


def _sha256(file: Path) -> str:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def room_for(size: int, folder: Path) -> None:
    """Raises OSError when the disk of `folder` has not `size` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise OSError(f"{folder}: {size:,} bytes are needed, and {free:,} are free")
