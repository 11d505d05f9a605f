"""What the machine of this server tells: its disk, and the versions of what runs on it."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path
from typing import Any

from api.runtime import Runtime
from api.version import VERSION
from engine.queries.health import check, database_version

FEW, VERY_FEW = 0.1, 0.03  # of the disk that are free


def disk_of(runtime: Runtime) -> dict[str, Any]:
    """The line of the disk that SQLite's file is on: `count` is how many percent are free. A database elsewhere has its
    disk elsewhere."""
    file = runtime.database.url.database
    if not runtime.database.is_sqlite or not file:
        return check("disk", "UNKNOWN")
    use = shutil.disk_usage(Path(file).resolve().parent)
    free = use.free / use.total
    return check("disk", "BAD" if free < VERY_FEW else "WARN" if free < FEW else "GOOD", int(free * 100))


def versions_of(runtime: Runtime) -> dict[str, str]:
    """{krabuan, python, database}."""
    with runtime.database.read() as db:
        return {"krabuan": VERSION, "python": platform.python_version(), "database": database_version(db)}
