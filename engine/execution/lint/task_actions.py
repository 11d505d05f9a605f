"""Check what people may do with a task besides completing it."""

from __future__ import annotations

from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node


def check_task_actions(node: Node, faults: FaultList) -> None:
    """Note every fault of a node."""
    if node.co_sign is not None and (node.human is None or not node.human.native or node.type != "userTask"):
        faults.add(
            node.id, "co-sign-place", "krabuan:coSign ต้องอยู่ที่งานที่มี zeebe:userTask",
            "krabuan:coSign stands on user tasks with zeebe:userTask.",
        )  # fmt: skip
