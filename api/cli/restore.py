"""krabuan restore: put a backup back, and verify what it brought."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from api.backup.manifest import PARTS, Manifest
from api.backup.place import Place, place_of
from api.backup.put_back import Restored, put_back
from api.backup.read import open_archive
from api.cli.backup import add_part_options, parts
from api.cli.place import add_place_options, database_url
from api.proof import has_checkpoints, verify_database
from api.runtime import machine_clock, open_runtime
from engine.store.copying import sqlite_file
from engine.store.migrations import newest_revision, upgrade


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("restore", help="put back what `krabuan backup` wrote, and verify it")
    parser.add_argument("archive", type=Path, metavar="FILE", help="the archive")
    add_part_options(parser)
    parser.add_argument("--force", action="store_true", help="put aside what is there; nothing is deleted")
    parser.add_argument("--check", action="store_true", help="read the whole archive, and change nothing")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Restore and verify; the status is that of the verification."""
    with open_archive(options.archive) as archive:
        manifest = archive.manifest
        if options.check:
            for stored in manifest.files:
                archive.check(stored)
            _say_contents(manifest)
            return 0
        chosen, file = parts(options, manifest.parts()), _database(options, manifest)
        place = place_of(options.data, file, os.environ)
        if "database" in chosen and file is None:
            raise OSError(
                "the archive has an SQLite database, and the one that is named is none: choose with --without database"
            )
        stamp = f"{machine_clock().now():%Y%m%dT%H%M%SZ}"
        done = put_back(
            archive, place, chosen, newest_revision(), _migrate, force=options.force, stamp=stamp
        )
    _say(manifest, place, done)
    return _verify(place) if "database" in chosen else 0


def _database(options: argparse.Namespace, manifest: Manifest) -> Path | None:
    """Where the database belongs. The folder of the data is not made before it is known what comes into it."""
    if options.database:
        return sqlite_file(database_url(options))
    return Path(options.data) / "krabuan.db"


def _migrate(file: Path) -> None:
    runtime = open_runtime(f"sqlite:///{file}")
    try:
        upgrade(runtime.database)
    finally:
        runtime.close()


def _say_contents(manifest: Manifest) -> None:
    print(f"a backup of {manifest.made_at} by release {manifest.release}, every file as its manifest says")
    for part in PARTS:
        files = manifest.of([part])
        print(f"{part}: {len(files)} file(s), {sum(file.size for file in files):,} bytes")


def _say(manifest: Manifest, place: Place, done: Restored) -> None:
    print(f"{done.files} file(s) of the backup of {manifest.made_at} restored to {place.data}")
    for gone in done.aside:
        print(f"put aside, for you to look at and delete: {gone}")
    if done.later:
        _say_later(place, done)


def _say_later(place: Place, done: Restored) -> None:
    """The folder was named for the checkpoints, so that it keeps what the database has lost."""
    print(
        f"{place.checkpoints} has checkpoints {done.later[0]} to {done.later[-1]}, which are later than this backup."
        " Keep that folder as the record of what was lost, and name a new one in KRABUAN_CHECKPOINTS before the service"
        " starts. (โฟลเดอร์จุดตรวจสอบใหม่กว่าข้อมูลที่กู้คืน โปรดเก็บไว้เป็นหลักฐานและตั้งโฟลเดอร์ใหม่)",
        file=sys.stderr,
    )


def _verify(place: Place) -> int:
    assert place.database is not None
    if not has_checkpoints(place.checkpoints):
        print("not verified against checkpoints, of which the backup had none: run `krabuan verify`")
        return 0
    runtime = open_runtime(f"sqlite:///{place.database}")
    try:
        return verify_database(runtime, place.checkpoints, None, [])
    finally:
        runtime.close()
