"""Where a token can be put by hand, and why not: what holds without putting one there."""

from __future__ import annotations

from engine.execution.case import Case
from engine.execution.failures import NotPossible
from engine.model.diagram import Node
from engine.model.faults import Fault

NO_SCOPE_AROUND = ("องค์ประกอบที่อ้างไม่ใช่ขอบเขตของเป้าหมาย", "the element that is named is no running scope around it")


def refused(element_id: str | None, rule: str, th: str, en: str) -> NotPossible:
    return NotPossible([Fault("", element_id, rule, th, en)])


def refuse_listening(case: Case) -> None:
    """Raise NotPossible while the case waits for listeners of the process itself."""
    if case.task_tree is not None and "listening" in case.task_tree.internal_data:
        th, en = "เรื่องนี้กำลังรอตัวรับฟังของกระบวนงาน จึงย้ายโทเคนไม่ได้", "it waits for listeners of the process"
        raise refused(case.process.id, "listening", th, en)


def node_to_begin(case: Case, element_id: str) -> Node:
    """An element that can be activated. Raises NotPossible for another one, and for none."""
    node = case.process.nodes.get(element_id)
    if node is None:
        raise refused(element_id, "unknown-element", "ไม่มีองค์ประกอบนี้ในแผนภาพ", "there is no such element")
    reason = _not_to_be_activated(case, node)
    if reason is not None:
        raise refused(node.id, "not-activatable", *reason)
    return node


def _not_to_be_activated(case: Case, node: Node) -> tuple[str, str] | None:
    if node.type in ("startEvent", "boundaryEvent"):
        return "เหตุการณ์เริ่มต้นและเหตุการณ์ที่ขอบเริ่มด้วยมือไม่ได้", "start and boundary events cannot be activated"
    if node.triggered or node.for_compensation:
        return "ส่วนนี้เริ่มได้ด้วยเหตุการณ์เท่านั้น", "only an event can begin it"
    before = [case.process.nodes[case.process.flows[f].source] for f in node.incoming]
    if any(n.type == "eventBasedGateway" for n in before):
        return "ให้เริ่มที่เกตเวย์แบบรอเหตุการณ์ก่อนหน้าแทน", "activate the event-based gateway before it instead"
    return None


def scopes_of(case: Case, node: Node) -> list[Node]:
    """The sub-processes around a node, the outermost first."""
    found: list[Node] = []
    scope = node.scope
    while scope is not None:
        found.insert(0, case.process.nodes[scope])
        scope = found[0].scope
    return found


def refuse_loop(scope: Node) -> None:
    """Raise NotPossible for a scope that runs in rounds, which cannot be opened by hand."""
    if scope.loop is not None:
        th, en = "เปิดรอบใหม่ของกิจกรรมที่ทำซ้ำไม่ได้ ให้ระบุรอบที่ทำอยู่", "a round of a loop cannot be opened; name a running one"
        raise refused(scope.id, "loop", th, en)
