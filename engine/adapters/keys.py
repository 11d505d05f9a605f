"""Keys that never repeat: milliseconds, this process's number, a counter."""

from __future__ import annotations

import os
import secrets
import threading
import time
import weakref

_EPOCH_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z
_NODE_BITS, _SEQUENCE_BITS = 14, 8


class Keys:
    """Keys of 63 bits, growing with time; several processes draw different ones.

    Layout: 41 bits of milliseconds since 2026, 14 bits of a random process number, 8 bits of a
    counter. The counter runs into the next millisecond rather than wait, so a key is never late.
    Of eight processes two draw the same number once in 600 times; the primary keys of the tables
    are the guard then. A process that was forked draws its own.
    """

    def __init__(self, node: int | None = None) -> None:
        self._node = secrets.randbelow(1 << _NODE_BITS) if node is None else node
        self._lock = threading.Lock()
        self._last = 0
        mine = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _forked(mine()))

    def forked(self) -> None:
        """This is another process now, and no thread of it holds the lock."""
        self._node = secrets.randbelow(1 << _NODE_BITS)
        self._lock = threading.Lock()

    def next(self) -> int:
        """A new key, greater than every earlier one of this object."""
        with self._lock:
            floor = (int(time.time() * 1000) - _EPOCH_MS) << _SEQUENCE_BITS
            self._last = max(self._last + 1, floor)
            milliseconds, sequence = divmod(self._last, 1 << _SEQUENCE_BITS)
            return (((milliseconds << _NODE_BITS) | self._node) << _SEQUENCE_BITS) | sequence


def _forked(keys: Keys | None) -> None:
    if keys is not None:
        keys.forked()


class CountingKeys:
    """Keys 1, 2, 3 ...: for tests and scenarios, whose results must not vary."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def next(self) -> int:
        """The next number."""
        self._next += 1
        return self._next - 1
