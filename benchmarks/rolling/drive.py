"""Two nodes of the old release under load; one after the other is replaced by one of the new."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.arrival.receivers import Ledger, post_office
from benchmarks.chaos.drive import all_is_done, until
from benchmarks.chaos.judge import Verdict, judge, proof_faults
from benchmarks.chaos.load import Load
from benchmarks.chaos.node import Node, Setting
from benchmarks.chaos.postgres import postgres
from benchmarks.chaos.world import LOOPBACK, environment, until_all_serve
from benchmarks.http.serving import code_of, free_port
from engine.store.database import Database
from engine.store.migrations import revisions

LEASE = 60.0  # seconds: longer than a node is away
PATIENCE = 300.0  # seconds for what is open in the end
PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Change:
    """From one release to another, given by the folders of their code. Cases start at `rate` a second; `seconds` pass
    before the first node is replaced, between the two, and after. With `comes_back` the old node that is left begins
    once more beside the new schema, as after a crash."""

    old: Path
    new: Path
    seconds: float
    rate: float
    comes_back: bool = True


@dataclass(slots=True)
class Run:
    """One upgrade and its figures. `before` and `after` are the revisions of the schema; `verdict.faults` also has
    every request that failed."""

    before: str | None = None
    after: str | None = None
    cases: int = 0
    requests: int = 0
    again: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)

    def figures(self) -> dict[str, Any]:
        """What goes into the figures file."""
        return asdict(self)


def roll(folder: Path, change: Change) -> Run:
    """Upgrade a service in an empty folder."""
    began, run, ledger = time.monotonic(), Run(), Ledger(Random(1))
    with ExitStack() as stack:
        server, mail = stack.enter_context(postgres(folder / "postgres")), stack.enter_context(post_office(ledger))
        _fill(change.old, server.url)
        outside = Database(server.url)
        stack.callback(outside.close)
        run.before = _revision(outside)
        nodes = [_node(number, server.url, folder, mail, change.old) for number in range(2)]
        for node in nodes:
            stack.callback(node.stop)
            node.start()
        addresses = [(node.setting.host, node.setting.port) for node in nodes]
        until_all_serve(addresses)
        numbers = range(round(change.rate * change.seconds * 3))
        load = Load(addresses, numbers, change.rate, LEASE, PEOPLE, forget=False)
        with load:
            _replace(nodes, change, addresses)
            until(lambda: all_is_done(outside, numbers), PATIENCE)
        for node in nodes:
            node.stop()
        run.after = _revision(outside)
        run.verdict = judge(outside, numbers, ledger.accepted, load.diary, lambda *_: False, LEASE)
        run.verdict.faults += load.counted.failed + proof_faults(server.url, folder / "data", change.new)
    run.cases, run.requests, run.again = len(numbers), load.counted.requests, load.counted.again
    run.seconds = round(time.monotonic() - began, 1)
    return run


def _replace(nodes: list[Node], change: Change, addresses: list[tuple[str, int]]) -> None:
    first, second = nodes
    time.sleep(change.seconds)
    _become(first, change.new, addresses)
    if change.comes_back:
        _become(second, change.old, addresses)
    time.sleep(change.seconds)
    _become(second, change.new, addresses)
    time.sleep(change.seconds)


def _become(node: Node, release: Path, addresses: list[tuple[str, int]]) -> None:
    """The node ends in order and comes back as one of that release, before anything else is touched."""
    node.stop()
    node.setting = replace(node.setting, release=release)
    node.start()
    until_all_serve(addresses)


def _fill(release: Path, url: str) -> None:
    """The schema and the content as the old release makes them."""
    script = "import sys; from benchmarks.chaos.content import prepare; prepare(sys.argv[1], int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", script, url, str(PEOPLE)], cwd=release, env=code_of(release), check=True)


def _node(number: int, url: str, folder: Path, mail: int, release: Path) -> Node:
    log = folder / f"node-{number}.log"
    told = environment(LOOPBACK, mail)
    return Node(Setting("serve", LOOPBACK, free_port(), url, folder / "data", log, told, release))


def _revision(database: Database) -> str | None:
    with database.read() as db:
        return revisions(db)[0]
