"""A real HTTP server on the loopback interface that keeps what it gets, and answers as it is told."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from engine.model.hosts import AllowedHost


@dataclass(frozen=True)
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` (a status and headers) are given first, one for each request; then 204."""

    port: int
    scheme: str = "http"
    got: list[Got] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def listed(self, host: str = "127.0.0.1", *, private: bool = True) -> AllowedHost:
        """The entry of the list that allows it."""
        return AllowedHost(host, self.port, self.scheme, private)


@contextlib.contextmanager
def receiver(certificate: Path | None = None) -> Iterator[Receiver]:
    """The server while it runs; with a certificate (PEM with its key) it speaks TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    server.daemon_threads = False
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    kept = Receiver(server.server_port, "http" if certificate is None else "https")
    server.RequestHandlerClass.kept = kept  # type: ignore[attr-defined]
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # who breaks off is no fault here
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler() -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        kept: Receiver

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.kept.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers = self.kept.answers.pop(0) if self.kept.answers else (204, {})
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_POST  # what follows a redirect would come as GET

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
