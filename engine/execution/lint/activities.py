"""What each kind of activity and gateway needs."""

from __future__ import annotations

from engine.execution.lint.flows import ACTIVITIES
from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Node, Process
from engine.model.jobs import SENDS

_EVENTS_BEHIND = ("message", "timer", "signal", "conditional")


def check(node: Node, process: Process, faults: FaultList) -> None:
    """Check one node; other kinds pass."""
    if node.loop is not None and node.type not in ACTIVITIES:
        faults.add(node.id, "loop-place", "เฉพาะงานเท่านั้นที่ทำหลายรายการได้", "Only activities are done several times.")
    if node.human is not None and node.type == "startEvent" and (node.scope is not None or not _by_hand(node)):
        faults.add(
            node.id, "form-place", "แบบฟอร์มเริ่มต้นใช้ได้กับเหตุการณ์เริ่มต้นแบบไม่มีเงื่อนไขของกระบวนงานเท่านั้น",
            "A start form stands on the none start event of the process.",
        )  # fmt: skip
    if node.instantiate and (node.incoming or node.scope is not None):
        faults.add(
            node.id, "instantiate-place", "องค์ประกอบที่เริ่มกระบวนงานต้องไม่มีเส้นเข้าและอยู่ในกระบวนงานเอง",
            "What starts an instance has no incoming flow and stands in the process itself.",
        )  # fmt: skip
    if node.type == "eventBasedGateway":
        _check_event_gateway(node, process, faults)
    elif node.triggered:
        _check_event_sub_process(node, process, faults)
    elif node.type in ("subProcess", "transaction"):
        _check_sub_process(node, process, faults)
    elif node.type == "adHocSubProcess":
        _check_ad_hoc(node, process, faults)
    else:
        _check_task(node, faults)
    if node.type == "transaction":
        _check_transaction(node, process, faults)


def check_handlers(process: Process, faults: FaultList) -> None:
    """What compensates belongs to an event."""
    handlers = {n.handler for n in process.nodes.values()}
    for node in process.nodes.values():
        if node.for_compensation and node.id not in handlers:
            faults.add(
                node.id, "compensation-unused", "งานชดเชยนี้ไม่มีเหตุการณ์ชดเชยใดเชื่อมถึง",
                "No compensation boundary event is associated with this activity.",
            )  # fmt: skip


def _by_hand(node: Node) -> bool:
    return node.event is None or node.event.kind == "none"


def _check_event_gateway(node: Node, process: Process, faults: FaultList) -> None:
    targets = [process.nodes.get(process.flows[f].target) for f in node.outgoing]
    good = [
        t for t in targets
        if t is not None and t.type == "intermediateCatchEvent" and t.event and t.event.kind in _EVENTS_BEHIND
    ]  # fmt: skip
    if len(targets) < 2 or len(good) < len(targets):
        faults.add(
            node.id, "event-gateway", "เกตเวย์ตามเหตุการณ์ต้องตามด้วยเหตุการณ์รอรับอย่างน้อยสองจุด",
            "An event-based gateway leads to at least two intermediate catch events.",
        )  # fmt: skip
    for target in good:
        if len(target.incoming) > 1:
            faults.add(
                target.id, "event-gateway-target", "เหตุการณ์ที่ตามหลังเกตเวย์ตามเหตุการณ์มีเส้นเข้าได้เพียงเส้นเดียว",
                "An event behind an event-based gateway has no other incoming flow.",
            )  # fmt: skip


def _check_sub_process(node: Node, process: Process, faults: FaultList) -> None:
    starts = process.starts(node.id)
    if len(starts) > 1 or any(s.event is not None and s.event.kind != "none" for s in starts):
        faults.add(
            node.id, "sub-process-start", "กระบวนงานย่อยเริ่มได้ด้วยเหตุการณ์แบบไม่มีเงื่อนไขจุดเดียว",
            "A sub-process has at most one start event, a none start event.",
        )  # fmt: skip
    _check_not_empty(node, process, faults)


def _check_not_empty(node: Node, process: Process, faults: FaultList) -> None:
    if not process.inside(node.id):
        faults.add(node.id, "sub-process-empty", "กระบวนงานย่อยว่างเปล่า", "The sub-process is empty.")


def _check_event_sub_process(node: Node, process: Process, faults: FaultList) -> None:
    starts = process.starts(node.id)
    if len(starts) != 1 or starts[0].event is None or starts[0].event.kind == "none":
        faults.add(
            node.id, "event-sub-process-start", "กระบวนงานย่อยตามเหตุการณ์ต้องมีเหตุการณ์เริ่มต้นที่มีเงื่อนไขหนึ่งจุด",
            "An event sub-process has exactly one start event, which is not a none start event.",
        )  # fmt: skip
        return
    if not starts[0].interrupting and any(e.kind in ("error", "compensation") for e in events_of(starts[0])):
        faults.add(
            starts[0].id, "event-sub-process-interrupting", "เหตุการณ์ข้อผิดพลาดหรือการชดเชยต้องหยุดงานอื่น",
            "An error or compensation start event of an event sub-process interrupts.",
        )  # fmt: skip
    if node.loop is not None:
        faults.add(
            node.id, "event-sub-process-loop", "กระบวนงานย่อยตามเหตุการณ์วนซ้ำไม่ได้", "An event sub-process has no loop."
        )


def _check_ad_hoc(node: Node, process: Process, faults: FaultList) -> None:
    inside = process.inside(node.id)
    if not any(n.type in ACTIVITIES for n in inside):
        faults.add(
            node.id, "ad-hoc-empty", "กระบวนงานย่อยเฉพาะกิจไม่มีงาน", "An ad-hoc sub-process has at least one activity."
        )
    for inner in inside:
        if inner.type in ("startEvent", "endEvent"):
            faults.add(
                inner.id, "ad-hoc-events", "กระบวนงานย่อยเฉพาะกิจมีเหตุการณ์เริ่มต้นหรือสิ้นสุดไม่ได้",
                "An ad-hoc sub-process has no start and no end events.",
            )  # fmt: skip


def _check_transaction(node: Node, process: Process, faults: FaultList) -> None:
    cancels = [n for n in process.inside(node.id) if n.event and n.event.kind == "cancel"]
    catches = [b for b in process.boundaries(node.id) if any(e.kind == "cancel" for e in events_of(b))]
    if cancels and not catches:
        faults.add(
            node.id, "cancel-uncaught", "ธุรกรรมที่มีเหตุการณ์ยกเลิกต้องมีเหตุการณ์ขอบแบบยกเลิก",
            "A transaction with a cancel end event has a cancel boundary event.",
        )  # fmt: skip


def _names_a_message(node: Node) -> bool:
    event = node.event
    return event is not None and event.kind == "message" and event.name is not None and not event.name.startswith("=")


def _check_task(node: Node, faults: FaultList) -> None:
    wants_job = node.type in ("serviceTask", "sendTask") or (
        node.type in ("intermediateThrowEvent", "endEvent") and any(e.kind == "message" for e in events_of(node))
    )
    if wants_job and node.job is None:
        faults.add(node.id, "job-missing", "ไม่ได้ระบุ zeebe:taskDefinition", "zeebe:taskDefinition is missing.")
    if node.job is not None and node.job.type == SENDS and not _names_a_message(node):
        faults.add(
            node.id, "message-sent", f"งานชนิด {SENDS} ต้องอยู่ที่เหตุการณ์ส่งข้อความที่ระบุข้อความ และชื่อข้อความต้องไม่เป็นนิพจน์",
            f"{SENDS} stands on a message event that names its message; the name is no expression.",
        )  # fmt: skip
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
