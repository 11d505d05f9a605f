"""What starts a process: how its events must be written (BPMN 2.0.2, sections 10.5.2, 10.6.6 and 13.2)."""

from __future__ import annotations

from engine.execution.reader.faults import FaultList
from engine.execution.starts import starting
from engine.model.diagram import Process


def check_starting(process: Process, faults: FaultList) -> None:
    """Check every event that starts an instance by itself."""
    for start in starting(process):
        node, event = start.node, start.event
        if event.timer == "duration":
            faults.add(
                node.id, "start-duration", "เริ่มกระบวนงานด้วยระยะเวลาไม่ได้", "A process start timer is a date or a cycle."
            )
        if event.variable_events:
            faults.add(
                node.id, "start-variable-events",
                "เงื่อนไขที่เริ่มกระบวนงานระบุ variableEvents ไม่ได้ เพราะยังไม่มีตัวแปรให้เปลี่ยน",
                "A condition that starts a process has no variableEvents: there are no variables yet that change.",
            )  # fmt: skip
    for node in process.nodes.values():
        if node.parallel and not node.instantiate:
            faults.add(
                node.id, "event-gateway-parallel",
                "เกตเวย์ตามเหตุการณ์แบบขนาน (eventGatewayType=Parallel) ใช้ได้เมื่อเริ่มกระบวนงาน (instantiate) เท่านั้น",
                "An event-based gateway is parallel only when it starts instances (instantiate).",
            )  # fmt: skip
