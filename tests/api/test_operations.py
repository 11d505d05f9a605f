"""Operations on running cases over HTTP, in the shapes of the Camunda API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.runtime import Runtime
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from tests.api.people import PASSWORD
from tests.api.world import DIAGRAM, World

Calling = Callable[[str | None], Any]
ABSENT = 1 << 40


def status(call: Any, path: str, json: Any = None, **headers: str) -> int:
    """The status of a POST."""
    code: int = call("POST", path, json, headers={k.replace("_", "-"): v for k, v in headers.items()}).status_code
    return code


class TestSuspension:
    """`suspension` and `resumption`: 204, 409 in the wrong state."""

    def test_suspended_and_resumed(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        narrow, case = calling("narrow"), f"/process-instances/{at_work[1].waiting}"
        assert narrow("POST", case + "/suspension").status_code == 204
        shown = narrow.get(case)
        assert (shown["state"], shown["suspendedDate"] is None) == ("SUSPENDED", False)
        found = narrow.post("/process-instances/search", {"filter": {"state": "SUSPENDED"}})
        assert [i["processInstanceKey"] for i in found["items"]] == [str(at_work[1].waiting)]
        assert status(narrow, case + "/suspension") == 409
        assert status(narrow, case + "/resumption", {"reason": "พร้อมแล้ว"}) == 204
        assert (narrow.get(case)["state"], narrow.get(case)["suspendedDate"]) == ("ACTIVE", None)
        assert status(narrow, case + "/resumption") == 409

    def test_refusals(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        case = f"/process-instances/{at_work[1].waiting}/suspension"
        assert status(calling("narrow"), f"/process-instances/{ABSENT}/suspension") == 404
        assert status(calling("ann"), case) == 403
        assert status(calling(None), case) == 401
        assert status(calling("narrow"), case, {"why": "x"}) == 400
        assert status(calling("narrow"), case, If_Match='"999"') == 409

    def test_the_same_request_twice(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        case = f"/process-instances/{at_work[1].waiting}/suspension"
        assert status(calling("narrow"), case, Idempotency_Key="k") == 204
        assert status(calling("narrow"), case, Idempotency_Key="k") == 204


def element(call: Any, case: int, kind: str = "USER_TASK") -> str:
    """The key of the first element instance of a kind in a case."""
    found = call.post("/element-instances/search", {"filter": {"processInstanceKey": str(case), "type": kind}})
    key: str = found["items"][0]["elementInstanceKey"]
    return key


class TestModification:
    """`modification`: 204; 400 with every reason; 409 in the wrong state."""

    def test_a_step_is_skipped_and_taken_back(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        narrow, world = calling("narrow"), at_work[1]
        case, task = f"/process-instances/{world.waiting}", element(narrow, world.waiting)
        element_id = narrow.get(f"/element-instances/{task}")["elementId"]
        again = {
            "elementId": element_id,
            "ancestorElementInstanceKey": "-1",
            "variableInstructions": [{"variables": {"mine": 1}, "scopeId": element_id}, {"variables": {"all": 2}}],
        }
        ended = {"elementInstanceKey": task}
        body = {"activateInstructions": [again], "terminateInstructions": [ended], "reason": "ทำใหม่"}
        assert status(narrow, case + "/modification", body) == 204
        assert narrow.get(f"/element-instances/{task}")["state"] == "TERMINATED"
        found = narrow.post("/variables/search", {"filter": {"processInstanceKey": str(world.waiting)}})
        assert {"mine", "all"} <= {v["name"] for v in found["items"]}

    def test_moves(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        narrow, world = calling("narrow"), at_work[1]
        case, task = f"/process-instances/{world.waiting}/modification", element(narrow, world.waiting)
        element_id = narrow.get(f"/element-instances/{task}")["elementId"]
        source = {"sourceType": "byId", "sourceElementId": element_id}
        move: dict[str, Any] = {"sourceElementInstruction": source, "targetElementId": element_id}
        for scope in (None, {"ancestorScopeType": "inferred"}, {"ancestorScopeType": "sourceParent"}):
            move["ancestorScopeInstruction"] = scope
            assert status(narrow, case, {"moveInstructions": [move]}) == 204
        key = str(world.waiting)
        move["ancestorScopeInstruction"] = {"ancestorScopeType": "direct", "ancestorElementInstanceKey": key}
        move["sourceElementInstruction"] = {
            "sourceType": "byKey",
            "sourceElementInstanceKey": element(narrow, world.waiting),
        }
        # the first of its element instances has ended
        assert status(narrow, case, {"moveInstructions": [move]}) == 400
        move["sourceElementInstruction"] = source
        assert status(narrow, case, {"moveInstructions": [move]}) == 204

    def test_refusals(self, calling: Calling, at_work: tuple[Runtime, World]) -> None:
        narrow, case = calling("narrow"), f"/process-instances/{at_work[1].waiting}/modification"
        answer = narrow("POST", case, {"activateInstructions": [{"elementId": "no"}]})
        assert (answer.status_code, answer.get_json()["code"]) == (400, "instructions-refused")
        (fault,) = answer.get_json()["faults"]
        assert (fault["elementId"], fault["rule"]) == ("no", "unknown-element") and fault["th"]
        both = {"elementId": "a", "elementInstanceKey": "1"}
        odd = {"sourceElementInstruction": {"sourceType": "byName", "sourceElementId": "a"}, "targetElementId": "a"}
        wrong: list[dict[str, Any]] = [
            {},
            {"terminateInstructions": [both]},
            {"terminateInstructions": [{}]},
            {"moveInstructions": [odd]},
        ]
        for body in wrong:
            assert status(narrow, case, body) == 400
        good = {"activateInstructions": [{"elementId": "no"}]}
        assert status(calling("admin"), case, good) == 403  # what a case does is its owner's
        assert status(narrow, f"/process-instances/{ABSENT}/modification", good) == 404
        assert status(narrow, f"/process-instances/{at_work[1].waiting}/cancellation") == 204
        assert status(narrow, case, good) == 409


def test_a_business_id_is_assigned_once(calling: Calling, at_work: tuple[Runtime, World]) -> None:
    narrow, case = calling("narrow"), f"/process-instances/{at_work[1].waiting}"
    assert status(narrow, case + "/business-id-assignment", {"businessId": "69/7"}) == 204
    assert narrow.get(case)["businessId"] == "69/7"
    assert status(narrow, case + "/business-id-assignment", {"businessId": "69/8"}) == 409
    other = f"/process-instances/{at_work[1].working}/business-id-assignment"
    assert status(narrow, other, {"businessId": "69/7"}) == 409
    assert status(narrow, other, {"businessId": ""}) == 400


def test_what_is_no_ad_hoc_sub_process_or_has_no_timer_is_a_conflict(
    calling: Calling, at_work: tuple[Runtime, World]
) -> None:
    narrow, key = calling("narrow"), element(calling("narrow"), at_work[1].waiting)
    body = {"elements": [{"elementId": "a"}]}
    assert status(narrow, f"/element-instances/ad-hoc-activities/{key}/activation", body) == 409
    assert status(narrow, f"/element-instances/ad-hoc-activities/{ABSENT}/activation", body) == 404
    assert status(narrow, f"/element-instances/ad-hoc-activities/{key}/activation", {"elements": []}) == 400
    assert status(narrow, f"/element-instances/{key}/due-time", {"dueDate": "2026-05-01T09:00:00+07:00"}) == 409
    assert status(narrow, f"/element-instances/{key}/due-time", {"dueDate": "tomorrow"}) == 400


DEADLINE = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><bpmn:process id="ops" isExecutable="true">
<bpmn:startEvent id="s"/><bpmn:adHocSubProcess id="ah"><bpmn:userTask id="x"><bpmn:extensionElements><zeebe:userTask/>
</bpmn:extensionElements></bpmn:userTask></bpmn:adHocSubProcess><bpmn:boundaryEvent id="t" attachedToRef="ah">
<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="ah"/><bpmn:endEvent id="e"/>
<bpmn:sequenceFlow id="g" sourceRef="t" targetRef="e"/></bpmn:process></bpmn:definitions>"""


