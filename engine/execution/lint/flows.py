"""Sequence flows: where they begin and end, which flows each node may have (BPMN 2.0.2, sections 8.4.13 and 10.6)."""

from __future__ import annotations

from engine.execution.reader.faults import FaultList
from engine.model.diagram import Flow, Node, Process

ACTIVITIES = {
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
    "callActivity", "subProcess", "transaction", "adHocSubProcess",
}  # fmt: skip
_CONDITIONAL = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}


def check_starts(process: Process, faults: FaultList) -> None:
    """A process begins somewhere, and by hand in one place only."""
    instantiating = any(n.instantiate and not n.incoming for n in process.nodes.values())
    if not process.starts() and not instantiating:
        faults.add(process.id, "start-missing", "กระบวนงานไม่มีเหตุการณ์เริ่มต้น", "The process has no start event.")
    if len([n for n in process.starts() if n.event is not None and n.event.kind == "none"]) > 1:
        faults.add(
            process.id, "start-several", "กระบวนงานมีเหตุการณ์เริ่มต้นแบบไม่มีเงื่อนไขมากกว่าหนึ่งจุด",
            "The process has several none start events.",
        )  # fmt: skip


def check_flow(flow: Flow, process: Process, faults: FaultList) -> None:
    """Both ends exist, in the same scope, and a condition stands where one may."""
    source, target = process.nodes.get(flow.source), process.nodes.get(flow.target)
    if source is None or target is None:
        faults.add(
            flow.id, "flow-end-missing", "เส้นลำดับงานชี้ไปยังองค์ประกอบที่ไม่มีอยู่",
            "The sequence flow's source or target does not exist.",
        )  # fmt: skip
        return
    if source.scope != target.scope:
        faults.add(
            flow.id, "flow-crosses-scope", "เส้นลำดับงานข้ามขอบเขตกระบวนงานย่อย",
            "The sequence flow crosses the border of a sub-process.",
        )  # fmt: skip
    if flow.condition is not None and source.type not in _CONDITIONAL:
        faults.add(
            flow.id, "condition-misplaced", "เงื่อนไขใช้ได้เฉพาะเส้นที่ออกจากงานหรือเกตเวย์แบบเลือก",
            "A condition may only stand on flows out of activities and of exclusive, inclusive and complex gateways.",
        )  # fmt: skip


def check_connections(node: Node, process: Process, faults: FaultList) -> None:
    """The flows a node may and must have."""
    link = node.event.kind if node.event is not None and node.event.kind == "link" else None
    isolated = node.triggered or node.for_compensation
    if node.incoming and (node.type in ("startEvent", "boundaryEvent") or isolated or _is_catch(node, link)):
        faults.add(node.id, "flow-into-event", "มีเส้นเข้าองค์ประกอบนี้ไม่ได้", "No flow may lead into this element.")
    if node.outgoing and (node.type == "endEvent" or isolated or _is_throw(node, link)):
        faults.add(node.id, "flow-out-of-end", "มีเส้นออกจากองค์ประกอบนี้ไม่ได้", "No flow may leave this element.")
    if not node.incoming and not _begins(node, process, link):
        faults.add(node.id, "unreachable", "ไม่มีเส้นลำดับงานเข้าองค์ประกอบนี้", "No sequence flow leads to this element.")
    if node.default is not None and (node.default not in node.outgoing or node.type not in _CONDITIONAL):
        faults.add(
            node.id, "default-flow", "เส้นทางหลักต้องเป็นเส้นที่ออกจากงานหรือเกตเวย์แบบเลือก",
            "A default flow leaves an activity or an exclusive, inclusive or complex gateway.",
        )  # fmt: skip
    if node.type in ("exclusiveGateway", "inclusiveGateway", "complexGateway"):
        _check_conditions(node, process, faults)


def _is_catch(node: Node, link: str | None) -> bool:
    return link is not None and node.type == "intermediateCatchEvent"


def _is_throw(node: Node, link: str | None) -> bool:
    return link is not None and node.type == "intermediateThrowEvent"


def _begins(node: Node, process: Process, link: str | None) -> bool:
    """Whether a node may stand without an incoming flow."""
    if node.type in ("startEvent", "boundaryEvent") or node.triggered or node.for_compensation:
        return True
    if _is_catch(node, link) or node.instantiate:
        return True
    return node.scope is not None and not process.starts(node.scope)


def _check_conditions(node: Node, process: Process, faults: FaultList) -> None:
    if len(node.outgoing) < 2:
        return
    for flow_id in node.outgoing:
        if process.flows[flow_id].condition is None and flow_id != node.default:
            faults.add(
                flow_id, "condition-missing", "เส้นทางนี้ไม่มีเงื่อนไขและไม่ใช่เส้นทางหลัก",
                "This flow has no condition and is not the default.",
            )  # fmt: skip
