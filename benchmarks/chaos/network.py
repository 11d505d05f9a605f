"""A network of its own for each node, where this machine permits it: its cable to the database can be pulled.

A namespace has two cables: `front`, by which clients ask the node and it sends its mails, and `back`, to the database.
Both end on this machine. Where the kernel has netem, the back cable can be made slow, too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_NETWORK = "10.213"  # of private use (RFC 1918)


@dataclass(frozen=True, slots=True)
class Namespace:
    """The node's addresses on its cables (`front`), this machine's on them (`front_here`, `back_here`)."""

    name: str
    cable: str  # the back cable's end on this machine
    front: str
    front_here: str
    back_here: str

    @property
    def enter(self) -> tuple[str, ...]:
        """What a command begins with that runs in it."""
        return (_ip(), "netns", "exec", self.name)

    def pull(self) -> None:
        """The cable to the database: packets vanish, in both directions."""
        _run("link", "set", self.cable, "down")

    def plug(self) -> None:
        """Put it in again."""
        _run("link", "set", self.cable, "up")

    def slow(self, milliseconds: int) -> bool:
        """Whether the kernel can delay the packets of the cable, and does from now on; 0 ends it."""
        tc = _program("tc")
        if tc is None:
            return False
        change = ("add", "netem", "delay", f"{milliseconds}ms") if milliseconds else ("del",)
        words = [tc, "qdisc", change[0], "dev", self.cable, "root", *change[1:]]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


@contextmanager
def namespaces(count: int) -> Iterator[tuple[Namespace, ...]]:
    """So many, deleted in the end; none where this machine does not permit them."""
    made: list[Namespace] = []
    try:
        if os.geteuid() == 0 and _program("ip") is not None:
            try:
                made.extend(_make(number) for number in range(count))
            except subprocess.CalledProcessError:
                _delete(count)
                made.clear()
        yield tuple(made)
    finally:
        if made:
            _delete(count)


def _name(number: int) -> str:
    return f"kb{os.getpid() % 100_000}n{number}"


def _make(number: int) -> Namespace:
    name, third = _name(number), 10 * (os.getpid() % 25) + number
    _run("netns", "add", name)
    _run("-n", name, "link", "set", "lo", "up")
    for cable, base in (("f", 0), ("b", 4)):
        here, there = f"{name}{cable}", f"{cable}0"
        _run("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
        _run("addr", "add", f"{_NETWORK}.{third}.{base + 1}/30", "dev", here)
        _run("-n", name, "addr", "add", f"{_NETWORK}.{third}.{base + 2}/30", "dev", there)
        _run("link", "set", here, "up")
        _run("-n", name, "link", "set", there, "up")
    ends = (f"{_NETWORK}.{third}.{last}" for last in (2, 1, 5))
    return Namespace(name, f"{name}b", *ends)


def _delete(count: int) -> None:
    """The cables go with their namespaces."""
    for number in range(count):
        subprocess.run([_ip(), "netns", "del", _name(number)], capture_output=True, check=False)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin")))


def _ip() -> str:
    return _program("ip") or "ip"


def _run(*words: str) -> None:
    subprocess.run([_ip(), *words], capture_output=True, check=True)
