"""Put a backup back: everything is unpacked, checked and brought up to date beside the data before anything of them
moves; what was there is put aside, never deleted."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.backup.manifest import DATABASE, Part, Stored
from api.backup.place import CHECKPOINT, KEPT_ASIDE, Place
from api.backup.read import Archive
from api.backup.write import room_for
from engine.store.copying import alone, faults_of

STAGE = ".restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside`: what was there before, where it is now. `later`: the numbers of checkpoints that the folder named for
    them has, and that the restored database knows nothing of."""

    files: int
    aside: tuple[Path, ...]
    later: tuple[int, ...]


class WouldReplace(OSError):
    """There are other data in the place of what is to be restored."""

    def __init__(self, targets: list[Path]) -> None:
        shown = ", ".join(str(target) for target in targets[:5]) + (" ..." if len(targets) > 5 else "")
        super().__init__(
            f"{shown}: there already; --force puts it aside and restores (มีข้อมูลอยู่แล้ว ใช้ --force เพื่อย้ายของเดิมออกแล้วกู้คืน)"
        )


def put_back(
    archive: Archive, place: Place, parts: Collection[Part], newest: str, migrate: Callable[[Path], None], *,
    force: bool, stamp: str,
) -> Restored:  # fmt: skip
    """Restore the `parts`. `newest` is the newest schema of this release, `migrate` brings a database file to it;
    `stamp` goes into the names of what is put aside. Without `force`, nothing that is there gives way.

    Raises FaultyArchive, WouldReplace, or OSError for a database that is damaged, of a later release or in use; all is
    as it was then.
    """
    files = archive.manifest.of(parts)
    schema = archive.manifest.schema
    if DATABASE in {file.name for file in files} and schema is not None and schema > newest:
        raise OSError(f"the backup is of a later release (schema {schema}, this one knows {newest}): install that")
    kept = {file.name for file in files if _same(place.target(file), file)}
    replaced = _replaced(place, files, kept)
    if replaced and not force:
        raise WouldReplace(replaced)
    place.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    room_for(sum(file.size for file in files), place.data)
    with _stage(place.data) as stage:
        for file in files:
            archive.unpack(file, stage / file.name)
        if (stage / DATABASE).is_file():
            _ready(stage / DATABASE, migrate)
        moves = [(stage / file.name, place.target(file)) for file in files if file.name not in kept]
        aside = _move(place, replaced, moves, stamp)
    return Restored(len(files), tuple(aside), _later(place, archive))


@contextmanager
def _stage(data: Path) -> Iterator[Path]:
    """A folder beside what is to be replaced, so that files need only be renamed."""
    stage = data / f"{STAGE}-{os.getpid()}"
    stage.mkdir(mode=0o700)
    try:
        yield stage
    finally:
        shutil.rmtree(stage)


def _ready(database: Path, migrate: Callable[[Path], None]) -> None:
    faults = faults_of(database)
    if faults:
        raise OSError(f"the database of the backup is damaged: {'; '.join(faults)}")
    migrate(database)
    if any(database.with_name(database.name + tail).exists() for tail in ("-wal", "-journal")):
        raise OSError("the database of the backup could not be closed")  # else its newest pages would stay behind


def _replaced(place: Place, files: list[Stored], kept: set[str]) -> list[Path]:
    """What gives way. A folder of checkpoints in the folder of the data does so as a whole, because one folder belongs
    to one database; in a folder that was named for them nothing ever gives way."""
    found = []
    for file in files:
        target = place.target(file)
        if file.part == "checkpoints":
            if not place.own and target.exists() and file.name not in kept:
                raise OSError(f"{target} is another one: that folder holds the checkpoints of other data")
        elif file.part == "database":
            # a log without its file is of another database, and SQLite would write it into this one
            found += [target] if _with_logs(target) else []
        elif target.exists() and file.name not in kept:
            found.append(target)
    proofs = {file.path for file in files if file.part == "checkpoints"}
    if proofs and place.own and place.checkpoints.is_dir():
        there = {file.name for file in place.checkpoints.iterdir()}
        if not there <= proofs or {f"checkpoints/{name}" for name in there} - kept:
            found.append(place.checkpoints)
            kept -= {f"checkpoints/{name}" for name in proofs}  # they go with their folder
    return found


def _same(target: Path, file: Stored) -> bool:
    if not target.is_file() or target.stat().st_size != file.size or file.part == "database":
        return False
    with open(target, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256


def _move(place: Place, replaced: list[Path], moves: list[tuple[Path, Path]], stamp: str) -> list[Path]:
    """Put aside, then in place; what cannot be done wholly is undone."""
    done: list[tuple[Path, Path]] = []
    aside: list[Path] = []
    with ExitStack() as held:
        if place.database is not None and place.database in replaced and place.database.exists():
            held.enter_context(alone(place.database))
        try:
            for target in (one for old in replaced for one in _with_logs(old)):
                gone = target.with_name(f"{target.name}{KEPT_ASIDE}{stamp}")
                _rename(target, gone, done)
                aside.append(gone)
            for source, target in moves:
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _rename(source, target, done)
        except OSError:
            for source, target in reversed(done):
                shutil.move(target, source)
            raise
    return aside


def _rename(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    if target.exists():
        raise OSError(f"{target} is there already")
    shutil.move(source, target)  # a key may belong on another disk
    done.append((source, target))


def _with_logs(file: Path) -> list[Path]:
    """A file, and what SQLite keeps beside a database, as far as they are there."""
    tails = ("", "-wal", "-shm", "-journal")
    return [one for tail in tails if (one := file.with_name(file.name + tail)).exists()]


def _later(place: Place, archive: Archive) -> tuple[int, ...]:
    if not place.checkpoints.is_dir() or archive.manifest.schema is None:
        return ()
    found = (CHECKPOINT.fullmatch(file.name) for file in place.checkpoints.glob("checkpoint-*.jsonl"))
    return tuple(sorted(n for m in found if m and (n := int(m.group(1))) > archive.manifest.checkpoint))
