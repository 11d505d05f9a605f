"""What processes have used: time of the processor, and memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import psutil
from sqlalchemy import text

from engine.store.database import Database


def family(pid: int) -> list[psutil.Process]:
    """The process and all that descend from it and live."""
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu_seconds(pid: int) -> float:
    """Of the family, and of those of it that have ended meanwhile."""
    total = 0.0
    for process in family(pid):
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


@dataclass(frozen=True, slots=True)
class Memory:
    """KiB: `rss` with what is shared counted for each, `pss` counted once, `uss` what would be free without them."""

    rss: float
    pss: float
    uss: float


def memory(pid: int) -> Memory:
    """Of the family."""
    rss = pss = uss = 0
    for process in family(pid):
        try:
            used = process.memory_full_info()
        except psutil.NoSuchProcess:
            continue
        rss, pss, uss = rss + used.rss, pss + used.pss, uss + used.uss
    return Memory(rss / 1024, pss / 1024, uss / 1024)


def server_of(url: str) -> int | None:
    """The process of the PostgreSQL server of this machine at the address; None for SQLite."""
    database = Database(url)
    try:
        if database.is_sqlite:
            return None
        with database.read() as db:
            backend = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        return psutil.Process(backend).ppid()
    finally:
        database.close()


def used_by(work: Callable[[], object], *pids: int | None) -> list[float]:
    """Seconds of the processor that each family used while the work was done; 0 for None."""
    before = [cpu_seconds(pid) if pid is not None else 0.0 for pid in pids]
    work()
    after = [cpu_seconds(pid) if pid is not None else 0.0 for pid in pids]
    return [late - early for early, late in zip(before, after, strict=True)]


def machine() -> dict[str, object]:
    """What this runs on, and how busy that is."""
    import platform

    return {
        "processors": os.cpu_count(), "memoryGiB": round(psutil.virtual_memory().total / 2**30),
        "python": platform.python_version(), "system": platform.system(), "load": os.getloadavg()[0],
    }  # fmt: skip
