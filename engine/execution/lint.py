"""Check a process as a whole before it is deployed: connections, and what each kind of node needs."""

from __future__ import annotations

from engine.calendar.timers import due_of_date, due_of_duration, next_of_cycle, parse_cycle
from engine.execution.expressions import is_feel
from engine.execution.lint_manual import SAMPLE, ZONE, checked_time, lint_manual
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Event, Flow, Node, Process
from engine.model.faults import Fault

_ACTIVITIES = {
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask", "callActivity", "subProcess",
}  # fmt: skip


def lint(process: Process, file: str) -> list[Fault]:
    """Every fault of the process, in document order."""
    faults = FaultList(file)
    if not process.starts():
        faults.add(process.id, "start-missing", "กระบวนงานไม่มีเหตุการณ์เริ่มต้น", "The process has no start event.")
    none_starts = [n for n in process.starts() if n.event is not None and n.event.kind == "none"]
    if len(none_starts) > 1:
        faults.add(
            process.id, "start-several", "กระบวนงานมีเหตุการณ์เริ่มต้นแบบไม่มีเงื่อนไขมากกว่าหนึ่งจุด",
            "The process has several none start events.",
        )  # fmt: skip
    for flow in process.flows.values():
        _check_flow(flow, process, faults)
    for node in process.nodes.values():
        _check_node(node, process, faults)
    lint_manual(process, faults)
    return faults.items


def _check_flow(flow: Flow, process: Process, faults: FaultList) -> None:
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
    if flow.condition is not None and source.type not in ("exclusiveGateway", "inclusiveGateway"):
        faults.add(
            flow.id, "condition-misplaced", "เงื่อนไขใช้ได้เฉพาะเส้นที่ออกจากเกตเวย์แบบเลือก",
            "A condition may only stand on flows out of exclusive and inclusive gateways.",
        )  # fmt: skip


def _check_node(node: Node, process: Process, faults: FaultList) -> None:
    _check_connections(node, process, faults)
    _check_place(node, faults)
    if node.event is not None:
        _check_timer(node, node.event, faults)
    if node.type in ("exclusiveGateway", "inclusiveGateway"):
        _check_conditions(node, process, faults)
    elif node.type == "eventBasedGateway":
        _check_event_gateway(node, process, faults)
    elif node.type == "boundaryEvent":
        _check_boundary(node, process, faults)
    elif node.type == "subProcess":
        _check_sub_process(node, process, faults)
    else:
        _check_task(node, faults)


def _check_connections(node: Node, process: Process, faults: FaultList) -> None:
    if node.type in ("startEvent", "boundaryEvent") and node.incoming:
        faults.add(node.id, "flow-into-event", "มีเส้นเข้าเหตุการณ์นี้ไม่ได้", "No flow may lead into this event.")
    if node.type == "endEvent" and node.outgoing:
        faults.add(node.id, "flow-out-of-end", "มีเส้นออกจากเหตุการณ์สิ้นสุดไม่ได้", "No flow may leave an end event.")
    if node.type not in ("startEvent", "boundaryEvent") and not node.incoming:
        faults.add(node.id, "unreachable", "ไม่มีเส้นลำดับงานเข้าองค์ประกอบนี้", "No sequence flow leads to this element.")
    if node.default is not None and (
        node.default not in node.outgoing or node.type not in ("exclusiveGateway", "inclusiveGateway")
    ):
        faults.add(
            node.id, "default-flow", "เส้นทางหลักต้องเป็นเส้นที่ออกจากเกตเวย์แบบเลือก",
            "A default flow leaves an exclusive or inclusive gateway.",
        )  # fmt: skip


def _check_place(node: Node, faults: FaultList) -> None:
    """What is allowed on some kinds of node only, and would be ignored on the others."""
    if node.loop is not None and node.type not in _ACTIVITIES:
        faults.add(
            node.id, "loop-place", "เฉพาะงานเท่านั้นที่ทำหลายรายการได้",
            "Only activities have multi-instance characteristics.",
        )  # fmt: skip
    if node.inputs and node.type in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        faults.add(
            node.id, "mapping-place", "เหตุการณ์ที่รอรับไม่มีข้อมูลขาเข้า", "An event that catches has no input mappings."
        )


def _check_timer(node: Node, event: Event, faults: FaultList) -> None:
    """A time that is written down, rather than computed, must be one."""
    text = event.expression
    if event.timer is None or text is None or is_feel(text):
        return

    def read() -> object:
        if event.timer == "cycle":
            return next_of_cycle(parse_cycle(text), SAMPLE, 0, SAMPLE, ZONE)
        return (due_of_date if event.timer == "date" else due_of_duration)(text, SAMPLE, ZONE)

    checked_time(node.id, "timer", text, faults, read)


