"""Compensation throw and end events, and the cancel end event of a transaction (10.5.6, 10.3.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import compensation
from engine.execution.specs.base import ElementSpec, map_inputs
from engine.execution.waits import events_of

if TYPE_CHECKING:
    from engine.execution.case import Case


class CompensateSpec(ElementSpec):
    """Runs the handlers of what completed in its scope and goes on when they are done."""

    merges_results = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Start the handlers, if any."""
        map_inputs(task, case, self.node)
        activity = self.node.event.activity if self.node.event is not None else None
        return None if compensation.begin(case, task, compensation.scope_of(task), activity) else True

    def token_gone(self, task: Task, case: Case) -> None:
        """A handler is done, others still run."""
        compensation.go_on(case, task)

    def inner_done(self, task: Task, case: Case) -> None:
        """No handler runs any more: the next of a series, or go on."""
        compensation.go_on(case, task)
        if not task.children:
            case.proceed(task)


class CancelEndSpec(ElementSpec):
    """Cancels its transaction: what runs in it ends, what completed is compensated, then the cancel
    boundary event takes over."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """End the rest of the transaction and compensate."""
        transaction = task.parent
        for other in list(transaction.children):
            if other is not task:
                case.terminate(other)
        if not compensation.begin(case, task, transaction, None):
            self.inner_done(task, case)
        return None

    def token_gone(self, task: Task, case: Case) -> None:
        """A handler is done, others still run."""
        compensation.go_on(case, task)

    def inner_done(self, task: Task, case: Case) -> None:
        """Everything is compensated: leave the transaction by its cancel boundary event."""
        compensation.go_on(case, task)
        if task.children:
            return
        transaction = task.parent
        scope, node_id = transaction.parent, transaction.task_spec.node.id
        events = [b for b in case.process.boundaries(node_id) if any(e.kind == "cancel" for e in events_of(b))]
        case.terminate(transaction)
        case.token(events[0].id, scope, first=True, results={})
