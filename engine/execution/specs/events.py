"""Start, end, intermediate and boundary events (BPMN 2.0.2, section 10.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import waits
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
        deliver(task, case, task.internal_data.pop("results", {}))
        return True


class CatchSpec(ElementSpec):
    """An intermediate catch event: waits, unless an event-based gateway has waited for it."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Open the wait, or take what the gateway received."""
        if task.internal_data.get("triggered"):
            deliver(task, case, task.internal_data.pop("results", {}))
            return True
        waits.open_all(task, case, [self.node])
        return None


class BoundarySpec(ElementSpec):
    """A boundary event that was triggered: its token is made by the activity it is attached to."""

    def enter(self, task: Task, case: Case) -> bool | None:
        """Take what came; an error's variables stay with the event unless it maps them."""
        results = task.internal_data.pop("results", {})
        if self.node.event is not None and self.node.event.kind == "error":
            case.variables.set_local(task.id, results)
        else:
            deliver(task, case, results)
        return True


class ThrowSpec(ElementSpec):
    """A none or signal throw event."""

    merges_results = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Throw, if there is something to throw, and go on."""
        throw_signal(self, task, case)
        return True


class EndSpec(ElementSpec):
    """A none or signal end event: the token ends."""

    merges_results = False

    def enter(self, task: Task, case: Case) -> bool | None:
        """Throw, if there is something to throw, and end."""
        throw_signal(self, task, case)
        return True


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
        case.throw_error(task, code, "", case.variables.local(task.id))
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


def throw_signal(spec: ElementSpec, task: Task, case: Case) -> None:
    """Broadcast the event's signal after the commit, with its mapped inputs as variables."""
    event = spec.node.event
    map_inputs(task, case, spec.node)
    if event is not None and event.kind == "signal" and event.name is not None:
        name = text(event.name, case.scope(task), case.environment, "signal name")
        case.emit(SignalThrown(task.id, spec.node, name, case.variables.local(task.id)))
