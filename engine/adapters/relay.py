"""What the nodes of a cluster tell each other: by NOTIFY of the PostgreSQL that they share, outside any transaction.

Nothing depends on a message: what is lost is made good by looking again (lists are loaded anew, due work is looked for
every second). Each node says every few seconds that it is there; who is silent for long is no longer counted.
"""

from __future__ import annotations

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import orjson
import psycopg

from engine.model.peer import Peer

CHANNEL = "krabuan"
LONGEST = 7_000  # bytes of one notification; PostgreSQL takes 8,000
BEAT = 5.0  # seconds between two signs of life
SILENT = 20.0  # seconds after which a node is not counted any more
GATHER = 0.01  # seconds in which what is told is put together
AGAIN = 1.0  # seconds until a lost connection is opened anew
_TELL = "SELECT pg_notify(%s, %s)"
_TIME = "SELECT extract(epoch FROM clock_timestamp())::float8"
HERE, GONE = "here", "gone"
log = logging.getLogger("krabuan.relay")


class Hearer(Protocol):
    """What a node does about what it hears. Called from one thread; must not wait."""

    def heard(self, kind: str, data: Any) -> None:
        """Another node said this."""
        ...

    def missed(self) -> None:
        """Something may have been said that was not heard."""
        ...

    def to_tell(self) -> Sequence[tuple[str, Any]]:
        """What has come together to be told now; asked some times a second."""
        ...

    def clock_differs(self, least: float, most: float) -> None:
        """The database's clock is at least and at most this much (seconds) ahead of this machine's."""
        ...


class Relay:
    """One node's voice and ear. `about` is what it says of itself: JSON-able, known to all nodes."""

    def __init__(self, conninfo: str, hearer: Hearer, about: dict[str, Any]) -> None:
        self.node = secrets.token_hex(4)
        self._conninfo, self._hearer, self._about = conninfo, hearer, about
        self._peers: dict[str, Peer] = {}
        self._out: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._on_and_on, args=(work,), name=f"relay-{name}", daemon=True)
            for name, work in (("ear", self._listen), ("voice", self._speak))
        ]

    def start(self) -> None:
        """Begin to hear and to be heard."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Say goodbye, and end."""
        self._ending.set()
        self._out.put((GONE, None))
        for thread in self._threads:
            thread.join(AGAIN + BEAT)

    def tell(self, kind: str, data: Any) -> None:
        """Tell the other nodes, if there are any; returns at once."""
        if self.peers():
            self._out.put((kind, data))

    def peers(self) -> list[Peer]:
        """The other nodes that were heard of lately."""
        since = time.monotonic() - SILENT
        return [peer for peer in list(self._peers.values()) if peer.heard > since]

    def _on_and_on(self, work: Callable[[psycopg.Connection], None]) -> None:
        while not self._ending.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True) as connection:
                    work(connection)
            except psycopg.Error as error:
                log.warning("other nodes are out of reach: %s", type(error).__name__)
                self._ending.wait(AGAIN)

    def _listen(self, connection: psycopg.Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self._hearer.missed()
        self._out.put((HERE, self._about))
        while not self._ending.is_set():
            for notice in connection.notifies(timeout=AGAIN):
                self._hear(notice.payload)
            if time.monotonic() % 10 < AGAIN:
                connection.execute("SELECT 1")  # a network that swallows everything says nothing by itself

    def _hear(self, payload: str) -> None:
        node, said = orjson.loads(payload)
        if node == self.node:
            return
        for kind, data in said:
            if kind == GONE:
                self._peers.pop(node, None)
            elif kind == HERE:
                if node not in self._peers:
                    self._out.put((HERE, self._about))  # who has just come hears of us at once
                self._peers[node] = Peer(node, data, time.monotonic())
            else:
                self._hearer.heard(kind, data)

    def _speak(self, connection: psycopg.Connection) -> None:
        beat = 0.0
        while not self._ending.is_set() or not self._out.empty():
            if time.monotonic() >= beat:
                beat = time.monotonic() + BEAT
                self._hearer.clock_differs(*clock_difference(connection))
                self._out.put((HERE, self._about))
            said = self._gathered()
            for part in _parts(said):
                connection.execute(_TELL, (CHANNEL, orjson.dumps([self.node, part]).decode()))

    def _gathered(self) -> list[tuple[str, Any]]:
        """What is to be told, each thing once, after waiting a little for more."""
        found: list[tuple[str, Any]] = []
        try:
            found.append(self._out.get(timeout=AGAIN / 5))
            self._ending.wait(GATHER)
            while True:
                found.append(self._out.get_nowait())
        except queue.Empty:
            pass
        gathered = self._hearer.to_tell()
        if self.peers():
            found += gathered
        return list({orjson.dumps(one): one for one in found}.values())


def clock_difference(connection: psycopg.Connection) -> tuple[float, float]:
    """How far (seconds) the database's clock is ahead of ours, at least and at most: as far apart as the way there and
    back took, which is long when the network is slow, or this process was frozen meanwhile."""
    before = time.time()
    (there,) = connection.execute(_TIME).fetchone() or (before,)
    after = time.time()
    return float(there) - after, float(there) - before


def _parts(said: Sequence[tuple[str, Any]]) -> list[list[tuple[str, Any]]]:
    parts: list[list[tuple[str, Any]]] = []
    room = 0
    for one in said:
        size = len(orjson.dumps(one)) + 1
        if size > LONGEST:
            log.warning("something too long was not told to other nodes: %s", one[0])
            continue
        if size > room:
            parts.append([])
            room = LONGEST
        parts[-1].append(one)
        room -= size
    return parts
