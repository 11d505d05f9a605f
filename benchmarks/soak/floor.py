"""What the machine gives at each moment of a sitting: the floor, asked as steadily as the service beside it.

A virtual machine is faster in one quarter of an hour than in another, by more than what a sitting looks for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.http.serving import free_port, served
from benchmarks.soak.sampling import Measure, repeatedly


@contextmanager
def floor_beside(folder: Path, every: float) -> Iterator[list[Measure]]:
    """The milliseconds that benchmarks/http/floor.py takes for a request, on a SQLite file of its own in the folder,
    asked so often (seconds) until the block ends. Raises RuntimeError then where it answered anything but 204, OSError
    where it did not answer."""
    found: list[Measure] = []
    port = free_port()
    connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask() -> None:
        began = time.perf_counter()
        connection.request("POST", "/floor")
        answer = connection.getresponse()
        answer.read()
        found.append((time.time(), (time.perf_counter() - began) * 1000))
        if answer.status != 204:
            raise RuntimeError(f"the floor answered {answer.status}")

    url = f"sqlite:///{folder / 'floor.db'}"
    with served("-m", "benchmarks.http.floor", url, str(port), port=port, silent=True), closing(connection):
        with repeatedly(ask, every):
            yield found
