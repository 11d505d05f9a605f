"""Who gets what is told: a real mail server and a real webhook's receiver on the loopback interface, which write down
what they accept, and when."""

from __future__ import annotations

import asyncio
import email
import email.policy
import hashlib
import json
import random
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from engine.model.webhooks import signature

SOMEWHERE = "http://krabuan.test"
_LINK = re.compile(re.escape(SOMEWHERE) + r"/(?:tasks|cases)/(\d+)")


@dataclass(frozen=True, slots=True)
class Accepted:
    """One parcel as a receiver took it. `keys` are those of the tasks and cases that it links to; `generation` is the
    life of the service in which it came; `at` is of time.time()."""

    kind: str  # mail | webhook
    receiver: str
    id: str
    digest: str
    keys: tuple[int, ...]
    generation: int
    at: float


@dataclass(slots=True)
class Ledger:
    """What was accepted so far; safe to share between threads. `pause` is the longest time (seconds) between taking
    something and saying so, `refusing` the share that is put off; `contents` is filled where it is there; `kept` is a
    file that what is accepted is added to, and that is read first, so that a run can be resumed."""

    chance: random.Random
    pause: float = 0.0
    refusing: float = 0.0
    generation: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    refused: int = 0
    contents: list[bytes] | None = None
    kept: Path | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: int = 0  # connections to receivers
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        if self.kept is not None and self.kept.is_file():
            rows = [json.loads(line) for line in self.kept.read_text(encoding="utf-8").splitlines()]
            self.accepted += [Accepted(**{**row, "keys": tuple(row["keys"])}) for row in rows]

    def take(self, kind: str, receiver: str, id_: str, content: bytes, text: str) -> float | None:
        """Write it down; returns how long (seconds) to wait before saying so, None to put it off."""
        keys = tuple(sorted(int(key) for key in _LINK.findall(text)))
        with self.lock:
            if self.chance.random() < self.refusing:
                self.refused += 1
                return None
            if self.contents is not None:
                self.contents.append(content)
            digest = hashlib.sha256(content).hexdigest()
            taken = Accepted(kind, receiver, id_, digest, keys, self.generation, time.time())
            self.accepted.append(taken)
            if self.kept is not None:
                with open(self.kept, "a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(taken)) + "\n")
            return self.chance.uniform(0, self.pause)

    def connected(self, more: int) -> None:
        """A receiver has one connection more, or one fewer."""
        with self.changed:
            self.open += more
            self.changed.notify_all()

    def next_life(self, ports: Sequence[int]) -> None:
        """The service was killed. What it had sent to these receivers, and they have not looked at yet, is still of its
        old life. Raises TimeoutError when a receiver does not come to an end with it."""
        for port in ports:
            # who is answered comes after all that have connected before
            with socket.create_connection(("127.0.0.1", port), 60) as line:
                line.sendall(b"QUIT\r\n")
                line.recv(1)
        with self.changed:
            if not self.changed.wait_for(lambda: self.open == 0, 60):
                raise TimeoutError(f"{self.open} connections to receivers are left open")
        self.generation += 1


class _Post:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = cast(EmailMessage, email.message_from_bytes(envelope.content, policy=email.policy.default))
        body = mail.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        waits = self._ledger.take("mail", envelope.rcpt_tos[0], str(mail["Message-ID"]), envelope.content, text)
        if waits is None:
            return "451 later"
        await asyncio.sleep(waits)
        return "250 OK"


class _Session(SMTP):
    """Counts itself as long as it is open."""

    def connection_made(self, transport: Any) -> None:
        self.event_handler._ledger.connected(1)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.event_handler._ledger.connected(-1)


class _Loopback(Controller):
    """Listens on a port that the system chooses."""

    def factory(self) -> SMTP:
        return _Session(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


class _Hook(BaseHTTPRequestHandler):
    """Takes signed events; one that is not signed by our secret is written down as forged."""

    ledger: Ledger
    secret: list[str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):  # who sent it was killed meanwhile: nothing was accepted
            self.close_connection = True
            return
        id_, stamp = self.headers["webhook-id"], int(self.headers["webhook-timestamp"])
        signed = signature(self.secret[0], id_, stamp, body) in self.headers["webhook-signature"].split()
        text = body.decode() if signed and json.loads(body)["id"] == id_ else ""
        waits = self.ledger.take("webhook", self.path, id_ if signed else f"forged {id_}", body, text)
        if waits is not None:
            time.sleep(waits)
        self.send_response(204 if waits is not None else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_about: Any) -> None:
        """Nothing is to be shown."""


class _Receiver(ThreadingHTTPServer):
    """Counts requests as long as they are open, from when they are accepted."""

    def process_request(self, request: Any, client_address: Any) -> None:
        self.RequestHandlerClass.ledger.connected(1)  # type: ignore[attr-defined]
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        self.RequestHandlerClass.ledger.connected(-1)  # type: ignore[attr-defined]


@contextmanager
def webhook_receiver(ledger: Ledger) -> Iterator[tuple[int, list[str]]]:
    """The port of a receiver that writes into the ledger, and the list that its secret is put into."""
    secret: list[str] = []
    handler = type("Hook", (_Hook,), {"ledger": ledger, "secret": secret})
    server = _Receiver(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, name="webhook-receiver")
    thread.start()
    try:
        yield server.server_address[1], secret
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def post_office(ledger: Ledger) -> Iterator[int]:
    """The port of a mail server that writes into the ledger."""
    server = _Loopback(_Post(ledger), hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()