def _check_conditions(node: Node, process: Process, faults: FaultList) -> None:
    if len(node.outgoing) < 2:
        return
    for flow_id in node.outgoing:
        if process.flows[flow_id].condition is None and flow_id != node.default:
            faults.add(
                flow_id, "condition-missing", "เส้นทางนี้ไม่มีเงื่อนไขและไม่ใช่เส้นทางหลัก",
                "This flow has no condition and is not the default.",
            )  # fmt: skip


def _check_event_gateway(node: Node, process: Process, faults: FaultList) -> None:
    targets = [process.nodes.get(process.flows[f].target) for f in node.outgoing]
    if len(targets) < 2 or any(t is None or t.type != "intermediateCatchEvent" for t in targets):
        faults.add(
            node.id, "event-gateway", "เกตเวย์ตามเหตุการณ์ต้องตามด้วยเหตุการณ์รอรับอย่างน้อยสองจุด",
            "An event-based gateway leads to at least two intermediate catch events.",
        )  # fmt: skip


def _check_boundary(node: Node, process: Process, faults: FaultList) -> None:
    host = process.nodes.get(node.attached_to or "")
    if host is None or host.type not in _ACTIVITIES:
        faults.add(node.id, "boundary-host", "เหตุการณ์ขอบไม่ได้ติดกับงาน", "The boundary event is attached to no activity.")
    elif host.scope != node.scope:
        faults.add(
            node.id, "flow-crosses-scope", "เหตุการณ์ขอบต้องอยู่ในขอบเขตเดียวกับงาน",
            "The boundary event does not stand in the scope of its activity.",
        )  # fmt: skip
    event = node.event
    if event is None:
        return
    if event.kind == "error" and not node.interrupting:
        faults.add(node.id, "boundary-error", "เหตุการณ์ข้อผิดพลาดต้องหยุดงาน", "An error boundary event interrupts.")
    if event.timer == "cycle" and node.interrupting:
        faults.add(
            node.id, "boundary-cycle", "ตัวจับเวลาแบบวนรอบต้องไม่หยุดงาน",
            "A cycle timer stands on a non-interrupting boundary event only.",
        )  # fmt: skip
    _check_message_key(node, faults)


def _check_sub_process(node: Node, process: Process, faults: FaultList) -> None:
    starts = process.starts(node.id)
    if len(starts) != 1 or starts[0].event is None or starts[0].event.kind != "none":
        faults.add(
            node.id, "sub-process-start", "กระบวนงานย่อยต้องมีเหตุการณ์เริ่มต้นแบบไม่มีเงื่อนไขหนึ่งจุด",
            "A sub-process has exactly one none start event.",
        )  # fmt: skip


def _check_task(node: Node, faults: FaultList) -> None:
    wants_job = node.type in ("serviceTask", "sendTask") or (
        node.type in ("intermediateThrowEvent", "endEvent") and node.event is not None and node.event.kind == "message"
    )
    if wants_job and node.job is None:
        faults.add(node.id, "job-missing", "ไม่ได้ระบุ zeebe:taskDefinition", "zeebe:taskDefinition is missing.")
    if node.type == "scriptTask" and (node.script is None) == (node.job is None):
        faults.add(
            node.id, "script-or-job", "ต้องมี zeebe:script (FEEL) หรือ zeebe:taskDefinition อย่างใดอย่างหนึ่ง",
            "A script task has exactly one of zeebe:script (FEEL) and zeebe:taskDefinition; no other language runs.",
        )  # fmt: skip
    if node.type == "businessRuleTask" and (node.called is None) == (node.job is None):
        faults.add(
            node.id, "decision-or-job", "ต้องมี zeebe:calledDecision หรือ zeebe:taskDefinition อย่างใดอย่างหนึ่ง",
            "A business rule task has exactly one of zeebe:calledDecision and zeebe:taskDefinition.",
        )  # fmt: skip
    if node.type == "intermediateCatchEvent" and node.event and node.event.timer == "cycle":
        faults.add(node.id, "catch-cycle", "เหตุการณ์รอรับใช้ตัวจับเวลาแบบวนรอบไม่ได้", "A catch event has no cycle timer.")
    if node.type == "startEvent" and node.scope is None and node.event and node.event.timer == "duration":
        faults.add(
            node.id, "start-duration", "เริ่มกระบวนงานด้วยระยะเวลาไม่ได้", "A process start timer is a date or a cycle."
        )
    if node.type in ("intermediateCatchEvent", "receiveTask"):
        _check_message_key(node, faults)


def _check_message_key(node: Node, faults: FaultList) -> None:
    if node.event is not None and node.event.kind == "message" and node.event.correlation_key is None:
        faults.add(
            node.id, "correlation-key", "ข้อความที่รอรับไม่มี zeebe:subscription correlationKey",
            "The message has no zeebe:subscription with a correlationKey.",
        )  # fmt: skip
