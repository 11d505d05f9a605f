"""A case of a draft walked by hand over HTTP: by the engine itself, in memory, from choice to choice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.scenarios import trial
from tests.api.conftest import Caller
from tests.api.test_draft_trials import FILE, draft, kept, redrawn
from tests.api.test_model_drafts import ORDER, PROCESS, code, deploy, made, owner, put

__all__ = ["draft", "owner"]
Callers = Callable[[str | None], Caller]
AT = "2026-04-10T02:00:00.000000Z"
START = {"as": "owner", "data": {"orderId": "A-1"}}
CHECK: dict[str, Any] = {"task": "Task_Check", "as": "clerks1"}
PAID: dict[str, Any] = {"message": {"name": "paid", "key": "A-1"}}
PACKED: dict[str, Any] = {"job": {"type": "sdk-pack"}}


def walked(who: Caller, draft: str, *steps: dict[str, Any], **more: Any) -> Any:
    return who.post(f"{draft}/simulation", {"at": AT, "start": START, "steps": list(steps), **more})


def waits(found: Any) -> list[tuple[str, str, str]]:
    return [(one["kind"], one["elementId"], one["name"]) for one in found["waiting"]]


def reached(found: Any) -> dict[str, int]:
    return {one["elementId"]: one["count"] for one in found["taken"]}


def test_before_it_begins_it_tells_what_it_can_begin_with(owner: Caller, draft: str) -> None:
    found = owner.post(f"{draft}/simulation", {"at": AT})
    assert (found["processDefinitionId"], found["path"], found["at"], found["now"]) == (PROCESS, FILE, AT, AT)
    assert (found["state"], found["refused"], found["waiting"], found["taken"]) == (None, None, [], [])
    assert found["beginnings"] == [{"kind": "NONE", "elementId": "Start", "name": "", "dueDate": None, "form": None}]


def test_each_choice_leads_on_to_the_end(owner: Caller, draft: str) -> None:
    begun = walked(owner, draft)
    assert (begun["state"], waits(begun), begun["variables"]) == (
        "ACTIVE",
        [("TASK", "Task_Check", "")],
        {"orderId": "A-1"},
    )
    assert begun["waiting"][0]["accounts"] == ["clerks1", "clerks2"]
    checked = walked(owner, draft, CHECK)
    assert waits(checked) == [("MESSAGE", "Catch_Paid", "paid")]
    assert checked["waiting"][0]["correlationKey"] == "A-1"
    assert waits(walked(owner, draft, CHECK, PAID)) == [("JOB", "Task_Pack", "sdk-pack")]
    done = walked(owner, draft, CHECK, PAID, PACKED)
    assert (done["state"], done["waiting"], reached(done)["End"]) == ("COMPLETED", [], 1)
    assert (
        reached(walked(owner, draft, CHECK, PAID, {"job": {"type": "sdk-pack", "error": "BROKEN"}}))["End_Broken"] == 1
    )


def test_what_is_refused_says_why_in_both_languages_and_where_it_stays(owner: Caller, draft: str) -> None:
    found = walked(owner, draft, CHECK, {**CHECK})
    assert (found["refused"]["step"], waits(found)) == (2, [("MESSAGE", "Catch_Paid", "paid")])
    (why,) = found["refused"]["reasons"]
    assert why["message"] == {
        "th": "Task_Check ไม่ได้รออยู่ ที่รออยู่คือ Catch_Paid", "en": "Task_Check does not wait; waiting: ['Catch_Paid']"
    }  # fmt: skip
    wrong = walked(owner, draft, {"task": "Task_Check", "as": "checkers1"})
    assert (wrong["refused"]["step"], wrong["state"]) == (1, "ACTIVE")
    never = walked(owner, draft, start={"message": "never"})
    assert (never["refused"]["step"], never["state"]) == (0, None)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"task": "Task_Lost", "as": "clerks1"}, "Step 1: no diagram has the element Task_Lost"),
        ({"task": "Task_Check", "as": "ann"}, "Step 1: there is no account ann"),
        ({"dance": 1}, "Step 1 must be one of"),
        ({"wait": "soon"}, "Step 1: wait:"),
        ({"job": []}, "Step 1: job must have names and values."),
        ({"until": "2026-04-10"}, "until must be a date and time with its offset."),
        ({}, "Step 1 must be one of"),
    ],
)
def test_a_choice_that_is_none_is_told_not_played(step: dict[str, Any], said: str, owner: Caller, draft: str) -> None:
    found = walked(owner, draft, step)
    assert found["state"] is None
    assert said in found["refused"]["reasons"][0]["message"]["en"]


def test_forms_are_those_of_the_draft_and_check_what_is_filled_in(owner: Caller, office: Runtime) -> None:
    field = {"id": "f", "key": "subject", "label": "Subject", "type": "textfield", "validate": {"required": True}}
    form = json.dumps({"schemaVersion": 16, "type": "default", "id": f"{PROCESS}.check", "components": [field]})
    asked = ORDER.replace("<zeebe:userTask />", f'<zeebe:userTask /><zeebe:formDefinition formId="{PROCESS}.check" />')
    deploy(office, **{FILE: asked, f"forms/{PROCESS}/check.form": form})
    draft = made(owner, processDefinitionId=PROCESS)
    begun = walked(owner, draft)
    (task,) = begun["waiting"]
    assert (json.loads(task["form"])["components"][0]["key"], task["data"]["orderId"]) == ("subject", "A-1")
    refused = walked(owner, draft, CHECK)["refused"]
    assert refused["reasons"][0]["message"]["en"].startswith(
        "form-invalid: Some answers in the form are missing or wrong."
    )
    assert refused["reasons"][0]["message"]["th"].startswith("ข้อมูลในแบบฟอร์มไม่ครบถ้วนหรือไม่ถูกต้อง (form-invalid): subject")
    assert walked(owner, draft, {**CHECK, "data": {"subject": "ก"}})["variables"]["subject"] == "ก"


def test_the_clock_moves_on_to_what_is_due(owner: Caller, draft: str) -> None:
    late = ORDER.replace(
        "</bpmn:process>",
        """<bpmn:boundaryEvent id="Late" attachedToRef="Task_Check"><bpmn:outgoing>Flow_6</bpmn:outgoing>
          <bpmn:timerEventDefinition id="In"><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>
        </bpmn:boundaryEvent><bpmn:sequenceFlow id="Flow_6" sourceRef="Late" targetRef="End_Late" />
        <bpmn:endEvent id="End_Late"><bpmn:incoming>Flow_6</bpmn:incoming></bpmn:endEvent></bpmn:process>""",
    )
    redrawn(owner, draft, late)
    begun = walked(owner, draft)
    (due,) = [one["dueDate"] for one in begun["waiting"] if one["kind"] == "TIMER"]
    assert (begun["standing"], len(begun["waiting"])) == (["Task_Check"], 2)
    assert due == "2026-04-13T02:00:00.000000Z"
    done = walked(owner, draft, {"until": due})
    assert (done["state"], done["now"], reached(done)["End_Late"]) == ("COMPLETED", due, 1)


def test_a_condition_comes_true_by_what_somebody_corrects(owner: Caller, office: Runtime) -> None:
    field = {"id": "f", "key": "orderId", "label": "Order", "type": "textfield"}
    form = json.dumps({"schemaVersion": 16, "type": "default", "id": f"{PROCESS}.start", "components": [field]})
    linked = f'<bpmn:extensionElements><zeebe:formDefinition formId="{PROCESS}.start" /></bpmn:extensionElements>'
    watching = ORDER.replace('<bpmn:startEvent id="Start">', f'<bpmn:startEvent id="Start">{linked}').replace(
        "</bpmn:process>",
        """<bpmn:boundaryEvent id="Void" attachedToRef="Task_Check"><bpmn:outgoing>Flow_7</bpmn:outgoing>
          <bpmn:conditionalEventDefinition id="If"><bpmn:condition>=orderId = "none"</bpmn:condition>
          </bpmn:conditionalEventDefinition></bpmn:boundaryEvent>
        <bpmn:sequenceFlow id="Flow_7" sourceRef="Void" targetRef="End_Void" />
        <bpmn:endEvent id="End_Void"><bpmn:incoming>Flow_7</bpmn:incoming></bpmn:endEvent></bpmn:process>""",
    )
    deploy(office, **{FILE: watching, f"forms/{PROCESS}/start.form": form})
    draft = made(owner, processDefinitionId=PROCESS)
    (beginning,) = owner.post(f"{draft}/simulation", {"at": AT})["beginnings"]
    assert json.loads(beginning["form"])["components"] == [field]
    assert waits(walked(owner, draft)) == [("TASK", "Task_Check", "")]
    done = walked(owner, draft, {"correct": {"as": "owner", "data": {"orderId": "none"}}})
    assert done["refused"] is None, done["refused"]
    assert (done["state"], reached(done)["End_Void"]) == ("COMPLETED", 1)


def test_what_was_chosen_is_a_scenario_when_it_is_kept(owner: Caller, draft: str) -> None:
    """JSON is YAML: a page keeps what it has sent."""
    told = {
        "title": {"th": "ก", "en": "A"},
        "process": PROCESS,
        "at": AT,
        "start": START,
        "steps": [CHECK, PAID, PACKED],
    }
    path = kept(owner, draft, json.dumps(told, ensure_ascii=False), "walked")
    (outcome,) = owner.post(f"{draft}/trial", {"path": path})["scenarios"]
    assert outcome["passed"], outcome["reasons"]


def test_a_walk_has_bounds(owner: Caller, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = [{"wait": "PT1H"}] * 201
    assert code(owner("POST", f"{draft}/simulation", {"start": START, "steps": long}), 400) == "invalid-request"
    monkeypatch.setattr(trial, "MOST_COMMANDS", 4)
    found = walked(owner, draft, CHECK, PAID)
    assert found["refused"]["reasons"][0]["message"]["en"].startswith("trial-too-long")


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"processDefinitionId": "nothing"}, 404, "not-found"),
        ({"at": "soon"}, 400, "invalid-argument"),
        ({"start": []}, 400, "invalid-request"),
        ({"start": START, "steps": {}}, 400, "invalid-request"),
        ({"start": START, "steps": ["task"]}, 400, "invalid-request"),
        ({"begin": START}, 400, "invalid-request"),
    ],
)
def test_what_is_no_request_is_refused(body: dict[str, Any], status: int, said: str, owner: Caller, draft: str) -> None:
    assert code(owner("POST", f"{draft}/simulation", body), status) == said


def test_who_may_not_edit_the_draft_may_not_walk_it(owner: Caller, caller: Callers, draft: str) -> None:
    for name in ("other", "admin", "ann", "auditor", "worker"):
        assert code(caller(name)("POST", f"{draft}/simulation", {}), 404) == "not-found"
    assert code(owner("POST", "/model-drafts/999/simulation", {}), 404) == "not-found"


def test_a_draft_with_errors_cannot_be_walked(owner: Caller, draft: str) -> None:
    assert put(owner, draft, "forms/x.form", "{}", None).status_code == 200
    assert code(owner("POST", f"{draft}/simulation", {}), 400) == "deployment-refused"
