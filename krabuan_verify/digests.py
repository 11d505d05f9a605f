"""The hash chain of a history, the digests of its events, and the hash tree over heads."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

_NUMBER = re.compile(r'\{"sequence":[0-9]+,')


def sha256(text: str) -> str:
    """Hexadecimal, of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_head(case: int) -> str:
    """The head of a history without events."""
    return sha256(f"krabuan:history:{case}")


def next_head(head: str, body: str) -> str:
    """The head of a history after one more event."""
    return sha256(head + body)


def parsed(body: str) -> dict[str, Any]:
    """What a body says; empty when it is no JSON object."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def identity(case: int, body: str) -> str:
    """What an event is known by at another place: everything but its number."""
    return sha256(f"{case}\0\0{_NUMBER.sub('{', body, count=1)}")[:32]


def field_digests(case: int, said: dict[str, Any]) -> dict[str, str]:
    """A digest for each field of a body, and for each member of its data."""
    values = {name: value for name, value in said.items() if name != "sequence"}
    if isinstance(data := values.get("data"), dict):
        del values["data"]
        values |= {f"data.{name}": value for name, value in data.items()}
    return {name: _field(case, name, value) for name, value in values.items()}


def _field(case: int, name: str, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return sha256(f"{case}\0{name}\0{text}")[:16]


def tree_root(leaves: list[bytes]) -> str:
    """RFC 6962, section 2.1, bottom up: neighbours are joined, and one that is left over moves up as it is."""
    level = leaves
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex() if level else ""


def leaf(case: int, sequence: int, head: str) -> bytes:
    """Of the hash tree."""
    return hashlib.sha256(b"\0" + f"{case}:{sequence}:{head}".encode()).digest()


def proven_root(proof: dict[str, Any], case: int | None) -> str | None:
    """The root that the path of a case leads to; None for what is no path."""
    try:
        node = leaf(int(str(case)), int(proof["sequence"]), str(proof["head"]))
        for step in proof["path"]:
            other = bytes.fromhex(step["hash"])
            node = hashlib.sha256(b"\1" + (other + node if step["side"] == "left" else node + other)).digest()
    except (KeyError, TypeError, ValueError):
        return None
    return node.hex()
