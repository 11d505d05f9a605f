"""One process of clients, each a thread: they ask, write down what and when, and go on to the next cases together."""

from __future__ import annotations

import mmap
import os
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from benchmarks.linearizability.choosing import Choice
from benchmarks.linearizability.doors import Door, Known, Lost
from benchmarks.linearizability.operations import answered, invoked

_SLOT = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Task:
    """What all clients do: so many operations on each window of cases, which they then leave together. `versions` are
    the keys of the process's versions; what was asked and answered goes into files in `folder`."""

    folder: Path
    windows: Sequence[Sequence[int]]
    versions: dict[int, int]
    each: int  # operations on each case
    seed: str


class Board:
    """How many operations each client has done, in memory that all processes share: nobody waits for anybody."""

    def __init__(self, clients: int) -> None:
        self._memory = mmap.mmap(-1, clients * _SLOT.size)
        self._all = struct.Struct(f"<{clients}Q")

    def add(self, client: int) -> None:
        """One more; only the client itself writes here."""
        at = client * _SLOT.size
        _SLOT.pack_into(self._memory, at, _SLOT.unpack_from(self._memory, at)[0] + 1)

    def done(self) -> int:
        """Of all clients."""
        return sum(self._all.unpack_from(self._memory, 0))


def work(task: Task, board: Board, clients: Sequence[int], open_door: Callable[[int], Door]) -> None:
    """Run these clients, each through a door of its own, until the last window is done. Raises what one of them met
    that is no answer, when all have ended."""
    met: list[BaseException] = []
    known: dict[int, Known] = {}  # what one of them sees, all of this process know

    def run(number: int) -> None:
        try:
            _act(task, board, number, open_door(number), known)
        except BaseException as error:
            met.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if met:
        raise met[0]


def _act(task: Task, board: Board, number: int, door: Door, known: dict[int, Known]) -> None:
    choice, counted, at = Choice(f"{task.seed} {number} {os.getpid()}"), 0, 0
    ends = list(accumulate(task.each * len(window) for window in task.windows))
    with open(task.folder / f"{number}-{os.getpid()}.jsonl", "ab", buffering=0) as log:
        while True:
            done = board.done()
            while at < len(ends) and done >= ends[at]:
                at += 1
            if at == len(ends):
                return
            case = choice.chance.choice(task.windows[at])
            counted += 1
            about = known.setdefault(case, Known(task.versions, case))
            asked = choice.next(f"{number}.{os.getpid()}.{counted}", about)
            asked = replace(asked, called=time.monotonic_ns(), door=door.name)
            log.write(invoked(asked))  # in the kernel's hands: a kill of this process does not lose it
            try:
                outcome = door.ask(asked, about)
            except Lost:
                outcome = None
            log.write(answered(asked.id, time.monotonic_ns(), outcome))
            choice.told(replace(asked, outcome=outcome))
            board.add(number)
