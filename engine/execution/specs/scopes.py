"""Elements that hold tokens of their own: the process, the sub-process, the event sub-process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.data import check_outputs, declare
from engine.execution.effects import InstanceEnded
from engine.execution.specs.activities import ActivitySpec, isinstance_of_loop
from engine.execution.specs.base import ElementSpec, map_inputs
from engine.execution.starts import together
from engine.model.diagram import Node

if TYPE_CHECKING:
    from engine.execution.case import Case


class ProcessSpec(ElementSpec):
    """The process itself: the root of the tree; its key is the instance's."""

    element_type = "PROCESS"

    def enter(self, task: Task, case: Case) -> bool | None:
        """Wait for what starts its event sub-processes, and put a token on the start event; on every event
        behind an instantiating parallel gateway, of which one has come (13.2)."""
        declare(case, task)
        waits.open_all(task, case, [start for _, start in case.process.event_sub_processes(None)])
        data = task.internal_data
        start = data.pop("start")
        case.token(start, task, results=data.pop("results", {}))
        for other in together(case.process, start):  # whose events are yet to come
            if other.id != start:
                case.token(other.id, task)
        return None

    def inner_done(self, task: Task, case: Case) -> None:
        """The last token is gone: the instance is complete. Raises ElementFailure when a data output is missing."""
        check_outputs(case, task)
        variables = case.variables.local(task.id)
        case.end(task, completed=True)
        case.emit(InstanceEnded(True, variables))


class SubProcessSpec(ActivitySpec):
    """Embedded sub-process or transaction (10.3.5): ends with its last token.

    It begins at its none start event; without one, at every activity and gateway that no flow leads to.
    """

    merges_results = False

    def open(self, task: Task, case: Case) -> None:
        """Map inputs; wait for boundary events and for what starts its event sub-processes."""
        if not task.internal_data.get("mapped"):
            map_inputs(task, case, self.node)
            task.internal_data["mapped"] = True
        events = [] if isinstance_of_loop(task) else list(case.process.boundaries(self.node.id))
        events += [start for _, start in case.process.event_sub_processes(self.node.id)]
        waits.open_all(task, case, events)

    def act(self, task: Task, case: Case) -> bool | None:
        """Put tokens where it begins."""
        begins = beginnings(case.process.nodes.values(), self.node.id)
        for node in begins:
            case.token(node.id, task)
        return None if begins else True

    def inner_done(self, task: Task, case: Case) -> None:
        """The last token is gone: go on."""
        case.proceed(task)


class EventSubProcessSpec(ActivitySpec):
    """Event sub-process (10.3.5.2): begins with the event that started it."""

    merges_results = False

    def open(self, task: Task, case: Case) -> None:
        """Map inputs; wait for what starts event sub-processes inside."""
        if not task.internal_data.get("mapped"):
            map_inputs(task, case, self.node)
            task.internal_data["mapped"] = True
        waits.open_all(task, case, [start for _, start in case.process.event_sub_processes(self.node.id)])

    def act(self, task: Task, case: Case) -> bool | None:
        """Put a token on the start event, with what the event brought."""
        data = task.internal_data
        case.token(data["trigger"], task, results=data.pop("results", {}))
        return None

    def inner_done(self, task: Task, case: Case) -> None:
        """The last token is gone: it ends, and with it perhaps the scope."""
        case.proceed(task)


def beginnings(nodes: Iterable[Node], scope: str) -> list[Node]:
    """Where a scope begins: its start event, else every node that no flow leads to (10.3.5)."""
    inside = [n for n in nodes if n.scope == scope]
    starts = [n for n in inside if n.type == "startEvent"]
    if starts:
        return starts[:1]
    return [
        n for n in inside if not n.incoming and n.attached_to is None and not n.triggered and not n.for_compensation
    ]
