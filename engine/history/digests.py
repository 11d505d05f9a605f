"""What a checkpoint keeps of events: digests, which tell later what was changed without saying what it was.

An event has an identity (all that its body says but the number, so that it is known again at another place) and a
digest for each field. They locate a change; that there is one is proved by the head of the chain, whose full hash the
Merkle root covers. Hash tree: RFC 6962, section 2.1. `krabuan_verify` computes the same by itself.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_NUMBERED = re.compile(r'\{"sequence":[0-9]+,')


def fingerprint(case: int, body: str) -> list[Any]:
    """[identity: 32 hexadecimal digits, {field: 16 hexadecimal digits}] of an event's body."""
    return [_digest(case, "", _NUMBERED.sub("{", body, count=1), 32), dict(_fields(case, body))]


def _fields(case: int, body: str) -> Iterator[tuple[str, str]]:
    for name, value in json.loads(body).items():
        if name == "data" and isinstance(value, dict):
            yield from ((f"data.{inner}", _digest(case, f"data.{inner}", _text(v))) for inner, v in value.items())
        elif name != "sequence":
            yield name, _digest(case, name, _text(value))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def _digest(case: int, name: str, text: str, length: int = 16) -> str:
    return hashlib.sha256(f"{case}\0{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:length]


def leaf(case: int, sequence: int, head: str) -> bytes:
    """The leaf of one history: its head after `sequence` events."""
    return hashlib.sha256(b"\0" + f"{case}:{sequence}:{head}".encode()).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """The root over at least one leaf, 64 hexadecimal digits."""
    return _root(leaves).hex()


def _root(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below their number
    return hashlib.sha256(b"\1" + _root(leaves[:half]) + _root(leaves[half:])).digest()
