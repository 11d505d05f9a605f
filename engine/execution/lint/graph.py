"""Where tokens can and cannot get to: nodes in no path from a start, joins that wait for ever."""

from __future__ import annotations

from engine.execution.lint.reach import Scope, scopes
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Process


def check_graph(process: Process, faults: FaultList) -> None:
    """Search each scope from where it begins."""
    for id_, scope in scopes(process).items():
        reached = scope.reached(n.id for n in scope.begins)
        for node in scope.nodes:
            if node.incoming and node.id not in reached:
                faults.add(
                    node.id, "unreachable-cycle", "ไม่มีเส้นทางจากจุดเริ่มต้นมาถึงองค์ประกอบนี้",
                    "No path from a start leads to this element.",
                )  # fmt: skip
        if id_ is None or process.nodes[id_].type != "adHocSubProcess":  # where anything begins at will
            _check_joins(scope, faults)


def _check_joins(scope: Scope, faults: FaultList) -> None:
    """A parallel join needs a token on each flow: one token that nothing before it splits is never enough."""
    joins = [n for n in scope.nodes if n.type == "parallelGateway" and len(n.incoming) > 1]
    if not joins:
        return
    split, several = scope.behind_splits(), scope.behind_several()
    # an instance begins at one of its start events, but at each node without incoming flow
    at_once = scope.reached(n.id for n in scope.begins if n.type != "startEvent")
    for join in joins:
        if join.id not in split and not (join.id in several and join.id in at_once):
            faults.add(
                join.id, "join-never", "จุดรวมแบบขนานนี้ไม่มีวันครบ เพราะไม่มีการแยกงานแบบขนานก่อนหน้า",
                "This parallel join can never complete: nothing before it makes more than one token.",
            )  # fmt: skip
