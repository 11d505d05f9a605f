"""Write the histories to a folder, for whoever verifies or keeps them elsewhere (docs/reference/checkpoints.md)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from engine.history.rows import Row, Rows


def export_history(db: Connection, checkpoints: Path, folder: Path, personal: bool = True) -> dict[str, int]:
    """Write everything of one consistent view to `folder`, which must not exist or be empty.

    Without `personal` data: neither documents, nor what cases are called, nor the names and keys that open histories.

    Returns how many rows of what there are. Raises FileExistsError for a folder with something in it. `checkpoints` is
    the folder of exported checkpoints; it is copied. Files are for their owner's eyes: they hold what cases hold.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    rows = Rows(db)
    files: dict[str, Iterable[Row]] = {
        "cases": rows.cases() if personal else (row | {"businessId": None} for row in rows.cases()),
        "events": rows.events(), "checkpoints": rows.checkpoints(), "heads": rows.heads(),
        "certificates": rows.certificates(), "deletions": rows.deletions(),
        "archives": rows.archives(), "archived": rows.archived(),
    }  # fmt: skip
    if personal:
        files |= {"documents": _documents(rows, folder / "documents"), "people": rows.people(), "keys": rows.keys()}
    counts = {name: _write(folder / f"{name}.jsonl", found) for name, found in files.items()}
    shutil.copytree(checkpoints, folder / "checkpoints", ignore=shutil.ignore_patterns(".*"))
    return counts


def _documents(rows: Rows, folder: Path) -> Iterable[Row]:
    """Files are numbered: an id that was forged must not choose where a file is written."""
    folder.mkdir(mode=0o700)
    for number, row in enumerate(rows.documents_unread(), 1):
        (folder / f"{number}.bin").write_bytes(rows.content(row["id"]))
        yield row | {"file": f"{number}.bin"}


def _write(file: Path, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        for row in rows:
            opened.write(orjson.dumps(row) + b"\n")
            count += 1
    return count
