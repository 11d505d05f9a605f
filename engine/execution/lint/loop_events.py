"""What the instances of a multi-instance activity throw must be able to get somewhere (BPMN 2.0.2, section 10.3.8)."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.model.diagram import Event, MultiInstance, Node, Process


def thrown_by(node: Node) -> Iterator[Event]:
    """The events that the instances of an activity throw when they complete; none when it is no loop."""
    if isinstance(node.loop, MultiInstance):
        for throw in node.loop.throws:
            yield from throw.event.parts or (throw.event,)


def check_loop_events(node: Node, process: Process, faults: FaultList) -> None:
    """A message is thrown to a boundary event of the activity: nobody else gets one without a worker to send it."""
    caught = {e.name for b in process.boundaries(node.id) for e in events_of(b) if e.kind == "message"}
    for event in thrown_by(node):
        if event.kind == "message" and event.name not in caught:
            faults.add(
                node.id, "loop-message-uncaught", f"ข้อความ {event.name or ''} ที่ส่งจากงานแบบหลายรายการไม่มีเหตุการณ์ขอบใดรับ",
                f"No boundary event of the activity catches the message {event.name or ''} that its instances throw.",
            )  # fmt: skip
