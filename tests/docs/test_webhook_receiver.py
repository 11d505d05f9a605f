"""The receiver in the documentation takes what Krabuan sends, once, and nothing that somebody forged or kept."""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from engine.adapters.guard import Guard
from engine.adapters.guarded_http import GuardedHttp
from engine.model.hosts import AllowedHost
from engine.model.webhooks import cloud_event, headers_of, new_secret
from tests.house.sources import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "webhook-receiver" / "receiver.py"
SECRET = new_secret()
BODY = orjson.dumps(cloud_event(7, "reminder", "2026-04-10T09:00:00Z", "/", None, {}))


@pytest.fixture
def running() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Its port, and the events that it has worked on."""
    spec = importlib.util.spec_from_file_location("receiver", EXAMPLE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    done: list[dict[str, Any]] = []
    server = module.receiver(SECRET, done.append, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port, done
    server.shutdown()
    thread.join()
    server.server_close()


def sent(port: int, headers: dict[str, str], body: bytes = BODY) -> int:
    http = GuardedHttp(Guard(lambda: [AllowedHost("127.0.0.1", port, "http", True)]))
    return http.post(f"http://127.0.0.1:{port}/", body, headers).status


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def test_what_krabuan_sends_is_taken_once(running: tuple[int, list[dict[str, Any]]]) -> None:
    port, done = running
    assert [sent(port, headers_of([SECRET], "7", now(), BODY)) for _ in range(2)] == [204, 204]
    assert [event["id"] for event in done] == ["7"]


def test_while_the_secret_is_renewed_either_is_enough(running: tuple[int, list[dict[str, Any]]]) -> None:
    port, _ = running
    assert sent(port, headers_of([new_secret(), SECRET], "7", now(), BODY)) == 204


@pytest.mark.parametrize("forged", ["another secret", "another body", "another id", "an hour ago", "in an hour", "no signature", "no time"])
def test_what_is_forged_or_was_kept_is_refused(running: tuple[int, list[dict[str, Any]]], forged: str) -> None:
    port, done = running
    at = now() + timedelta(hours={"an hour ago": -1, "in an hour": 1}.get(forged, 0))
    headers = headers_of([new_secret() if forged == "another secret" else SECRET], "7", at, BODY)
    if forged == "another id":
        headers["webhook-id"] = "8"
    if forged == "no signature":
        del headers["webhook-signature"]
    if forged == "no time":
        headers["webhook-timestamp"] = "x"
    assert sent(port, headers, BODY.replace(b"reminder", b"message") if forged == "another body" else BODY) == 401
    assert done == []
