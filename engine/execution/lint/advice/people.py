"""User tasks that reach nobody."""

from __future__ import annotations

from engine.execution.reader.faults import FaultList
from engine.model.diagram import Process
from engine.model.work import HumanTask


def advise_people(process: Process, faults: FaultList) -> None:
    """Note tasks that no inbox shows."""
    for node in process.nodes.values():
        if node.type != "userTask" or node.human is None:
            continue
        if not node.human.native:
            faults.warn(
                node.id, "task-not-native", "งานนี้ไม่มี zeebe:userTask จึงเป็นงานของโปรแกรม ไม่อยู่ในกล่องงานของผู้ใด",
                "Without zeebe:userTask this is a job for a program; it is in nobody's inbox.",
            )  # fmt: skip
        elif not _has_somebody(node.human):
            form = node.human.form is not None or node.human.external_form is not None
            th, en = ("", "") if form else (" ทั้งไม่มีแบบฟอร์ม", " and no form")
            faults.warn(
                node.id, "task-unassigned", f"งานนี้ไม่มีผู้รับผิดชอบหรือกลุ่ม{th} จึงไม่มีใครเห็นในกล่องงานของตน",
                f"This task has no assignee, no candidates{en}; it is in nobody's inbox.",
            )  # fmt: skip


def _has_somebody(human: HumanTask) -> bool:
    return any((text or "").strip() for text in (human.assignee, human.candidate_groups, human.candidate_users))
