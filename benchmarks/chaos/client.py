"""Clients as they are in an office: behind a balancer, which asks the next node when one does not answer."""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

import orjson

TIMEOUT = 6.0  # seconds for one node to answer
PATIENCE = 120.0  # seconds for all of them together
AGAIN = 0.15  # seconds until the next is asked
AVOIDED = 1.0  # seconds for which one that did not answer is not asked first
LATER = frozenset({502, 503, 504})


class GaveUp(Exception):
    """No node answered in all the time."""


@dataclass(slots=True)
class Counted:
    """What clients lived to see; safe to share between threads. `failed` is what must never be seen; `times` are
    (when of time.time(), operation, seconds) of the requests that needed one try."""

    requests: int = 0
    again: int = 0
    later: int = 0
    failed: list[str] = field(default_factory=list)
    times: list[tuple[float, str, float]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One account's requests, from one thread."""

    def __init__(self, addresses: Sequence[tuple[str, int]], account: tuple[str, str], counted: Counted) -> None:
        self._addresses, self._counted = addresses, counted
        self._connections: dict[tuple[str, int], HTTPConnection] = {}
        self._avoided = dict.fromkeys(addresses, 0.0)
        self._turn = hash(account[0]) % len(addresses)
        word = b64encode(":".join(account).encode()).decode()
        self._headers = {"Authorization": f"Basic {word}", "Content-Type": "application/json"}

    def post(self, path: str, body: Any, key: str | None = None, expected: Sequence[int] = ()) -> tuple[int, Any]:
        """The status and the answer of the first node that gives one; asked again under the same key. Any other than
        2xx and the `expected` is written down as failed. Raises GaveUp."""
        headers = self._headers if key is None else {**self._headers, "Idempotency-Key": key}
        sent, end, tries = orjson.dumps(body), time.monotonic() + PATIENCE, 0
        while time.monotonic() < end:
            began, tries = time.monotonic(), tries + 1
            answer = self._ask(path, sent, headers)
            with self._counted.lock:
                self._counted.requests += 1
                self._counted.again += tries > 1
                self._counted.later += answer is not None and answer[0] in LATER
            if answer is not None and answer[0] not in LATER:
                if answer[0] < 300 or answer[0] in expected:
                    self._note(tries, path, began)
                    return answer
                self._fail(f"{answer[0]} at {path}: {str(answer[1])[:300]}")
                if answer[0] != 500:
                    return answer
            time.sleep(AGAIN)
        self._fail(f"no answer at {path} in {PATIENCE:.0f} s")
        raise GaveUp(path)

    def close(self) -> None:
        """Close every connection."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _note(self, tries: int, path: str, began: float) -> None:
        if tries == 1:
            operation = "/".join(part for part in path.split("/") if not part.isdigit())
            with self._counted.lock:
                self._counted.times.append((time.time(), operation, time.monotonic() - began))

    def _fail(self, what: str) -> None:
        with self._counted.lock:
            self._counted.failed.append(what)

    def _ask(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Any] | None:
        """One node, the next in turn of those that are not avoided; None when it did not answer."""
        self._turn += 1
        places = [self._addresses[(self._turn + n) % len(self._addresses)] for n in range(len(self._addresses))]
        place = min(places, key=lambda one: self._avoided[one] > time.monotonic())
        connection = self._connections.get(place) or HTTPConnection(*place, timeout=TIMEOUT)
        self._connections[place] = connection
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            content = response.read()
            if response.status in LATER:
                self._avoided[place] = time.monotonic() + AVOIDED
            return response.status, orjson.loads(content) if content else None
        except (OSError, HTTPException, orjson.JSONDecodeError):
            connection.close()
            self._connections.pop(place, None)
            self._avoided[place] = time.monotonic() + AVOIDED
            return None
