"""Check a process as a whole before it is deployed: what the BPMN schema cannot say.

Each rule has a stable code, a Thai and an English text; every fault of a file is found in one pass.
"""

from __future__ import annotations

from engine.execution.lint import (
    activities,
    data,
    events,
    flows,
    graph,
    listeners,
    loop_events,
    manual,
    reminders,
    repeated,
    starts,
    task_actions,
    values,
)  # fmt: skip
from engine.execution.reader.faults import FaultList
from engine.model.diagram import Process
from engine.model.faults import Fault


def lint(process: Process, file: str) -> list[Fault]:
    """Every fault of the process, in document order."""
    faults = FaultList(file)
    flows.check_starts(process, faults)
    listeners.check_process_listeners(process, faults)
    for flow in process.flows.values():
        flows.check_flow(flow, process, faults)
    for node in process.nodes.values():
        flows.check_connections(node, process, faults)
        activities.check(node, process, faults)
        events.check(node, process, faults)
        loop_events.check_loop_events(node, process, faults)
        values.check_values(node, process, faults)
        listeners.check_listeners(node, process, faults)
    activities.check_handlers(process, faults)
    events.check_links(process, faults)
    if not any(f.rule == "flow-end-missing" for f in faults.items):
        starts.check_starting(process, faults)
    if not faults.items:  # whose flows lead somewhere
        graph.check_graph(process, faults)
    repeated.check_repeated(process, faults)
    data.check_data(process, faults)
    manual.lint_manual(process, faults)
    reminders.check_reminders(process, faults)
    task_actions.check_task_actions(process, faults)
    return faults.items


__all__ = ["lint"]
