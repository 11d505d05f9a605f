"""What the machine gives at each moment of a sitting: the floor, asked as steadily as the service beside it.

A virtual machine is faster in one quarter of an hour than in another, by more than what a sitting looks for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.http.serving import free_port, served
from benchmarks.soak.sampling import Measure


@contextmanager
def floor_beside(folder: Path, every: float) -> Iterator[list[Measure]]:
    """The milliseconds that benchmarks/http/floor.py takes for a request, on a SQLite file of its own in the folder,
    asked so often (seconds) until the block ends. Raises RuntimeError in the end where it answered anything but 204."""
    found: list[Measure] = []
    failed: list[str] = []
    ending, port = threading.Event(), free_port()

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            while not ending.wait(every):
                began = time.perf_counter()
                connection.request("POST", "/floor")
                answer = connection.getresponse()
                answer.read()
                found.append((time.time(), (time.perf_counter() - began) * 1000))
                if answer.status != 204:
                    failed.append(f"the floor answered {answer.status}")
        except OSError as error:
            failed.append(f"the floor did not answer: {error}")
        finally:
            connection.close()

    url = f"sqlite:///{folder / 'floor.db'}"
    with served("-m", "benchmarks.http.floor", url, str(port), port=port, silent=True):
        thread = threading.Thread(target=ask, name="floor")
        thread.start()
        try:
            yield found
        finally:
            ending.set()
            thread.join()
    if failed:
        raise RuntimeError(failed[0])
