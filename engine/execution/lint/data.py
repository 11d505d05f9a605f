"""Data as variables (BPMN 2.0.2, 10.4): names that FEEL can read, each once in its scope, inputs that are filled."""

from __future__ import annotations

from collections import Counter

from engine.execution.lint.values import check_name
from engine.execution.reader.faults import FaultList
from engine.model.data import DataElement, NodeData
from engine.model.diagram import Node, Process

_TAKES_NOTHING = ("link", "terminate", "cancel")  # events that carry out no input association


def check_data(process: Process, faults: FaultList) -> None:
    """Check the data of the process and of each of its nodes."""
    _check_names(process.id, process.data, faults)
    starters = [n for n in process.nodes.values() if n.instantiate]
    if starters and any(s.required for s in process.data.input_sets):
        faults.add(
            starters[0].id, "data-process-inputs", "กระบวนงานที่ต้องมีข้อมูลขาเข้าต้องเริ่มที่เหตุการณ์เริ่มต้น",
            "A process that requires data inputs begins at start events.",
        )  # fmt: skip
    for node in process.nodes.values():
        _check_names(node.id, node.data, faults)
        _check_filled(node, faults)
        if node.data.fills and node.event is not None and node.event.kind in _TAKES_NOTHING:
            faults.add(
                node.id, "data-event-fill", "เหตุการณ์นี้ไม่รับข้อมูลขาเข้า",
                "This event takes no data: its data input association would do nothing.",
            )  # fmt: skip


def _variables(data: NodeData) -> list[DataElement]:
    """The variables of a scope: what it declares and its inputs, each once."""
    return list(dict.fromkeys((*data.declared, *data.inputs)))


def _check_names(owner: str, data: NodeData, faults: FaultList) -> None:
    found = _variables(data)
    count = Counter(e.name for e in found)
    for element in found:
        id_ = element.id if element.kind in ("object", "property", "store") and " " not in element.id else owner
        check_name(id_, element.name, faults)
        if count[element.name] > 1:
            faults.add(
                id_, "data-name-repeated", f"มีข้อมูลชื่อ {element.name} ซ้ำในขอบเขตเดียวกัน",
                f"Several data elements of one scope are called {element.name}.",
            )  # fmt: skip


def _check_filled(node: Node, faults: FaultList) -> None:
    """An input that is required and that no association fills would keep its activity from ever beginning."""
    filled = {a.target.id for a in node.data.fills}
    for element in dict.fromkeys(e for s in node.data.input_sets for e in s.required):
        if element.id not in filled:
            faults.add(
                node.id, "data-input-unfilled", f"ไม่มีเส้นข้อมูลเข้าสู่ {element.name} ซึ่งจำเป็นต้องมี",
                f"No data association fills the required data input {element.name}.",
            )  # fmt: skip
