"""A few clients that send requests as fast as they are answered, and how long each took."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median

Request = tuple[str, str, bytes]  # method, path, body


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds; `failed` counts answers that are no 2xx."""

    count: int
    per_second: float
    p50: float
    p95: float
    p99: float
    failed: int


def together(rounds: Sequence[Measured]) -> Measured:
    """Several rounds as one: the medians of their figures."""
    return Measured(
        sum(m.count for m in rounds), median(m.per_second for m in rounds), median(m.p50 for m in rounds),
        median(m.p95 for m in rounds), median(m.p99 for m in rounds), sum(m.failed for m in rounds),
    )  # fmt: skip


def send_all(port: int, requests: Sequence[Request], headers: dict[str, str], clients: int = 4) -> Measured:
    """Send every request once, shared among the clients."""
    times: list[float] = []
    failed = [0]
    lock, queue = threading.Lock(), iter(requests)

    def next_request() -> Request | None:
        with lock:
            return next(queue, None)

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        own: list[float] = []
        while (request := next_request()) is not None:
            method, path, body = request
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            own.append((time.perf_counter() - began) * 1000)
            if answer.status >= 300:
                failed[0] += 1
        connection.close()
        with lock:
            times.extend(own)

    began = time.perf_counter()
    _together(client, clients)
    seconds = time.perf_counter() - began
    times.sort()
    rate = round(len(times) / seconds, 1)
    return Measured(len(times), rate, _at(times, 0.5), _at(times, 0.95), _at(times, 0.99), failed[0])


def _together(work: Callable[[], None], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _at(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))], 2) if times else 0.0
