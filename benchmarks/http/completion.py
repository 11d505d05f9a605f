"""Complete user tasks through HTTP with everything on: identity, form, control point, deadline, history, reminders.

And start cases. What they cost the processor is measured with them: of the service and of the database's server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Any

from benchmarks.bare import NAME as BARE
from benchmarks.bare import bare_transactions
from benchmarks.http.load import Measured, Request, send_all, together
from benchmarks.http.office import (
    HEADERS,
    START,
    bytes_per_completion,
    completions,
    open_tasks,
    prepare,
    serving,
    statements_per_completion,
)
from benchmarks.http.serving import free_port, served
from benchmarks.http.shares import shares
from benchmarks.long.sigkill import database
from benchmarks.processes import server_of, used_by
from benchmarks.rows import Goal, row, spread

COUNT, ROUNDS, CLIENTS, WARM_UP = 1600, 8, 4, 40
P95, P99, TO_FLOOR = 10.0, 25.0, 3.0
PER_CORE = {"sqlite": 500.0, "postgresql": 300.0}
FLOOR = "a Flask route that writes a row durably"
# port and process of the server, requests, headers, clients
Asked = Mapping[str, tuple[tuple[int, int], Sequence[Request], Mapping[str, str], int]]


def measure(kind: str, count: int = COUNT) -> dict[str, Any]:
    """The figures for one kind of database.

    Both servers run at once and are asked in turn, round by round, so that a machine that is slower for a while is so
    for both.
    """
    with database(kind) as url, ExitStack() as stack:
        bus = prepare(url)
        statements, size = statements_per_completion(bus), bytes_per_completion(bus)
        tasks = open_tasks(bus, count + WARM_UP)
        bus.database.close()
        port = free_port()
        process = stack.enter_context(served("-m", "benchmarks.http.floor", url, str(port), port=port))
        krabuan, floor = stack.enter_context(serving(url)), (port, process.pid)
        asked: Asked = {
            "floor": (floor, [("POST", "/floor", b"")] * len(tasks), {}, CLIENTS),
            "completion": (krabuan, completions(tasks), HEADERS, CLIENTS),
            "start": (krabuan, [START] * len(tasks), HEADERS, CLIENTS),
            "start, 1 client": (krabuan, [START] * len(tasks), HEADERS, 1),
        }
        seconds: dict[str, list[float]] = {}
        rounds = _rounds(asked, count, seconds, server_of(url))
        bare = bare_transactions(url, size)
    with database(kind) as url:
        where = shares(url, max(20, count // 8))
    return {
        "rows": [*_completed(kind, rounds, bare), _per_core(kind, rounds, seconds), *_started(kind, rounds)],
        "completion_to_floor_p50": _ratio(rounds, "completion", lambda m: median(m.times)),
        "completion_to_floor_rate": _ratio(rounds, "completion", lambda m: 1 / m.per_second),
        "statements_per_completion": statements,
        "bytes_per_completion": size,
        "where_the_service_spends_percent": where,
        "per_second": {name: round(together(found).per_second, 1) for name, found in rounds.items()},
        "cpu_ms_each": {
            name: {
                "service": round(used[0] * 1000 / count, 3), "database": round(used[1] * 1000 / count, 3)
            } for name, used in seconds.items()
        },
    }  # fmt: skip


def _rounds(
    asked: Asked, count: int, seconds: dict[str, list[float]], server: int | None
) -> dict[str, list[Measured]]:
    """What was measured in each round; `seconds` are then those of the processor, of service and database."""
    found: dict[str, list[Measured]] = {name: [] for name in asked}
    for (port, _), requests, headers, clients in asked.values():
        send_all(port, requests[:WARM_UP], headers, clients)
    size = count // ROUNDS
    for number in range(ROUNDS):
        first = WARM_UP + number * size
        for name, ((port, pid), requests, headers, clients) in asked.items():
            some, answered = requests[first : first + size], found[name]

            def send() -> None:
                answered.append(send_all(port, some, headers, clients))  # noqa: B023 - called at once

            used = used_by(send, pid, server)
            before = seconds.setdefault(name, [0.0] * len(used))
            seconds[name] = [a + b for a, b in zip(before, used, strict=True)]
    return found


def _completed(kind: str, rounds: Mapping[str, list[Measured]], bare: list[float]) -> list[dict[str, Any]]:
    times, floor = together(rounds["completion"]).times, together(rounds["floor"]).times
    figures = spread(times)
    ratio = _ratio(rounds, "completion", lambda m: median(m.times))
    goals = [
        Goal("p95, ms", figures["p95"], P95), Goal("p99, ms", figures["p99"], P99),
        Goal("median, in floors of the same round", ratio, TO_FLOOR),
    ]  # fmt: skip
    named = f"completion of a user task, everything on, {CLIENTS} clients, {kind}"
    return [row(named, times, "ms", {FLOOR: floor, BARE: bare}, goals)]


def _per_core(kind: str, rounds: Mapping[str, list[Measured]], seconds: Mapping[str, list[float]]) -> dict[str, Any]:
    rate, floor = (len(together(rounds[name]).times) / sum(seconds[name]) for name in ("completion", "floor"))
    goal = Goal("completions a second of the processor", rate, PER_CORE[kind], "least")
    named = f"completions per core, service and database together, {kind}"
    return row(named, rate, "a second", {FLOOR: floor}, [goal])


def _started(kind: str, rounds: Mapping[str, list[Measured]]) -> list[dict[str, Any]]:
    floor, found = together(rounds["floor"]).times, []
    for name, clients in (("start", f"{CLIENTS} clients"), ("start, 1 client", "1 client")):
        times = together(rounds[name]).times
        goal = Goal("p95, ms", spread(times)["p95"], P95)
        found.append(row(f"start of a case, {clients}, {kind}", times, "ms", {f"{FLOOR}, 4 clients": floor}, [goal]))
    return found


def _ratio(rounds: Mapping[str, list[Measured]], name: str, of: Callable[[Measured], float]) -> float:
    """The median over the rounds of what a request takes, in floors of the same round."""
    return round(median(of(m) / of(floor) for m, floor in zip(rounds[name], rounds["floor"], strict=True)), 2)