def test_ad_hoc_activities_and_a_due_time(calling: Calling, at_work: tuple[Runtime, World]) -> None:
    runtime = at_work[0]
    runtime.bus.run(Deploy((Resource("ops.bpmn", DEADLINE.encode()),)), SYSTEM)
    runtime.bus.run(AddPerson("keeper", "Owner", PASSWORD, roles=(("process-owner", "ops"),)), SYSTEM)
    keeper = calling("keeper")
    case = keeper.post("/process-instances", {"processDefinitionId": "ops"})["processInstanceKey"]
    found = keeper.post("/element-instances/search", {"filter": {"processInstanceKey": case, "elementId": "ah"}})
    key = found["items"][0]["elementInstanceKey"]
    body = {"elements": [{"elementId": "x", "variables": {"n": 1}}], "reason": "จำเป็น"}
    assert status(keeper, f"/element-instances/ad-hoc-activities/{key}/activation", body) == 204
    due = {"dueDate": "2026-05-01T09:00:00+07:00", "elementId": "t", "reason": "ขยายเวลา"}
    assert status(keeper, f"/element-instances/{key}/due-time", due) == 204
    history = keeper.get(f"/process-instances/{case}/history")["items"]
    assert {"ad-hoc-activated", "due-time-changed", "timer-moved"} <= {e["type"] for e in history}


