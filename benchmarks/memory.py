"""How much memory a server needs."""

from __future__ import annotations

from pathlib import Path


def memory_of(session: int) -> float:
    """MiB of the processes of a session; what they share is counted once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            belongs = int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session
            told = (folder / "smaps_rollup").read_text() if belongs else ""
        except OSError:
            continue  # it ended meanwhile
        total += sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:"))
    return total / 1024
