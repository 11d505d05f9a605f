"""Start, end, intermediate and boundary events (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import data, waits
from engine.execution.catching import throw_error, throw_escalation
from engine.execution.effects import JobsEnded, SignalThrown
from engine.execution.expressions import text
from engine.execution.specs.activities import ask_for_job
from engine.execution.specs.base import ElementSpec, deliver, map_inputs

if TYPE_CHECKING:
    from engine.execution.case import Case


class StartSpec(ElementSpec):
    """A start event: the variables that started it are the scope's already."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Pass through, with what a message or signal brought."""
        results = task.internal_data.pop("results", {})
        if any(e.kind in ("error", "escalation") for e in waits.events_of(self.node)):
            case.variables.set_local(task.parent.id, data.take(case, task, results))
        else:
            deliver(task, case, results)
        return True

    def finish(self, task: Task, case: Case) -> None:
        """The process has what it was started with: are its data inputs there? Raises ElementFailure."""
        super().finish(task, case)
        if task.parent.parent is None:
            data.check_inputs(case, task.parent)


class CatchSpec(ElementSpec):
    """An intermediate catch event: waits, unless an event-based gateway has waited for it."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Open the wait, or take what the gateway received."""
        # an event-based gateway has waited for it; an instantiating one by starting the instance
        if task.internal_data.get("triggered") or "results" in task.internal_data:
            deliver(task, case, task.internal_data.pop("results", {}))
            return True
        if self.node.event is not None and self.node.event.kind == "link":
            return True
        waits.open_all(task, case, [self.node])
        return None


class BoundarySpec(ElementSpec):
    """A boundary event that was triggered: its token is made by the activity it is attached to."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Take what came; an error's variables stay with the event unless it maps them."""
        results = task.internal_data.pop("results", {})
        if any(e.kind in ("error", "escalation") for e in waits.events_of(self.node)):
            case.variables.set_local(task.id, data.take(case, task, results))
        else:
            deliver(task, case, results)
        return True


class ThrowSpec(ElementSpec):
    """An intermediate throw or an end event without work for others: none, signal, escalation, or several.

    An escalation may end the scope of its thrower; then nothing goes on from here.
    """

    merges_results = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Throw, if there is something to throw, and go on."""
        map_inputs(task, case, self.node)
        payload = data.payload(case, task)
        for event in waits.events_of(self.node):
            if event.kind == "signal" and event.name is not None:
                name = text(event.name, case.scope(task), case.environment, "signal name")
                case.emit(SignalThrown(task.id, self.node, name, payload))
            elif event.kind == "escalation" and event.code is not None:
                code = text(event.code, case.scope(task), case.environment, "escalationCode")
                throw_escalation(case, task, code, payload)
                if task.id not in case.tasks:
                    return None
        return True


class LinkThrowSpec(ElementSpec):
    """A link throw event: the token goes on at the catch event of the same name in its scope."""

    def finish(self, task: Task, case: Case) -> None:
        """Put a token on the other end."""
        assert self.node.event is not None
        for node in case.process.nodes.values():
            event = node.event
            if event is None or event.kind != "link" or node.type != "intermediateCatchEvent":
                continue
            if event.name == self.node.event.name and node.scope == self.node.scope:
                case.token(node.id, task.parent)


class TerminateEndSpec(ElementSpec):
    """A terminate end event: everything else in its scope ends with it."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Terminate the scope's other tokens."""
        for other in list(task.parent.children):
            if other is not task:
                case.terminate(other)
        return True


class ErrorEndSpec(ElementSpec):
    """An error end event: thrown outward from its scope."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Throw; the catching activity is terminated and this token with it."""
        assert self.node.event is not None and self.node.event.code is not None
        map_inputs(task, case, self.node)
        code = text(self.node.event.code, case.scope(task), case.environment, "errorCode")
        throw_error(case, task, code, "", data.payload(case, task))
        return None


class JobThrowSpec(ElementSpec):
    """A message throw or end event: done by a worker, as Camunda 8 has it."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Map inputs and ask for the job."""
        assert self.node.job is not None
        map_inputs(task, case, self.node)
        ask_for_job(task, case, self.node.job)
        return None

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the job."""
        case.emit(JobsEnded(task.id, completed=False))
