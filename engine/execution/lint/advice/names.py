"""What people read: names of what is done, of what happens, of the ways out of a choice; English beside Thai."""

from __future__ import annotations

import re

from engine.execution.lint.flows import ACTIVITIES
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node, Process

_CHOOSING = {"exclusiveGateway", "inclusiveGateway", "complexGateway"}
_THAI = re.compile("[\u0e00-\u0e7f]")


def advise_names(process: Process, faults: FaultList) -> None:
    """Note what has no name, and in a process of a manual what has none in English."""
    for node in process.nodes.values():
        if not node.name.strip() and _is_read(node):
            faults.warn(
                node.id, "name-missing", f"{node.type} ไม่มีชื่อ ผู้ใช้จะเห็นแต่รหัส {node.id}",
                f"This {node.type} has no name; people see its id {node.id}.",
            )  # fmt: skip
    for flow in process.flows.values():
        if flow.condition is not None and not flow.name.strip():
            faults.warn(
                flow.id, "condition-name", "เส้นทางที่มีเงื่อนไขไม่มีชื่อ แผนภาพจึงไม่บอกว่าเลือกเมื่อใด",
                "A flow with a condition has no name, so that the diagram does not say when it is taken.",
            )  # fmt: skip
    if _of_a_manual(process):
        _advise_english(process, faults)


def _is_read(node: Node) -> bool:
    """A none event says all it has to by its circle."""
    if node.type in ACTIVITIES:
        return True
    if node.type.endswith("Event"):
        return node.event is not None and node.event.kind != "none"
    return node.type in _CHOOSING and len(node.outgoing) > 1


def _of_a_manual(process: Process) -> bool:
    """Whether the diagram says what a manual says (krabuan:process or krabuan:step)."""
    facts = process.facts
    return bool(facts.source or facts.owner_unit or facts.texts) or any(n.step for n in process.nodes.values())


def _advise_english(process: Process, faults: FaultList) -> None:
    named = [(process.id, process.name, process.name_en), *((n.id, n.name, n.name_en) for n in process.nodes.values())]
    for id_, name, english in named:
        if _THAI.search(name) and not english:
            faults.warn(
                id_, "english-missing", f"ไม่มีชื่อภาษาอังกฤษ (krabuan:text lang=\"en\") ของ {name}",
                f"{name} has no English name (krabuan:text lang=\"en\").",
            )  # fmt: skip
