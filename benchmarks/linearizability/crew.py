"""The clients' processes: forked from this one, which has loaded everything and runs no thread, and killed at random.

`python -m benchmarks.linearizability.crew PLAN` with the file that drive.py writes. Prints how many were killed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import orjson

from benchmarks.linearizability.doors import BusDoor, Door
from benchmarks.linearizability.http_door import HttpDoor
from benchmarks.linearizability.worker import Board, Task, work
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.passwords import Passwords
from engine.bus import Bus
from engine.commands.definitions import Definitions
from engine.commands.transaction import Services
from engine.store.database import Database

SWITCH_EVERY = 0.001  # seconds: as `krabuan serve` does


@dataclass(frozen=True, slots=True)
class Member:
    """One process: its clients (their numbers), and the node that they ask; None: the bus."""

    clients: tuple[int, ...]
    port: int | None

    def open_door(self, url: str) -> Callable[[int], Door]:
        """For its clients, within the process."""
        if (port := self.port) is not None:
            return lambda _client: HttpDoor(port)
        bus = Bus(Database(url), SystemClock(), Services(Keys(), Definitions(), Passwords()))
        return lambda _client: BusDoor(bus)


def main() -> int:
    plan: dict[str, Any] = orjson.loads(Path(sys.argv[1]).read_bytes())
    versions = {int(number): key for number, key in plan["versions"].items()}
    task = Task(Path(plan["folder"]), plan["windows"], versions, plan["each"], plan["seed"])
    members, clients = [], 0
    for count, port in plan["members"]:
        members.append(Member(tuple(range(clients, clients + count)), port))
        clients += count
    print(_run(plan["database"], task, members, Board(clients), plan["kill_every"]))
    return 0


def _run(url: str, task: Task, members: list[Member], board: Board, kill_every: float | None) -> int:
    """Until all are done; returns how many were killed. Raises RuntimeError when one ended with a fault."""
    running = {_fork(url, task, member, board): member for member in members}
    chance, kills = Random(task.seed), 0
    next_kill = time.monotonic() + chance.uniform(0, 2) * (kill_every or 0)
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            member = running.pop(pid)
            if status == signal.SIGKILL:
                running[_fork(url, task, member, board)] = member
            elif status:
                raise RuntimeError(f"a client's process ended with {status}")
            continue
        if kill_every is not None and time.monotonic() > next_kill:
            os.kill(chance.choice(sorted(running)), signal.SIGKILL)
            kills += 1
            next_kill = time.monotonic() + chance.uniform(0, 2) * kill_every
        time.sleep(0.01)
    return kills


def _fork(url: str, task: Task, member: Member, board: Board) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        sys.setswitchinterval(SWITCH_EVERY)
        work(task, board, member.clients, member.open_door(url))
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main())
