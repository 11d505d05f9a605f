"""Flow that runs, though probably not as it was meant: choices without a way out, gateways that do nothing."""

from __future__ import annotations

from collections import Counter

from engine.execution.lint.reach import Scope, scopes
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Node, Process

_CHOOSING = {"exclusiveGateway", "inclusiveGateway"}


def advise_flow(process: Process, faults: FaultList) -> None:
    """Look at each gateway, each pair of nodes and each scope."""
    for node in process.nodes.values():
        if node.type.endswith("Gateway"):
            _advise_gateway(node, faults)
    for scope in scopes(process).values():
        _advise_joins(scope, faults)
    _advise_repeated(process, faults)
    _advise_ends(process, faults)


def _advise_gateway(node: Node, faults: FaultList) -> None:
    into, out = len(node.incoming), len(node.outgoing)
    if into == 1 and out == 1:
        faults.warn(
            node.id, "gateway-idle", "เกตเวย์นี้มีเส้นเข้าและเส้นออกอย่างละเส้น จึงไม่มีผล",
            "This gateway has one flow in and one out: it does nothing.",
        )  # fmt: skip
    if into > 1 and out > 1:
        faults.warn(
            node.id, "gateway-mixed", "เกตเวย์นี้ทั้งรวมและแยก ควรแยกเป็นสองเกตเวย์เพื่อให้อ่านได้ทางเดียว",
            "This gateway both joins and splits; two gateways can be read in one way only.",
        )  # fmt: skip
    if node.type in _CHOOSING and out > 1 and node.default is None:
        faults.warn(
            node.id, "default-missing", "ไม่มีเส้นทางหลัก หากไม่มีเงื่อนไขใดเป็นจริง เรื่องจะหยุดรอการแก้ไข",
            "There is no default flow: if no condition holds, the case stops with an incident.",
        )  # fmt: skip


def _advise_joins(scope: Scope, faults: FaultList) -> None:
    joins = [n for n in scope.nodes if n.type == "inclusiveGateway" and len(n.incoming) > 1]
    split = scope.behind_splits() if joins else set()
    for join in joins:
        if join.id not in split:
            faults.warn(
                join.id, "inclusive-join-unsplit", "ไม่มีการแยกงานก่อนจุดรวมนี้ จึงมีเพียงงานเดียวมาถึง ใช้เกตเวย์แบบเลือกทางเดียวก็พอ",
                "Nothing before this inclusive join makes more than one token; an exclusive gateway would do.",
            )  # fmt: skip


def _advise_repeated(process: Process, faults: FaultList) -> None:
    """Two flows between the same nodes: the second doubles the token, or is never taken."""
    count = Counter((f.source, f.target) for f in process.flows.values() if f.condition is None)
    for (source, target), times in count.items():
        if times > 1:
            faults.warn(
                source, "flow-repeated", f"มีเส้นลำดับงานไปยัง {target} ซ้ำกัน {times} เส้น",
                f"{times} flows without a condition lead from here to {target}.",
            )  # fmt: skip


def _advise_ends(process: Process, faults: FaultList) -> None:
    """A scope that has a start event says where it ends, too (10.5.3: if there is one of them, there are both)."""
    ended = {n.scope for n in process.nodes.values() if n.type == "endEvent"}
    for scope in {n.scope: None for n in process.nodes.values() if n.type == "startEvent"}:
        if scope not in ended:
            faults.warn(
                scope or process.id, "end-missing", "มีเหตุการณ์เริ่มต้นแต่ไม่มีเหตุการณ์สิ้นสุด",
                "It has a start event and no end event, so that the diagram does not say where it is done.",
            )  # fmt: skip
