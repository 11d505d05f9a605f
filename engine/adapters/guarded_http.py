"""An HTTP client that talks to allowed hosts alone: it connects to the numbers that the guard has checked, while name,
certificate and Host stay those of the URL. It follows no redirect, knows no proxy, and reads no body of an answer."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from engine.adapters.guard import Guard
from engine.model.hosts import Destination
from engine.ports import HttpAnswer, Refused

if TYPE_CHECKING:  # loaded with the first call: a service that posts to nobody does without its 2 MiB
    from urllib3.connection import HTTPConnection

CONNECT, WHOLE = 5.0, 15.0  # seconds: for one connection, and for all that is said over it
LARGEST_BODY = 1 << 20  # bytes
_NAME, _VALUE = re.compile(r"[A-Za-z0-9-]{1,64}"), re.compile(r"[\x20-\x7e]{0,1000}")


@dataclass(frozen=True, slots=True)
class GuardedHttp:
    """As engine.ports.Poster. `authorities` is a PEM file of certificates that are trusted besides the machine's own;
    `whole` is in seconds."""

    guard: Guard
    authorities: Path | None = None
    whole: float = WHOLE

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """As Poster.post."""
        from urllib3.exceptions import HTTPError

        _check(body, headers)
        where, numbers = self.guard.check(url)
        connection = self._connect(where, numbers)
        try:
            with _cut_off(connection.sock, self.whole) as late:
                try:
                    return _ask(connection, where, body, headers)
                except (HTTPError, HTTPException, OSError, ValueError) as error:
                    said = f"no answer within {self.whole:g} seconds" if late.is_set() else type(error).__name__
                    raise OSError(f"{where.host}: {said}") from None
        finally:
            connection.close()

    def _connect(self, where: Destination, numbers: list[str]) -> HTTPConnection:
        """To the first of the numbers that answers; nothing was sent to the others."""
        from urllib3.exceptions import HTTPError

        fault = ""
        for number in numbers:
            connection = self._connection(where, number)
            try:
                connection.connect()
                return connection
            except (HTTPError, OSError, ValueError) as error:
                connection.close()
                fault = type(error).__name__
        raise OSError(f"{where.host} cannot be reached: {fault}")

    def _connection(self, where: Destination, number: str) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection

        if where.scheme == "http":
            return HTTPConnection(number, where.port, timeout=CONNECT)
        context = ssl.create_default_context()
        if self.authorities is not None:
            context.load_verify_locations(self.authorities)
        return HTTPSConnection(
            number, where.port, timeout=CONNECT, ssl_context=context,
            server_hostname=where.host, assert_hostname=where.host,
        )  # fmt: skip


def _ask(connection: HTTPConnection, where: Destination, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
    given = {"Host": where.authority, "User-Agent": "Krabuan", "Accept-Encoding": "identity"} | dict(headers)
    connection.request("POST", where.path, body, given, preload_content=False, decode_content=False)
    answer = connection.getresponse()
    return HttpAnswer(answer.status, {name.lower(): value for name, value in answer.headers.items()})


def _check(body: bytes, headers: Mapping[str, str]) -> None:
    """Nothing that could be read as another header or another request goes out. Raises Refused."""
    if len(body) > LARGEST_BODY:
        raise Refused(f"more than {LARGEST_BODY} bytes")
    if not all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in headers.items()):
        raise Refused("a header has characters that no header has")


@contextlib.contextmanager
def _cut_off(line: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """After so many seconds the line is dead, however slowly the other side goes on; the event tells so. A time limit
    for each read alone would let it speak for ever, a byte at a time."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):  # closed in the meantime
            # of the socket itself: that of TLS would be taken apart under the reader's hands
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    line.settimeout(seconds)
    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()
