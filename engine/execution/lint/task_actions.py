"""Check what people may do with a task besides completing it: have it signed, send the case back, take it back."""

from __future__ import annotations

from engine.execution.lint.reach import Scope, scopes, splits
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node, Process

_TOGETHER = {"parallelGateway", "inclusiveGateway", "complexGateway"}


def check_task_actions(process: Process, faults: FaultList) -> None:
    """Note every fault, in document order."""
    around = scopes(process) if any(n.return_to for n in process.nodes.values()) else {}
    for node in process.nodes.values():
        if node.co_sign is not None and not _is_native(node):
            faults.add(
                node.id, "co-sign-place", "krabuan:coSign ต้องอยู่ที่งานที่มี zeebe:userTask",
                "krabuan:coSign stands on user tasks with zeebe:userTask.",
            )  # fmt: skip
        if node.return_to:
            _check_return(node, process, around[node.scope], faults)
        if node.recall:
            _check_recall(node, process, faults)


def _is_native(node: Node) -> bool:
    return node.type == "userTask" and node.human is not None and node.human.native


def _is_single(node: Node) -> bool:
    """Whether it is a native user task that is done once at a time."""
    return _is_native(node) and node.loop is None and not node.for_compensation


def _check_return(node: Node, process: Process, scope: Scope, faults: FaultList) -> None:
    if not _is_single(node):
        faults.add(
            node.id, "return-place", "krabuan:return ต้องอยู่ที่งานที่มี zeebe:userTask และไม่ทำซ้ำ",
            "krabuan:return stands on a user task with zeebe:userTask that is in no loop of its own.",
        )  # fmt: skip
    for aim in node.return_to:
        target = process.nodes.get(aim)
        if target is None or target is node or not _is_single(target) or target.scope != node.scope:
            faults.add(
                node.id, "return-target", f"ส่งกลับไปที่ {aim} ไม่ได้ ต้องเป็นงานก่อนหน้าในขอบเขตเดียวกัน",
                f"The case is sent back to another user task of the same scope, which {aim} is not.",
            )  # fmt: skip
        elif not _leads_alone(aim, node, process, scope):
            faults.add(
                node.id, "return-way", f"ส่งกลับไปที่ {aim} ไม่ได้ เพราะทางจากงานนั้นมาถึงงานนี้ไม่ใช่ทางเดียว",
                f"The case is not sent back to {aim}: from there no way leads here, or several at once do.",
            )  # fmt: skip


def _leads_alone(aim: str, node: Node, process: Process, scope: Scope) -> bool:
    """Whether one token that is put on the aim comes back to the node, and meets no place where others are awaited."""
    between = [n for n in scope.reached([aim]) if n != node.id and node.id in scope.reached([n])]
    nodes = [process.nodes[n] for n in between]
    return aim in between and not any(splits(n) or n.type in _TOGETHER for n in nodes)


def _check_recall(node: Node, process: Process, faults: FaultList) -> None:
    if not _is_single(node) or node.listeners or (node.human is not None and node.human.listens("completing")):
        faults.add(
            node.id, "recall-place", "krabuan:recall ต้องอยู่ที่งานที่มี zeebe:userTask ไม่ทำซ้ำ และไม่มีตัวรับฟังเมื่อเสร็จ",
            "krabuan:recall stands on a user task with zeebe:userTask, in no loop, whose end nothing listens to.",
        )  # fmt: skip
        return
    found = following(node, process)
    if not any(_is_single(n) for n in found) or not all(_may_follow(n) for n in found) or len(node.outgoing) != 1:
        faults.add(
            node.id, "recall-next", "งานที่ดึงกลับได้ต้องมีงานของเจ้าหน้าที่ตามมาทันที",
            "What follows a task that can be recalled are user tasks, or the end, perhaps behind exclusive gateways.",
        )  # fmt: skip


def _may_follow(node: Node) -> bool:
    end = node.type == "endEvent" and node.event is None
    return end or (_is_single(node) and not node.listeners and node.start_quantity == 1)


def following(node: Node, process: Process) -> list[Node]:
    """What a token comes to next from a node, exclusive gateways passed."""
    found: dict[str, Node] = {}
    seen: set[str] = set()
    todo = [process.flows[f].target for f in node.outgoing]
    while todo:
        at = process.nodes[todo.pop()]
        if at.type == "exclusiveGateway" and at.id not in seen:
            seen.add(at.id)
            todo += [process.flows[f].target for f in at.outgoing]
        elif at.type != "exclusiveGateway":
            found[at.id] = at
    return list(found.values())
