"""What the manuals say (`krabuan:`): control points, duties, deadlines and reminders refer to what exists."""

from __future__ import annotations

from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node, Process


def check_control_points(node: Node, process: Process, faults: FaultList) -> None:
    """Control points stand on user tasks and name what exists; so do duties."""
    if node.control_points and node.type != "userTask":
        faults.add(
            node.id, "control-point-place", "จุดควบคุมต้องอยู่ที่งานของเจ้าหน้าที่",
            "Control points stand on user tasks, which they keep from being completed.",
        )  # fmt: skip
    known = {d.id for d in process.deadlines}
    for point in node.control_points:
        if point.evidence.deadline_id is not None and point.evidence.deadline_id not in known:
            faults.add(
                node.id, "deadline-unknown", f"ไม่รู้จักกำหนดเวลา {point.evidence.deadline_id}",
                f"Control point {point.id} names the unknown deadline {point.evidence.deadline_id}.",
            )  # fmt: skip
    for duty in node.duties:
        if duty.element != "starter" and duty.element not in process.nodes:
            faults.add(node.id, "duty", f"ไม่รู้จัก {duty.element}", f"krabuan:duty names the unknown {duty.element}.")


def check_deadlines(process: Process, faults: FaultList) -> None:
    """Deadlines and reminders name what exists."""
    for deadline in process.deadlines:
        if deadline.stopped_by is not None and deadline.stopped_by not in process.nodes:
            faults.add(
                deadline.scope or process.id, "deadline-stop", f"ไม่รู้จัก {deadline.stopped_by}",
                f"Deadline {deadline.id} is stopped by the unknown element {deadline.stopped_by}.",
            )  # fmt: skip
    known = {d.id for d in process.deadlines}
    for owner, reminders in [(process.id, process.reminders)] + [(n.id, n.reminders) for n in process.nodes.values()]:
        for reminder in reminders:
            if reminder.deadline is not None and reminder.deadline not in known:
                faults.add(
                    owner,
                    "deadline-unknown",
                    f"ไม่รู้จักกำหนดเวลา {reminder.deadline}",
                    f"Unknown deadline {reminder.deadline}.",
                )
