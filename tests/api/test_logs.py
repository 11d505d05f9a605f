"""The log: one JSON object a line, refusals in it, no line that somebody forged."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.app import create_app
from api.logs import JsonLines
from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.people import PASSWORD

Callers = Callable[[str | None], Caller]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What was logged since."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)


def test_a_refusal_says_who_asked_what_from_where(office: Runtime, lines: Lines) -> None:
    client = create_app(office).test_client()
    answer = client.put("/v2/users/ben/clearance", json={"clearance": "SECRET"}, auth=("ann", PASSWORD))
    assert answer.status_code == 403
    (told,) = lines()
    assert (told["logger"], told["level"], told["code"]) == ("krabuan.security", "WARNING", "forbidden")
    assert (told["account"], told["method"], told["path"]) == ("ann", "PUT", "/v2/users/ben/clearance")
    assert told["address"] == "127.0.0.1" and told["time"].endswith("+00:00")
    assert PASSWORD not in json.dumps(told)


def test_a_wrong_password_and_a_wrong_token_are_told_and_a_page_that_asks_is_not(office: Runtime, lines: Lines) -> None:
    client = create_app(office).test_client()
    client.get("/v2/authentication/me")
    assert lines() == []
    client.post("/v2/session", json={"username": "ann", "password": "wrong"})
    client.get("/v2/authentication/me", headers={"Authorization": "Bearer guessed"})
    assert [told["code"] for told in lines()] == ["wrong-password", "unauthorized"]
    assert "guessed" not in json.dumps(lines())


def test_no_line_is_forged(lines: Lines) -> None:
    logging.getLogger("krabuan.process").warning('broken\n{"level": "INFO"}\x1b[2J')
    (told,) = lines()
    assert told["message"].startswith("broken\n") and told["level"] == "WARNING"


def test_an_error_brings_its_trace(lines: Lines) -> None:
    try:
        raise ValueError("no")
    except ValueError as error:
        logging.getLogger("krabuan.api").error("unexpected", exc_info=error)
    (told,) = lines()
    assert "ValueError: no" in told["trace"]
