"""Keys that never repeat: milliseconds, this process's number, a counter."""

from __future__ import annotations

import secrets
import threading
import time

_EPOCH_MS = 1_767_225_600_000  # 2026-01-01T00:00:00Z
_NODE_BITS, _SEQUENCE_BITS = 10, 12


class Keys:
    """Keys of 63 bits, growing with time; several processes draw different ones.

    Layout: 41 bits of milliseconds since 2026, 10 bits of a random process number, 12 bits of a
    counter. The counter runs into the next millisecond rather than wait, so a key is never late.
    """

    def __init__(self, node: int | None = None) -> None:
        self._node = secrets.randbelow(1 << _NODE_BITS) if node is None else node
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        """A new key, greater than every earlier one of this object."""
        with self._lock:
            floor = (int(time.time() * 1000) - _EPOCH_MS) << _SEQUENCE_BITS
            self._last = max(self._last + 1, floor)
            milliseconds, sequence = divmod(self._last, 1 << _SEQUENCE_BITS)
            return (((milliseconds << _NODE_BITS) | self._node) << _SEQUENCE_BITS) | sequence


class CountingKeys:
    """Keys 1, 2, 3 ...: for tests and scenarios, whose results must not vary."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def next(self) -> int:
        """The next number."""
        self._next += 1
        return self._next - 1
