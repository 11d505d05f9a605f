"""Receive the webhooks of Krabuan: verified, each once. Python's standard library is all it needs.

    KRABUAN_WEBHOOK_SECRET=whsec_... python receiver.py 8090
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLERANCE = 300  # seconds; an older request may be one that somebody kept
LARGEST = 1 << 20  # bytes


def verified(secret: str, headers: Any, body: bytes, now: float) -> bool:
    """Whether who knows the secret has sent this body, just now."""
    message, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, f"{message}.{timestamp}.".encode() + body, hashlib.sha256)).decode()
    # while a secret is being renewed there are two signatures
    given = [entry.removeprefix("v1,") for entry in headers.get("webhook-signature", "").split()]
    return any(hmac.compare_digest(expected.encode(), entry.encode()) for entry in given)


def receiver(secret: str, work: Callable[[dict[str, Any]], None], port: int) -> ThreadingHTTPServer:
    """A server that hands each event to `work`, once."""
    seen: set[str] = set()  # keep it in a database, with what the event has done, in one transaction

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > LARGEST:
                return self.answer(413)
            body = self.rfile.read(int(length))
            if not verified(secret, self.headers, body, time.time()):
                return self.answer(401)
            event = json.loads(body)
            if event["id"] not in seen:  # sent again after a crash, it has the same id
                work(event)
                seen.add(event["id"])
            return self.answer(204)

        def answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    receiver(
        os.environ["KRABUAN_WEBHOOK_SECRET"],
        lambda event: sys.stdout.write(f"{event['type']} {event.get('subject', '')}\n"),
        int(sys.argv[1]),
    ).serve_forever()
