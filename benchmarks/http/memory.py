"""What a running service holds in memory: with nothing to do, and for every case that lives in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from benchmarks.http.load import send_all
from benchmarks.http.office import HEADERS, START, prepare, serving
from benchmarks.http.serving import free_port, served
from benchmarks.long.sigkill import database
from benchmarks.processes import memory
from benchmarks.rows import Goal, row

CASES, WARM_UP = 5_000, 500
IDLE_MIB, EACH_KIB = 150.0, 50.0


def measure(cases: int = CASES, warm_up: int = WARM_UP) -> dict[str, Any]:
    """On SQLite, whose own memory is the service's. Cases are started by one client and wait at their first task."""
    with database("sqlite") as url:
        prepare(url).database.close()
        port = free_port()
        with served("-m", "benchmarks.http.floor", url, str(port), port=port) as process:
            send_all(port, [("POST", "/floor", b"")] * 10, {}, 1)
            floor = memory(process.pid)
        with serving(url) as (port, pid):
            send_all(port, [("GET", "/v2/status", b"")] * 10, {}, 1)
            idle = memory(pid)
            send_all(port, [START] * warm_up, HEADERS, 1)
            warm = memory(pid)
            send_all(port, [START] * cases, HEADERS, 1)
            full = memory(pid)
    each = (full.rss - warm.rss) / cases
    return {
        "rows": [
            row(
                "memory of the service with nothing to do (PSS)", idle.pss / 1024, "MiB",
                {"a Flask server with one route under the same gunicorn": floor.pss / 1024},
                [Goal("MiB", idle.pss / 1024, IDLE_MIB)],
            ),
            row(
                f"memory of the service for each of {cases:,} living cases (RSS)", each, "KiB",
                goals=[Goal("KiB", each, EACH_KIB)],
            ),
        ],
        "idleKiB": asdict(idle), "warmKiB": asdict(warm), "fullKiB": asdict(full), "floorKiB": asdict(floor),
    }  # fmt: skip
