"""Which numbered addresses a URL may be sent to: the host is on the administrator's list, and its name means nothing
that is refused. Who connects does so to these numbers and asks no name server again (DNS rebinding)."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.model.hosts import AllowedHost, Destination, NoAddress, destination, why_refused
from engine.ports import Refused

Resolve = Callable[[str, int], Sequence[str]]
MOST_ADDRESSES = 16  # of one name; the first of them


class HostRefused(Refused):
    """Nothing is sent to this host: it is not allowed, or its name means an address that is not."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The numbers of a host, as this machine's resolver knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """`allowed` is asked anew each time, so that what an administrator takes away is closed at once."""

    allowed: Callable[[], Sequence[AllowedHost]]
    resolve: Resolve = system_resolve

    def check(self, url: str) -> tuple[Destination, list[str]]:
        """What the URL says, and the numbers to connect to.

        Raises HostRefused, also when only one of several numbers is refused: a name that means an address inside and
        one outside is a trap. Raises OSError when the name cannot be resolved just now.
        """
        try:
            where = destination(url)
        except NoAddress as error:
            raise HostRefused(str(error)) from None
        entries = [entry for entry in self.allowed() if entry.covers(where)]
        if not entries:
            raise HostRefused(f"{where.scheme}://{where.host}:{where.port} is not on the list of allowed hosts")
        numbers = self._numbers(where)
        private = any(entry.private for entry in entries)
        for number in numbers:
            if reason := why_refused(number, private):
                raise HostRefused(f"{where.host} means {reason}, which is not allowed for it")
        return where, numbers

    def _numbers(self, where: Destination) -> list[str]:
        try:
            numbers = list(self.resolve(where.host, where.port))[:MOST_ADDRESSES]
        except UnicodeError:
            raise HostRefused("this is no name of a host") from None
        if not numbers:
            raise OSError(f"{where.host} has no address")
        return numbers
