"""How long `krabuan serve` takes to its first answer, with all processes of the ministry deployed, and what it holds in
memory then; beside a Flask server with one route under the same gunicorn and the same database, started in turn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.http.serving import KRABUAN, free_port, served
from benchmarks.processes import memory
from benchmarks.rows import Goal, row

ROUNDS = 7
FIRST_ANSWER_S = 2.0


def measure() -> dict[str, Any]:
    """Medians and the slowest, in milliseconds; memory in MiB. The first start, which deploys, is told apart."""
    with TemporaryDirectory() as folder:
        # as where it is installed: what Python compiled is kept, wherever this runs
        environment = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}

        def krabuan() -> tuple[float, float]:
            port = free_port()
            command = (*KRABUAN, "serve", "--data", f"{folder}/data", "--port", str(port))
            return _start(command, port, ("GET", "/v2/status"), environment)

        def floor() -> tuple[float, float]:
            port = free_port()
            command = ("-m", "benchmarks.http.floor", f"sqlite:///{folder}/floor.db", str(port))
            return _start(command, port, ("POST", "/floor"), environment)

        first, _ = krabuan()
        floor()
        rounds = [(krabuan(), floor()) for _ in range(ROUNDS)]
    ours, theirs = [seconds for (seconds, _), _ in rounds], [seconds for _, (seconds, _) in rounds]
    slowest = max(ours)
    return {
        "rows": [
            row(
                "krabuan serve, from its start to the first answer, all processes deployed", ours, "s",
                {"a Flask server with one route under the same gunicorn": theirs},
                [Goal("slowest, s", slowest, FIRST_ANSWER_S)],
            )
        ],
        "rounds": ROUNDS,
        "firstStartMs": round(first * 1000),
        "restartMs": round(median(ours) * 1000),
        "slowestRestartMs": round(slowest * 1000),
        "floorMs": round(median(theirs) * 1000),
        "ratio": round(median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
        "idleMiB": round(median(held for (_, held), _ in rounds), 1),
        "floorIdleMiB": round(median(held for _, (_, held) in rounds), 1),
    }  # fmt: skip


def _start(
    command: Sequence[str], port: int, asked: tuple[str, str], environment: dict[str, str]
) -> tuple[float, float]:
    """Seconds from the start to the first answer, and the memory of the server then."""
    started = time.monotonic()
    with served(*command, port=port, environment=environment, silent=True) as process:
        while not _answers(port, *asked):
            time.sleep(0.005)
        return time.monotonic() - started, memory(process.pid).pss / 1024


def _answers(port: int, method: str, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path)
        return connection.getresponse().status < 300
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
