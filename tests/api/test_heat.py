"""The heat of a version over HTTP: what is told, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.cancel_instance import CancelInstance
from engine.commands.checking import Resource
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.execution.bench import diagram, flows, node, user

Callers = Callable[[str | None], Caller]
APRIL = {"kind": "MONTH", "from": "2026-04-10"}


@pytest.fixture
def key(office: Runtime) -> str:
    """Of a version that one case follows."""
    file = diagram(node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e"))
    deployed = office.bus.run(Deploy((Resource("p.bpmn", file),)), SYSTEM)["deployments"]
    office.bus.run(CreateInstance("p"), SYSTEM)
    return str(deployed[0]["processDefinition"]["processDefinitionKey"])


def test_the_owner_is_told_of_every_element_and_flow(key: str, caller: Callers) -> None:
    found = caller("owner").post("/reports/heat", {"processDefinitionKey": key, "period": APRIL})
    assert (found["version"], found["cases"], found["period"]["name"]["en"]) == (1, 1, "April 2026")
    assert [(e["elementId"], e["completed"], e["active"]) for e in found["elements"]] == [("s", 1, 0), ("a", 0, 1)]
    assert found["flows"] == [{"elementId": "f1", "taken": 1}]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"processDefinitionKey": "1"}, 404),
        ({"processDefinitionKey": "x"}, 400),
        ({"processDefinitionKey": None}, 400),
        ({"period": {"kind": "MONTH"}}, 400),
        ({"period": {"kind": "WEEK", "from": "2026-04-10"}}, 400),
        ({"period": {"kind": "RANGE", "from": "2026-04-10"}}, 400),
        ({"period": {"kind": "RANGE", "from": "2026-04-10", "to": "2026-04-09"}}, 400),
        ({"more": 1}, 400),
    ],
)
def test_a_senseless_request_is_refused(key: str, caller: Callers, changes: dict[str, Any], status: int) -> None:
    body = {"processDefinitionKey": key, "period": APRIL} | changes
    for path in ("/reports/heat", "/reports/variants"):
        assert caller("owner")("POST", path, body).status_code == status


def test_staff_are_refused_and_nobody_is_asked_to_sign_in(key: str, caller: Callers) -> None:
    body = {"processDefinitionKey": key, "period": APRIL}
    for path in ("/reports/heat", "/reports/variants"):
        assert caller("ann")("POST", path, body).status_code == 403
        assert caller(None)("POST", path, body).status_code == 401


def test_the_variants_are_of_cases_that_have_ended(office: Runtime, key: str, caller: Callers) -> None:
    body = {"processDefinitionKey": key, "period": APRIL}
    assert caller("owner").post("/reports/variants", body)["cases"] == 0
    case = office.bus.run(CreateInstance("p"), SYSTEM)["processInstanceKey"]
    office.bus.run(CancelInstance(int(case), "entered twice"), SYSTEM)
    (one,) = caller("owner").post("/reports/variants", body)["items"]
    assert [step["elementId"] for step in one["steps"]] == ["a"]
    assert (one["canceled"], one["sharePercent"], one["processInstanceKeys"]) == (1, 100.0, [case])
