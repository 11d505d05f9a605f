"""A global task over HTTP: deployed, found, called, completed and counted like any called process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.runtime import Runtime
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.world import World
from tests.engine.test_global_tasks import caller, check

Calling = Callable[[str | None], Any]


def test_from_deployment_to_history(calling: Calling, at_work: tuple[Runtime, World]) -> None:
    files = (Resource(*caller(check(name="ตรวจ"))),)
    deployed = at_work[0].bus.run(Deploy(files), SYSTEM)["deployments"]
    ids = [d["processDefinition"]["processDefinitionId"] for d in deployed]
    assert ids == ["p", "check"]
    owner, ben = calling("owner"), calling("ben")

    found = owner.post("/process-definitions/search", {"filter": {"processDefinitionId": "check"}})
    (definition,) = found["items"]
    key = definition["processDefinitionKey"]
    assert (definition["name"], definition["version"]) == ("ตรวจ", 1)
    assert "globalUserTask" in owner("GET", f"/process-definitions/{key}/xml").text

    started = owner.post("/process-instances", {"processDefinitionId": "p", "variables": {"amount": 5}})
    below = {"filter": {"parentProcessInstanceKey": started["processInstanceKey"]}}
    (child,) = owner.post("/process-instances/search", below)["items"]
    assert (child["processDefinitionId"], child["state"]) == ("check", "ACTIVE")
    (task,) = owner.post("/user-tasks/search", {"filter": {"processDefinitionId": "check"}})["items"]
    assert (task["elementId"], task["name"], task["candidateGroups"]) == ("check", "ตรวจ", ["checkers"])
    counted = owner.post(f"/process-definitions/{key}/statistics/element-instances", {})
    assert {"elementId": "check", "active": 1} in [{n: i[n] for n in ("elementId", "active")} for i in counted["items"]]

    assert ben("POST", f"/user-tasks/{task['userTaskKey']}/assignment", {"assignee": "ben"}).status_code == 204
    done = ben("POST", f"/user-tasks/{task['userTaskKey']}/completion", {"variables": {"ok": True}})
    assert done.status_code == 204
    assert owner.get(f"/process-instances/{started['processInstanceKey']}")["state"] == "COMPLETED"
