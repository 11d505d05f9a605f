"""krabuan backup: one archive of everything that this machine keeps, made while the service goes on."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from api.backup.manifest import PARTS, Part
from api.backup.place import place_of
from api.backup.write import Backup, back_up
from api.cli.place import add_place_options, database_url
from api.proof import note_backup
from api.runtime import Runtime, machine_clock, open_runtime
from engine.store.copying import sqlite_file
from engine.store.migrations import revisions


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("backup", help="copy database, checkpoints, keys and settings into one archive")
    said = "a new ZIP file, or a folder for one that is named by the time"
    parser.add_argument("target", type=Path, metavar="FILE|DIR", nargs="?", help=said)
    add_part_options(parser)
    said = "make none: note that one was made by other means, such as pg_dump, and what it is"
    parser.add_argument("--made", metavar="TEXT", help=said)
    add_place_options(parser)
    parser.set_defaults(run=run)


def add_part_options(parser: argparse.ArgumentParser) -> None:
    """The options --only and --without, of which parts() tells what they come to."""
    parser.add_argument("--only", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--without", action="append", choices=PARTS, default=[], help="not this part; may be repeated")


def parts(options: argparse.Namespace, there: Collection[Part] = PARTS) -> list[Part]:
    """The parts that are meant, of those that there are. Raises OSError when nothing is left."""
    chosen = [part for part in options.only or there if part in there and part not in options.without]
    if not chosen:
        raise OSError("no part is left by --only and --without")
    return chosen


def run(options: argparse.Namespace) -> int:
    """Back up, read the archive again, and note in the audit log that it was made."""
    if options.made is not None:
        if options.target is not None:
            raise OSError("with --made nothing is written: name no file")
        with _present(options) as runtime:
            note_backup(runtime, options.made)
        print(f"noted: {options.made}")
        return 0
    if options.target is None:
        raise OSError("name the file to write, or the folder to write it to")
    chosen, now = parts(options), machine_clock().now()
    file = sqlite_file(database_url(options))
    if file is None and "database" in chosen:
        raise OSError(
            "PostgreSQL has programs of its own for that, such as pg_dump (docs/how-to/back-up-and-restore.md);"
            " --without database takes the rest (ฐานข้อมูล PostgreSQL สำรองด้วยโปรแกรมของตนเอง)"
        )
    place = place_of(options.data, file, os.environ)
    made = back_up(place, _file(options.target, now), chosen, now.isoformat())
    _say(made)
    if "database" in chosen:
        _note(options, made)
    return 0


def _file(target: Path, now: datetime) -> Path:
    if target.is_dir():
        return target / f"krabuan-{now:%Y%m%dT%H%M%SZ}.zip"
    if target.suffix != ".zip":
        raise OSError(f"{target}: name a file that ends in .zip, or a folder that is there")
    return target


def _say(made: Backup) -> None:
    for part in made.manifest.parts():
        files = made.manifest.of([part])
        print(f"{part}: {len(files)} file(s), {sum(file.size for file in files):,} bytes")
    print(f"{made.file}: {made.size:,} bytes, read again and found right")
    print(f"sha256 {made.sha256}")
    if "keys" in made.manifest.parts():
        print("It holds the keys: keep it as you keep them. (มีกุญแจลับอยู่ด้วย โปรดเก็บให้ปลอดภัย)")


@contextmanager
def _present(options: argparse.Namespace) -> Iterator[Runtime]:
    """An engine over the database as it is: making a backup migrates nothing."""
    runtime = open_runtime(database_url(options))
    try:
        with runtime.database.read() as db:
            present, newest = revisions(db)
        if present != newest:
            raise OSError(f"the database has schema {present}, this release {newest}: nothing can be noted in it")
        yield runtime
    finally:
        runtime.close()


def _note(options: argparse.Namespace, made: Backup) -> None:
    """Of a database of another release nothing is noted: a backup before an upgrade changes nothing."""
    try:
        with _present(options) as runtime:
            note_backup(runtime, f"{', '.join(made.manifest.parts())} to {made.file.name}, sha256 {made.sha256}")
    except OSError as error:
        print(f"not noted in the audit log: {error}")
