"""Two nodes on one PostgreSQL beside one: what the machine's processors give, and where their time goes.

The same completions, by the same clients, which are dealt out to the nodes. Clients, nodes and the database's server
share the processors of this machine, so what is measured here is no promise for several machines.
"""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median
from typing import Any

from benchmarks.http.load import Measured, send_to, together
from benchmarks.http.office import HEADERS, completions, open_tasks, prepare, serving
from benchmarks.long.sigkill import database
from benchmarks.processes import server_of, used_by
from benchmarks.rows import row

COUNT, ROUNDS, CLIENTS, WARM_UP = 1_200, 6, 8, 40


def measure(count: int = COUNT) -> dict[str, Any]:
    """Both nodes run all the time; the rounds of one and of two of them take turns."""
    with database("postgresql") as url, ExitStack() as stack:
        bus = prepare(url)
        requests = iter(completions(open_tasks(bus, 2 * (count + WARM_UP))))
        bus.database.close()
        nodes = [stack.enter_context(serving(url)) for _ in range(2)]
        pids = (*(pid for _, pid in nodes), server_of(url))
        rounds: dict[int, list[Measured]] = {1: [], 2: []}
        seconds = {many: [0.0] * len(pids) for many in rounds}
        for _ in range(2):
            send_to([port for port, _ in nodes], [next(requests) for _ in range(WARM_UP)], HEADERS, CLIENTS)
        for _ in range(ROUNDS):
            for many, found in rounds.items():
                ports = [port for port, _ in nodes[:many]]
                some = [next(requests) for _ in range(count // ROUNDS)]

                def send() -> None:
                    found.append(send_to(ports, some, HEADERS, CLIENTS))  # noqa: B023 - called at once

                used = used_by(send, *pids)
                seconds[many] = [a + b for a, b in zip(seconds[many], used, strict=True)]
    one, two = together(rounds[1]), together(rounds[2])
    gained = median(b.per_second / a.per_second for a, b in zip(rounds[1], rounds[2], strict=True))
    return {
        "rows": [
            row(
                f"completions a second of 2 nodes on PostgreSQL, {CLIENTS} clients", two.per_second, "a second",
                {"of 1 node": one.per_second},
            ),
            row(f"a completion with 2 nodes, {CLIENTS} clients", two.times, "ms", {"with 1 node": one.times}),
        ],
        "gained": round(gained, 2),
        "cpu": {f"{many} nodes": _cpu(seconds[many], together(rounds[many])) for many in rounds},
    }


def _cpu(seconds: list[float], found: Measured) -> dict[str, float]:
    """Milliseconds of the processor for each completion, by process; `processors` is how many were busy with it."""
    each = [round(one * 1000 / len(found.times), 3) for one in seconds]
    busy = round(sum(seconds) / found.seconds, 2)
    return {"node 1": each[0], "node 2": each[1], "database": each[2], "processors": busy}
