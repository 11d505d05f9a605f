"""A process of two versions for the pages of administrators: its script fails while a case has no fee."""

from __future__ import annotations

from typing import Any

from engine.layout import layout
from tests.execution.bench import diagram, flows, node, user
from tests.web.office import Office

FEE = '<zeebe:script expression="=assert(fee, fee != null)" resultVariable="paid"/>'


def deploy(office: Office, process_id: str, extra: str = "") -> str:
    """Deploy a version: a script that needs `fee`, then a task; `extra` stands in the process. Its key."""
    box = f"<bpmn:extensionElements>{extra}</bpmn:extensionElements>" if extra else ""
    script = node("scriptTask", "Charge", FEE, attributes='name="คิดค่าธรรมเนียม"')
    body = box + node("startEvent", "s") + script + user("Issue") + flows("s Charge", "Charge Issue")
    return put(office, process_id, layout(diagram(body, process_id=process_id)))


STEP = '<krabuan:step key="check" number="1" standardTime="{}" calendar="working"/>'
POINT = (
    '<krabuan:controlPoint id="cp-check-1" mandatory="true"><krabuan:text lang="th">เอกสารครบถ้วน</krabuan:text>'
    '<krabuan:text lang="en">All papers are there</krabuan:text>'
    '<krabuan:binding type="condition" expression="=complete = true"/></krabuan:controlPoint>'
)


def deploy_steps(
    office: Office, process_id: str, check: str, sign: str, extra: str = "", own: str = "", later: str = ""
) -> str:
    """Deploy a version of two tasks with these ids; `extra` stands in the first, `later` in the second, `own` in the
    process. Its key."""
    box = f"<bpmn:extensionElements>{own}</bpmn:extensionElements>" if own else ""
    tasks = user(check, extra) + user(sign, later)
    body = box + node("startEvent", "s") + tasks + flows(f"s {check}", f"{check} {sign}")
    return put(office, process_id, layout(diagram(body, process_id=process_id)))


def put(office: Office, name: str, xml: bytes) -> str:
    """Deploy one diagram as the owner; the key of its version."""
    answer = office.as_("owner").post("/v2/deployments", files={"resources": (f"{name}.bpmn", xml)})
    assert answer.is_success, answer.text
    return str(answer.json()["deployments"][0]["processDefinition"]["processDefinitionKey"])


def begin(office: Office, process_id: str, **variables: Any) -> str:
    """The key of a new case of the newest version."""
    body = {"processDefinitionId": process_id, "businessId": office.new_number(), "variables": variables}
    return str(office.ask("POST", "/v2/process-instances", body)["processInstanceKey"])


def set_fee(office: Office, case: str) -> None:
    office.ask("PUT", f"/v2/element-instances/{case}/variables", {"variables": {"fee": 100}})
