"""What may stand once only: of two that wait for the same, nobody could say which one comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Event, Node, Process


def check_repeated(process: Process, faults: FaultList) -> None:
    """Check what stands twice in the process or beside the same activity, gateway or scope."""
    _check_starts(process, faults)
    _check_steps(process, faults)
    for node in process.nodes.values():
        _check_boundaries(node, process, faults)
        if node.type == "eventBasedGateway":
            _check_gateway(node, process, faults)
    for scope in {node.scope: None for node in process.nodes.values()}:
        _check_event_sub_processes(scope, process, faults)


def _twice(nodes: Iterable[Node], kind: str) -> list[tuple[Node, Event]]:
    """The nodes, with their event of this kind, whose event is that of another node, too."""
    found = [(n, e) for n in nodes for e in events_of(n) if e.kind == kind]
    count = Counter(_what(event) for _, event in found)
    return [(node, event) for node, event in found if count[_what(event)] > 1]


def _what(event: Event) -> str | None:
    return event.code if event.kind in ("error", "escalation") else event.name


def _check_starts(process: Process, faults: FaultList) -> None:
    for node, event in _twice(process.starts(), "message"):
        faults.add(
            node.id, "message-start-repeated", f"ข้อความ {event.name} เริ่มกระบวนงานได้จุดเดียว",
            f"The message {event.name} starts the process in one place only.",
        )  # fmt: skip
    for node, event in _twice(process.starts(), "signal"):
        faults.add(
            node.id, "signal-start-repeated", f"สัญญาณ {event.name} เริ่มกระบวนงานได้จุดเดียว",
            f"The signal {event.name} starts the process in one place only.",
        )  # fmt: skip


def _check_steps(process: Process, faults: FaultList) -> None:
    count = Counter(n.step.key for n in process.nodes.values() if n.step is not None and n.step.key)
    for node in process.nodes.values():
        if node.step is not None and count[node.step.key] > 1:
            faults.add(
                node.id,
                "step-repeated",
                f"มีขั้นตอน {node.step.key} ซ้ำ",
                f"Several elements are the step {node.step.key}.",
            )


def _check_boundaries(node: Node, process: Process, faults: FaultList) -> None:
    borders = process.boundaries(node.id)
    for border, event in _twice(borders, "error"):
        faults.add(
            border.id, "boundary-error-repeated", f"มีเหตุการณ์ขอบรับข้อผิดพลาด {event.code or 'ใด ๆ'} ซ้ำ",
            f"Several boundary events of the activity catch {event.code or 'every error'}.",
        )  # fmt: skip
    for border, event in _twice(borders, "escalation"):
        faults.add(
            border.id, "boundary-escalation-repeated", f"มีเหตุการณ์ขอบรับการยกระดับ {event.code or 'ใด ๆ'} ซ้ำ",
            f"Several boundary events of the activity catch {event.code or 'every escalation'}.",
        )  # fmt: skip
    for border, event in _twice(borders, "message"):
        faults.add(
            border.id, "boundary-message-repeated", f"มีเหตุการณ์ขอบรับข้อความ {event.name} ซ้ำ",
            f"Several boundary events of the activity wait for the message {event.name}.",
        )  # fmt: skip
    for border, _ in _twice(borders, "compensation"):
        faults.add(
            border.id, "compensation-repeated", "งานหนึ่งมีเหตุการณ์ชดเชยได้จุดเดียว",
            "An activity has one compensation boundary event.",
        )  # fmt: skip


def _check_gateway(node: Node, process: Process, faults: FaultList) -> None:
    behind = [process.nodes[t] for f in node.outgoing if (t := process.flows[f].target) in process.nodes]
    for target, event in _twice(behind, "message"):
        faults.add(
            target.id, "event-gateway-message", f"มีเหตุการณ์รอข้อความ {event.name} ซ้ำหลังเกตเวย์เดียวกัน",
            f"Several events behind the gateway wait for the message {event.name}.",
        )  # fmt: skip


def _check_event_sub_processes(scope: str | None, process: Process, faults: FaultList) -> None:
    starts = [start for _, start in process.event_sub_processes(scope)]
    for kind in ("error", "escalation", "message", "compensation"):
        for start, _ in _twice(starts, kind):
            faults.add(
                start.id, "event-sub-process-repeated", "มีกระบวนงานย่อยตามเหตุการณ์ที่เริ่มด้วยเหตุการณ์เดียวกัน",
                "Several event sub-processes of the scope start with the same event.",
            )  # fmt: skip
