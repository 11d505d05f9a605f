"""The hash chain of one process instance, and of the service itself.

The chain hashes the bytes as they are stored, so that a stored body may be encrypted without a new
format. The first event continues from GENESIS of its instance key: an event cannot be moved to
another instance.
"""

from __future__ import annotations

import hashlib

SERVICE = 0  # in the place of an instance's key: the service's own events (no instance has this key)

def genesis(process_instance_key: int) -> str:
    """The head of a chain that has no events yet: 64 hexadecimal digits."""
    return hashlib.sha256(f"krabuan:history:{process_instance_key}".encode()).hexdigest()


def link(head: str, body: str) -> str:
    """The head after `body` is appended to a chain whose head was `head`."""
    digest = hashlib.sha256(head.encode("ascii"))
    digest.update(body.encode("utf-8"))
    return digest.hexdigest()
