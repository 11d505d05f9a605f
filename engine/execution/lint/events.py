"""Events: where each kind may stand, and what it needs there (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from collections import Counter

from engine.calendar.timers import due_of_date, due_of_duration, next_of_cycle, parse_cycle
from engine.execution.expressions import is_feel
from engine.execution.lint.flows import ACTIVITIES
from engine.execution.lint.loop_events import thrown_by
from engine.execution.lint.manual import SAMPLE, ZONE, checked_time
from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Event, Node, Process

_ESCALATES = {"subProcess", "transaction", "adHocSubProcess", "callActivity"}


def check(node: Node, process: Process, faults: FaultList) -> None:
    """Check the events of one node."""
    if node.type == "boundaryEvent":
        _check_boundary(node, process, faults)
    if node.inputs and node.type in ("startEvent", "intermediateCatchEvent", "boundaryEvent"):
        faults.add(node.id, "mapping-place", "เหตุการณ์ที่รอรับไม่มีข้อมูลขาเข้า", "An event that catches has no input mappings.")
    for event in events_of(node):
        if set(event.variable_events) - {"create", "update"}:
            faults.add(
                node.id, "condition-filter", "variableEvents มีได้เฉพาะ create และ update",
                "The variableEvents of a zeebe:conditionalFilter are create and update.",
            )  # fmt: skip
        if event.kind == "timer":
            _check_timer(node, event, process, faults)
        elif event.kind == "message":
            _check_message(node, event, process, faults)
        elif event.kind == "compensation":
            _check_compensation(node, event, process, faults)
        elif event.kind == "cancel" and node.type == "endEvent":
            _check_cancel_end(node, process, faults)
    if (
        len(events_of(node)) > 1
        and _throws(node)
        and any(e.kind not in ("signal", "escalation") for e in events_of(node))
    ):
        faults.add(
            node.id, "multiple-throw", "เหตุการณ์ส่งหลายแบบรองรับเฉพาะสัญญาณและการยกระดับ",
            "A multiple throw event throws signals and escalations only.",
        )  # fmt: skip


def _throws(node: Node) -> bool:
    return node.type in ("endEvent", "intermediateThrowEvent")


def _check_boundary(node: Node, process: Process, faults: FaultList) -> None:
    host = process.nodes.get(node.attached_to or "")
    if host is not None and host.scope != node.scope:
        faults.add(
            node.id, "flow-crosses-scope", "เหตุการณ์ขอบต้องอยู่ในขอบเขตเดียวกับงาน",
            "The boundary event does not stand in the scope of its activity.",
        )  # fmt: skip
    if host is None or host.type not in ACTIVITIES or host.triggered:
        faults.add(
            node.id, "boundary-host", "เหตุการณ์ขอบไม่ได้ติดกับงานในขอบเขตเดียวกัน",
            "The boundary event is attached to no activity of its scope.",
        )  # fmt: skip
        return
    kinds = {e.kind for e in events_of(node)}
    if kinds & {"error", "cancel"} and not node.interrupting:
        faults.add(node.id, "boundary-error", "เหตุการณ์ขอบนี้ต้องหยุดงาน", "An error or cancel boundary event interrupts.")
    throws = any(e.kind == "escalation" for e in thrown_by(host))
    if "escalation" in kinds and host.type not in _ESCALATES and not throws:
        faults.add(
            node.id, "boundary-escalation",
            "เหตุการณ์ยกระดับติดได้กับกระบวนงานย่อย กระบวนงานที่เรียกใช้ หรืองานแบบหลายรายการที่ส่งการยกระดับ",
            "An escalation boundary event stands on a sub-process, a call activity, or a loop that throws one.",
        )  # fmt: skip
    if "cancel" in kinds and host.type != "transaction":
        faults.add(
            node.id,
            "boundary-cancel",
            "เหตุการณ์ยกเลิกติดได้กับธุรกรรมเท่านั้น",
            "A cancel boundary event stands on a transaction only.",
        )
    if "compensation" in kinds:
        _check_handler(node, process, faults)
    elif not node.outgoing:
        faults.add(node.id, "boundary-outgoing", "เหตุการณ์ขอบไม่มีเส้นออก", "No flow leaves the boundary event.")


def _check_handler(node: Node, process: Process, faults: FaultList) -> None:
    handler = process.nodes.get(node.handler or "")
    if handler is None or not handler.for_compensation or handler.scope != node.scope:
        faults.add(
            node.id, "compensation-handler",
            "เหตุการณ์ชดเชยต้องเชื่อม (association) กับงานชดเชย (isForCompensation) ในขอบเขตเดียวกัน",
            "A compensation boundary event is associated with an isForCompensation activity of its scope.",
        )  # fmt: skip
    if node.outgoing:
        faults.add(
            node.id, "compensation-flow", "เหตุการณ์ชดเชยมีเส้นออกไม่ได้", "No flow leaves a compensation boundary event."
        )


def _check_time(node: Node, event: Event, faults: FaultList) -> None:
    """A time that is written down, rather than computed, must be one."""
    text = event.expression
    if event.timer is None or text is None or is_feel(text):
        return

    def read() -> object:
        if event.timer == "cycle":
            return next_of_cycle(parse_cycle(text), SAMPLE, 0, SAMPLE, ZONE)
        return (due_of_date if event.timer == "date" else due_of_duration)(text, SAMPLE, ZONE)

    checked_time(node.id, "timer", text, faults, read)


def _check_timer(node: Node, event: Event, process: Process, faults: FaultList) -> None:
    _check_time(node, event, faults)
    inside = process.nodes.get(node.scope or "")
    in_event_sub_process = inside is not None and inside.triggered
    if event.timer == "cycle":
        repeats = (node.type == "boundaryEvent" or in_event_sub_process) and not node.interrupting
        starts = node.type == "startEvent" and node.scope is None
        if not repeats and not starts:
            faults.add(
                node.id, "timer-cycle", "ตัวจับเวลาแบบวนรอบใช้ได้เมื่อเริ่มกระบวนงาน หรือกับเหตุการณ์ที่ไม่หยุดงาน",
                "A cycle timer starts a process, or stands on a non-interrupting event.",
            )  # fmt: skip


def _check_message(node: Node, event: Event, process: Process, faults: FaultList) -> None:
    starts_process = node.type == "startEvent" and node.scope is None
    before = (process.nodes.get(process.flows[f].source) for f in node.incoming)
    # behind a parallel gateway an instance waits for it, too, when another event came first
    alone = any(n is not None and n.instantiate and not n.parallel for n in before)
    starts_process = starts_process or node.instantiate or alone
    if _throws(node) or starts_process or event.correlation_key is not None:
        return
    faults.add(
        node.id, "correlation-key", "ข้อความที่รอรับไม่มี zeebe:subscription correlationKey",
        "The message has no zeebe:subscription with a correlationKey.",
    )  # fmt: skip


def check_links(process: Process, faults: FaultList) -> None:
    """Links of a name in a scope: several that throw, one that catches (10.5.5)."""
    ends: dict[tuple[str | None, str | None], list[Node]] = {}
    for node in process.nodes.values():
        if node.event is not None and node.event.kind == "link":
            ends.setdefault((node.scope, node.event.name), []).append(node)
    for (_, name), same in ends.items():
        kinds = Counter(node.type for node in same)
        for node in same:
            if kinds["intermediateCatchEvent"] > 1:
                faults.add(
                    node.id, "link-repeated", f"ลิงก์ {name} มีปลายทางมากกว่าหนึ่งจุด",
                    f"Link {name} has several catch events in its scope.",
                )  # fmt: skip
            if not kinds["intermediateCatchEvent"] or not kinds["intermediateThrowEvent"]:
                faults.add(
                    node.id, "link-pair", f"ลิงก์ {name} ต้องมีปลายทางหนึ่งจุดและต้นทางอย่างน้อยหนึ่งจุด",
                    f"Link {name} needs exactly one catch and at least one throw in its scope.",
                )  # fmt: skip


def _check_compensation(node: Node, event: Event, process: Process, faults: FaultList) -> None:
    if not _throws(node) or event.activity is None:
        return
    named = process.nodes.get(event.activity)
    if named is None or named.type not in ACTIVITIES:
        faults.add(
            node.id, "compensation-activity", f"ไม่รู้จักงาน {event.activity} ที่ให้ชดเชย",
            f"The compensation event names the unknown activity {event.activity}.",
        )  # fmt: skip


def _check_cancel_end(node: Node, process: Process, faults: FaultList) -> None:
    around = process.nodes.get(node.scope or "")
    if around is None or around.type != "transaction":
        faults.add(
            node.id, "cancel-place", "เหตุการณ์ยกเลิกอยู่ได้ในธุรกรรมเท่านั้น", "A cancel end event stands in a transaction only."
        )
