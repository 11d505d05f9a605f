"""One sitting: the load of the storm without the storm, at a steady rate, watched from outside."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.arrival.receivers import Ledger, post_office
from benchmarks.chaos.content import prepare
from benchmarks.chaos.drive import all_is_done, until
from benchmarks.chaos.judge import Verdict, judge, proof_faults
from benchmarks.chaos.load import Load
from benchmarks.chaos.node import Node, Setting
from benchmarks.chaos.postgres import postgres
from benchmarks.chaos.world import LOOPBACK, environment, until_all_serve
from benchmarks.http.serving import free_port
from benchmarks.soak.floor import floor_beside
from benchmarks.soak.sampling import Compared, Measure, Watched, by_minute, compare, for_each, middle, share, watched
from engine.store.database import Database

LEASE = 30.0  # seconds: longer than any worker of this load takes
PATIENCE = 300.0  # seconds for what is open in the end
WAITS = "/v2/jobs/activation"  # waits for work: how long it takes says nothing
MOST = 1.05  # last quarter against second
LATENCIES = ("p50", "p95")
FLOOR_EVERY = 0.1  # seconds between two requests to it


@dataclass(frozen=True, slots=True)
class Sitting:
    """`kind` of database; cases start at `rate` a second for so many `seconds`, for so many `people`."""

    kind: str
    nodes: int
    seconds: float
    rate: float
    people: int
    every: float = 5.0  # seconds between two looks at the processes


@dataclass(slots=True)
class Run:
    """One sitting and its figures, each of the second quarter and the last: memory in MiB, latencies in milliseconds
    (`floor` is the median of the floor beside it), and the milliseconds of the processor for each request. `operations`
    are the medians of each, `minutes` those of the service and of the floor minute by minute."""

    kind: str
    nodes: int
    seconds: float = 0.0
    cases: int = 0
    requests: int = 0
    again: int = 0
    compared: dict[str, Compared] = field(default_factory=dict)
    operations: dict[str, Compared] = field(default_factory=dict)
    minutes: dict[str, list[float]] = field(default_factory=dict)
    verdict: Verdict = field(default_factory=Verdict)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        found = {"compared": _told(self.compared), "operations": _told(self.operations)}
        return {**asdict(self), **found, "growth": self.growth(), "grown": self.grown()}

    def growth(self) -> dict[str, float]:
        """Of memory, and of latencies as multiples of the floor: the last quarter against the second."""
        floor = self.compared["floor"].ratio or 1.0  # of a sitting too short for one, as they are
        of = {name: self.compared[name].ratio for name in ("memory", *LATENCIES)}
        return {name: round(ratio / floor, 3) if name in LATENCIES else ratio for name, ratio in of.items()}

    def grown(self) -> list[str]:
        """What is over MOST."""
        return [name for name, ratio in self.growth().items() if ratio > MOST]


def _told(compared: Mapping[str, Compared]) -> dict[str, Any]:
    return {name: {**asdict(one), "ratio": one.ratio} for name, one in compared.items()}


def sit(folder: Path, wanted: Sitting) -> Run:
    """Run a sitting in an empty folder."""
    numbers, run = range(round(wanted.seconds * wanted.rate)), Run(wanted.kind, wanted.nodes)
    ledger = Ledger(Random(1))
    with ExitStack() as stack:
        url = stack.enter_context(_database(wanted.kind, folder))
        prepare(url, wanted.people)
        mail = stack.enter_context(post_office(ledger))
        nodes = [_node(number, url, folder, mail) for number in range(wanted.nodes)]
        for node in nodes:
            stack.callback(node.stop)
            node.start()
        addresses = [(node.setting.host, node.setting.port) for node in nodes]
        until_all_serve(addresses)
        load = Load(addresses, numbers, wanted.rate, LEASE, wanted.people, forget=False)
        outside = Database(url)
        stack.callback(outside.close)
        floor = stack.enter_context(floor_beside(folder, FLOOR_EVERY))
        pids = [node.pid for node in nodes if node.pid is not None]
        began = time.time()
        with watched(pids, wanted.every) as of_nodes, load:
            time.sleep(wanted.seconds)
            ended = time.time()
            until(lambda: all_is_done(outside, numbers), PATIENCE)
        for node in nodes:
            node.stop()
        run.verdict = judge(outside, numbers, ledger.accepted, load.diary, lambda *_: False, LEASE)
        run.verdict.faults += proof_faults(url, folder / "data") + load.counted.failed
        _compare(run, load, of_nodes, floor, (began, ended))
    run.cases, run.requests, run.again = len(numbers), load.counted.requests, load.counted.again
    run.seconds = round(ended - began, 1)
    return run


def _compare(
    run: Run, load: Load, of_nodes: Watched, floor: Sequence[Measure], span: tuple[float, float]
) -> None:
    times = [(at, seconds * 1000) for at, path, seconds in load.counted.times if path != WAITS]
    run.compared = {
        "memory": compare(of_nodes.memory, *span, middle),
        "p50": compare(times, *span, middle),
        "p95": compare(times, *span, share(0.95)),
        "floor": compare(floor, *span, middle),
        "processor": for_each(of_nodes.spent, times, *span),
    }
    run.minutes = {"service": by_minute(times, *span), "floor": by_minute(floor, *span)}
    of_each: dict[str, list[tuple[float, float]]] = {}
    for at, path, seconds in load.counted.times:
        of_each.setdefault(path, []).append((at, seconds * 1000))
    run.operations = {path: compare(found, *span, middle) for path, found in sorted(of_each.items())}


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'krabuan.db'}"
        return
    with postgres(folder / "postgres") as server:
        yield server.url


def _node(number: int, url: str, folder: Path, mail: int) -> Node:
    place, log = (LOOPBACK, free_port()), folder / f"node-{number}.log"
    return Node(Setting("serve", *place, url, folder / "data", log, environment(LOOPBACK, mail)))
