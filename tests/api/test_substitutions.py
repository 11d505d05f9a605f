"""Substitutions over HTTP: entered, found, ended, and requests in the name of the absent person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.runtime import Runtime
from engine.store.tables import process_instance
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
FOR_ANN = {"X-On-Behalf-Of": "ann"}


def period(runtime: Runtime, days: int = 7) -> dict[str, Any]:
    now = runtime.clock.now()
    return {"startDate": now.isoformat(), "endDate": (now + timedelta(days=days)).isoformat()}


def test_a_substitute_completes_a_task_in_anothers_name(at_work: tuple[Runtime, World], calling: Callers) -> None:
    """In the world Ben stands in for Ann, who is a candidate of the task; he is not."""
    _, world = at_work
    ben, task = calling("ben"), f"/user-tasks/{world.task}"
    assert ben("GET", task).status_code == 404
    me = ben.get("/authentication/me", headers=FOR_ANN)
    assert (me["username"], me["onBehalfOf"], me["groups"], me["roles"]) == ("ben", "ann", ["clerks"], ["staff"])
    groups = {"filter": {"view": "groups"}}
    assert ben.post("/user-tasks/search", groups)["items"] == []
    found = ben.post("/user-tasks/search", groups, headers=FOR_ANN)["items"]
    assert [item["userTaskKey"] for item in found] == [str(world.task)]
    ben.post(f"{task}/assignment", {"assignee": "ann"}, headers=FOR_ANN)
    ben.post(f"{task}/completion", {}, headers=FOR_ANN)
    shown = calling("ann").get(task)
    assert (shown["completedBy"], shown["completedThrough"]) == ("ann", "ben")
    history = calling("auditor").get(f"/process-instances/{world.waiting}/history?limit=1000")["items"]
    done = next(event for event in history if event["type"] == "user-task-completed")
    assert (done["actor"], done["onBehalfOf"]) == ("ben", "ann")


def test_nobody_acts_for_a_person_who_has_not_entered_it(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, world = at_work
    for absent in ("narrow", "nobody", "x" * 300, ""):
        refused = calling("ben")("GET", "/authentication/me", headers={"X-On-Behalf-Of": absent})
        assert (refused.status_code, refused.get_json()["code"]) == (403, "no-substitute")
    runtime.clock.advance(timedelta(days=15))  # type: ignore[attr-defined]
    assert calling("ben")("GET", f"/user-tasks/{world.task}", headers=FOR_ANN).status_code == 403


def test_enter_find_and_end(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    cat, body = calling("cat"), {"substitute": "ann"} | period(runtime)
    key = cat.post("/substitutions", body)["substitutionKey"]
    again = cat("POST", "/substitutions", body)
    assert (again.status_code, again.get_json()["code"]) == (409, "substitution-overlaps")
    mine = {"filter": {"substitute": "ann", "active": True}}
    (found,) = calling("ann").post("/substitutions/search", mine)["items"]
    assert (found["substitutionKey"], found["absent"], found["scope"]) == (key, "cat", "all")
    cat.post(f"/substitutions/{key}/end")
    assert calling("ann").post("/substitutions/search", mine)["items"] == []
    assert len(calling("ann").post("/substitutions/search", {"filter": {"active": False}})["items"]) == 1
    assert cat("POST", f"/substitutions/{key}/end").get_json()["code"] == "invalid-state"
    assert cat("POST", "/substitutions/999/end").status_code == 404


def test_what_cannot_be_entered_is_refused(at_work: tuple[Runtime, World], calling: Callers) -> None:
    body = {"substitute": "ann"} | period(at_work[0])
    for wrong in ({"substitute": "cat"}, {"endDate": "tomorrow"}, {"scope": "some"}, {"scope": "group"}, {"more": 1}):
        assert calling("cat")("POST", "/substitutions", body | wrong).status_code == 400, wrong
    assert calling("cat")("POST", "/substitutions/search", {"filter": {"active": "yes"}}).status_code == 400
    refused = calling("ben")("POST", "/substitutions", body | {"absent": "cat"})
    assert (refused.status_code, refused.get_json()["permission"]) == (403, "substitution:enter")


def test_the_same_key_in_anothers_name_is_another_request(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, world = at_work
    body, same = {"processDefinitionKey": str(world.definition)}, {"Idempotency-Key": "k"}
    calling("ben").post("/process-instances", body, headers=same)
    answer = calling("ben")("POST", "/process-instances", body, headers=same | FOR_ANN)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "idempotency-key-reused")
    calling("ben").post("/process-instances", body, headers={"Idempotency-Key": "l"} | FOR_ANN)
    with runtime.database.read() as db:
        starters = list(db.execute(process_instance.select().order_by(process_instance.c.key)))
    assert [row.started_by for row in starters[-2:]] == ["ben", "ann"]


def test_all_tasks_of_a_leaver_are_handed_over(at_work: tuple[Runtime, World], calling: Callers) -> None:
    _, world = at_work
    calling("ann").post(f"/user-tasks/{world.task}/assignment", {"assignee": "ann"})
    path, body = "/users/ann/hand-over", {"to": "ben", "reason": "she retires"}
    assert calling("head")("POST", path, body).status_code == 403
    assert calling("other").post(path, body) == {"handedOver": 0, "refused": [], "hasMore": False}
    assert calling("admin")("POST", path, {"to": "ben"}).status_code == 400
    assert calling("admin").post(path, body) == {"handedOver": 1, "refused": [], "hasMore": False}
    assert calling("ben").get(f"/user-tasks/{world.task}")["assignee"] == "ben"


def test_on_the_command_line(
    at_work: tuple[Runtime, World], calling: Callers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = ["--reason", "she retires", "--database", f"sqlite:///{tmp_path / 'world.db'}"]
    calling("ann").post(f"/user-tasks/{at_work[1].task}/assignment", {"assignee": "ann"})
    assert main(["user", "hand-over", "ann", "--to", "nobody", *database]) == 1
    assert "invalid-argument" in capsys.readouterr().err
    assert main(["user", "hand-over", "ann", *database]) == 0
    assert capsys.readouterr().out == "1 tasks handed over\n"
    assert calling("ann").get(f"/user-tasks/{at_work[1].task}")["assignee"] is None
