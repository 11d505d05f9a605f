"""Passwords hashed with argon2id, with a bound on the memory that signing in may take."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher as _Argon2
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19_456
PASSES = 2
AT_ONCE = 4  # each hashing takes MEMORY_KIB: a flood of sign-ins queues instead of filling the memory


class Passwords:
    """argon2id with 19 MiB and two passes, the least that OWASP recommends; safe to share between threads."""

    def __init__(self, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> None:
        self._argon2 = _Argon2(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """A salted hash of the password, in argon2's own text format."""
        with self._turns:
            return self._argon2.hash(password)

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password belongs to the hash; takes as long for a wrong one."""
        with self._turns:
            try:
                return self._argon2.verify(hashed, password)
            except (VerificationError, InvalidHashError):
                return False
