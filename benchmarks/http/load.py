"""A few clients that send requests as fast as they are answered, and how long each took."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

Request = tuple[str, str, bytes]  # method, path, body


@dataclass(frozen=True, slots=True)
class Measured:
    """`times` in milliseconds; `seconds` from the first request to the last answer."""

    times: tuple[float, ...]
    seconds: float

    @property
    def per_second(self) -> float:
        """How many were answered in a second."""
        return len(self.times) / self.seconds


def together(rounds: Sequence[Measured]) -> Measured:
    """Several rounds as one."""
    return Measured(tuple(time for one in rounds for time in one.times), sum(one.seconds for one in rounds))


def send_all(port: int, requests: Sequence[Request], headers: Mapping[str, str], clients: int = 4) -> Measured:
    """Send every request once, shared among the clients. Raises RuntimeError for an answer that is no 2xx."""
    return send_to((port,), requests, headers, clients)


def send_to(ports: Sequence[int], requests: Sequence[Request], headers: Mapping[str, str], clients: int) -> Measured:
    """As `send_all`, the clients dealt out to several servers."""
    times: list[float] = []
    failed: list[str] = []
    lock, queue = threading.Lock(), iter(requests)

    def next_request() -> Request | None:
        with lock:
            return next(queue, None)

    def client(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", ports[number % len(ports)], timeout=120)
        own: list[float] = []
        while not failed and (request := next_request()) is not None:
            method, path, body = request
            began = time.perf_counter()
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            said = answer.read()
            own.append((time.perf_counter() - began) * 1000)
            if answer.status >= 300:
                failed.append(f"{method} {path}: {answer.status} {said[:300]!r}")
        connection.close()
        with lock:
            times.extend(own)

    began = time.perf_counter()
    _together(client, clients)
    seconds = time.perf_counter() - began
    if failed:
        raise RuntimeError(failed[0])
    return Measured(tuple(times), seconds)


def _together(work: Callable[[int], None], count: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