def test_a_case_is_migrated_or_told_what_speaks_against_it(calling: Calling, at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    narrow, case = calling("narrow"), f"/process-instances/{world.working}"
    changed = DIAGRAM.read_bytes().replace(b'"Task_Check"', b'"Renamed"').replace(b">Task_Check<", b">Renamed<")
    deployed = runtime.bus.run(Deploy((Resource("order.bpmn", changed),)), SYSTEM)["deployments"]
    target = deployed[0]["processDefinition"]["processDefinitionKey"]
    task = narrow.get(f"/element-instances/{element(narrow, world.working, 'SERVICE_TASK')}")["elementId"]
    refused = narrow("POST", case + "/migration", {"targetProcessDefinitionKey": target, "mappingInstructions": []})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "migration-refused")
    assert [f["rule"] for f in refused.get_json()["faults"]] == ["unmapped"]
    plan = [{"sourceElementId": task, "targetElementId": task}]
    good = {"targetProcessDefinitionKey": target, "mappingInstructions": plan, "reason": "แก้ไข"}
    assert status(calling("admin"), case + "/migration", good) == 403
    assert status(narrow, case + "/migration", good | {"targetProcessDefinitionKey": "1"}) == 404
    assert status(narrow, case + "/migration", good | {"targetProcessDefinitionKey": "x"}) == 400
    assert status(narrow, case + "/migration", good) == 204
    assert narrow.get(case)["processDefinitionKey"] == target
    assert narrow.get(case + "/control-points")["items"] is not None


def test_a_case_that_has_ended_begins_anew(calling: Calling, at_work: tuple[Runtime, World]) -> None:
    narrow, case = calling("narrow"), f"/process-instances/{at_work[1].working}"
    body = {"elementIds": ["Task_Pack"], "reason": "อุทธรณ์"}
    assert status(narrow, case + "/restart", body) == 409
    assert status(narrow, case + "/cancellation") == 204
    assert status(calling("ann"), case + "/restart", body) == 403
    assert status(narrow, case + "/restart", {"elementIds": []}) == 400
    assert status(narrow, case + "/restart", {"elementIds": ["no"]}) == 400
    made = narrow.post(case + "/restart", body)
    shown = narrow.get(f"/process-instances/{made['processInstanceKey']}")
    assert (shown["state"], shown["processDefinitionKey"]) == ("ACTIVE", made["processDefinitionKey"])
