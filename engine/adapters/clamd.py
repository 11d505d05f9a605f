"""Ask clamd whether a file is known to be malicious (its INSTREAM command, as clamd(8) describes it)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

_CHUNK = 1 << 16
_LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Clamd:
    """`place` is the path of clamd's socket, or host:port. Each file is asked over a connection of its own."""

    place: str
    timeout: float = 30.0  # seconds

    def scan(self, content: bytes) -> str | None:
        """What clamd calls it when it is malicious, else None. Raises OSError when there is no clear answer."""
        with self._connect() as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                part = content[start : start + _CHUNK]
                connection.sendall(struct.pack("!I", len(part)) + part)
            connection.sendall(struct.pack("!I", 0))
            answer = self._answer(connection)
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return None
        if said.endswith(" FOUND"):
            return said.removesuffix(" FOUND")
        raise OSError(f"clamd answered {said[:200]!r}")

    def _connect(self) -> socket.socket:
        if "/" in self.place:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(self.timeout)
            try:
                connection.connect(self.place)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.place.rpartition(":")
        return socket.create_connection((host, int(port)), self.timeout)

    def _answer(self, connection: socket.socket) -> str:
        got = b""
        while not got.endswith(b"\0") and len(got) < _LONGEST_ANSWER:
            part = connection.recv(_LONGEST_ANSWER)
            if not part:
                break
            got += part
        return got.rstrip(b"\0").decode(errors="replace")
