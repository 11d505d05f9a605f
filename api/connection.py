"""Whether the client of a request that waits is still there."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from typing import Any


def watch(environ: dict[str, Any]) -> Callable[[], bool]:
    """A function that tells whether the client has closed the connection, as far as the server lets us know."""
    connection = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
    if not isinstance(connection, socket.socket) or isinstance(connection, ssl.SSLSocket):
        return lambda: False

    def gone() -> bool:
        try:
            # closed: no bytes; alive: nothing to read yet, or the bytes of a next request
            return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    return gone
