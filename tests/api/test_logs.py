"""The log: one JSON object a line, refusals in it, no line that somebody forged."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert

from api.app import create_app
from api.logs import JsonLines
from api.runtime import Runtime
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.fire_timer import KINDS
from engine.errors import EngineError
from engine.jobs.dispatcher import run_due
from engine.model.at_work import note, told_now, told_of
from engine.store import tables as t
from tests.api.conftest import Caller
from tests.api.people import PASSWORD
from tests.api.world import World, actor

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


def test_a_failed_job_says_which_and_of_which_case(
    at_work: tuple[Runtime, World], lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime, world = at_work

    def broken(*_about: object) -> None:
        logging.getLogger("krabuan.process").warning("at it")
        raise RuntimeError("broken")

    monkeypatch.setitem(KINDS, "TIMER", broken)
    row = {"key": 7, "kind": "TIMER", "type": "timer", "state": "PENDING", "payload": {}, "due_at": runtime.clock.now(),
           "created_at": runtime.clock.now(), "process_instance_key": world.waiting}  # fmt: skip
    with runtime.database.write() as db:
        db.execute(insert(t.job).values(**row))
    run_due(runtime.bus)
    told = [line for line in lines() if line.get("jobKey") == "7"]
    assert [(line["logger"], line["command"], line["processInstanceKey"]) for line in told] == [
        ("krabuan.process", "FireTimer", str(world.waiting)),  # while it is at work
        ("krabuan.jobs", "FireTimer", str(world.waiting)),  # and when it has failed
    ]


def test_an_unexpected_error_of_a_request_says_what_it_was_about(
    at_work: tuple[Runtime, World], lines: Lines, calling: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = at_work

    def broken(*_about: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("engine.bus.Transaction.flush", broken)
    answer = calling("ann")("POST", f"/user-tasks/{world.task}/assignment", {"assignee": "ann"})
    assert answer.status_code == 500
    (told,) = lines()
    assert (told["userTaskKey"], told["processInstanceKey"]) == (str(world.task), str(world.waiting))
    assert told["command"] and told["account"] == "ann"


def test_a_refusal_says_of_which_case(at_work: tuple[Runtime, World], lines: Lines, calling: Callers) -> None:
    runtime, world = at_work
    runtime.bus.run(ClaimTask(world.task), actor(runtime, "ann"))
    assert calling("auditor")("POST", f"/user-tasks/{world.task}/completion", {}).status_code == 403
    (told,) = lines()
    assert (told["code"], told["command"], told["processInstanceKey"]) == ("forbidden", "CompleteTask", str(world.waiting))


def test_work_within_work_says_both_and_nothing_stays_behind(at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    with pytest.raises(EngineError) as caught:
        runtime.bus.run(CompleteTask(world.task), actor(runtime, "stranger"))
    assert told_of(caught.value)["userTaskKey"] == str(world.task)
    assert told_now() == {} and told_of(None) == {}
    note(jobKey="1")
    assert told_now() == {}, "where nothing is at work there is nothing to say it of"
