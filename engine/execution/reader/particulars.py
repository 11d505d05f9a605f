"""What only some kinds of flow node have: an event, a job, a form, what is called."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from engine.execution.reader import listeners, loops, zeebe
from engine.execution.reader.events import Roots, read_event
from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, body, child, flag
from engine.execution.reader.roles import read_performers
from engine.model.work import HumanTask

SUB_PROCESSES = {"subProcess", "transaction", "adHocSubProcess"}
_JOB_OWNERS = {
    "serviceTask", "sendTask", "scriptTask", "businessRuleTask", "intermediateThrowEvent", "endEvent",
}  # fmt: skip
_EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "receiveTask"}


def particulars(
    element: etree._Element, kind: str, node_id: str, known: Roots, faults: FaultList
) -> dict[str, Any]:
    """The fields of `Node` that only some kinds of node have."""
    found: dict[str, Any] = {}
    if kind in _EVENTS:
        around = element.getparent()
        inside = around is not None and flag(around, "triggeredByEvent")
        found["event"] = read_event(element, node_id, known, faults, inside)
    if kind in _JOB_OWNERS:
        job = zeebe.job(element, node_id, faults)
        linked = listeners.linked_resources(element, node_id, faults)
        found["job"] = replace(job, resources=linked) if job is not None and linked else job
    if kind == "userTask":
        found["human"] = _human(element, node_id, known, faults)
    elif kind == "startEvent":
        form, external = zeebe.form(element, node_id, faults)
        if form or external:
            found["human"] = HumanTask(native=True, form=form, external_form=external)
    elif kind == "scriptTask":
        found["script"] = zeebe.script(element, node_id, faults)
    elif kind == "businessRuleTask":
        found["called"] = zeebe.called_decision(element, node_id, faults)
    elif kind == "callActivity":
        found["called"] = zeebe.called_element(element, node_id, faults)
        found["performers"] = read_performers(element, node_id, known.resources, faults)
    elif kind in SUB_PROCESSES:
        if kind != "subProcess" and flag(element, "triggeredByEvent"):
            faults.add(
                node_id, "triggered-place", "เฉพาะกระบวนงานย่อยธรรมดาเท่านั้นที่เริ่มด้วยเหตุการณ์ได้",
                "Only a plain sub-process is triggered by an event.",
            )  # fmt: skip
        found["triggered"] = flag(element, "triggeredByEvent")
        found["transaction"] = kind == "transaction"
        found["ad_hoc"] = loops.read_ad_hoc(element, node_id, faults) if kind == "adHocSubProcess" else None
    elif kind == "eventBasedGateway":
        found["parallel"] = element.get("eventGatewayType", "").strip() == "Parallel"
    elif kind == "complexGateway":
        condition = body(child(element, BPMN, "activationCondition"))
        found["activation"] = faults.feel(node_id, condition, "activationCondition")
    return found


def _human(element: etree._Element, node_id: str, known: Roots, faults: FaultList) -> HumanTask:
    listening = listeners.task_listeners(element, node_id, faults)
    human = zeebe.human(element, node_id, faults, listening)
    who = read_performers(element, node_id, known.resources, faults)
    return human if who is None else replace(human, assignee=who.assignee, candidate_groups=who.candidate_groups)
