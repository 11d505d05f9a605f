"""Activities: input mappings and boundary events on entry, then what the kind of task does.

BPMN 2.0.2, sections 10.3 and 13.3.2 (the life cycle of an activity).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson
from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.effects import JobCreated, JobsEnded
from engine.execution.expressions import evaluate as evaluate_feel
from engine.execution.expressions import integer, plain, text
from engine.execution.failures import ElementFailure
from engine.execution.specs.base import ElementSpec, deliver
from engine.model.diagram import Node
from engine.model.work import Job, LinkedResource

if TYPE_CHECKING:
    from engine.execution.case import Case


class ActivitySpec(ElementSpec):
    """An activity that passes through: the abstract task and the manual task do nothing here."""

    def arrive(self, task: Task, case: Case) -> bool:
        """An activity that takes several tokens begins with the last of them (startQuantity, 10.3.1); one that
        is activated by hand waits for no further tokens."""
        if task.internal_data.pop("activated", False) or self.node.start_quantity == 1:
            return True
        return _has_tokens(task, case, self.node.start_quantity)

    def enter(self, task: Task, case: Case) -> bool | None:
        """Open it, then act."""
        self.open(task, case)
        return self.act(task, case)

    def open(self, task: Task, case: Case) -> None:
        """Open the boundary events."""
        border = [] if isinstance_of_loop(task) else case.process.boundaries(self.node.id)
        waits.open_all(task, case, [*self.own_waits(), *border])

    def own_waits(self) -> list[Node]:
        """The nodes, beside the events on its border, whose events the activity waits for."""
        return []

    def act(self, task: Task, case: Case) -> bool | None:
        """What the kind of activity does: True when done at once, None when it waits."""
        return True


class JobSpec(ActivitySpec):
    """Service, send, script or business rule task, message throw or end event, done by a worker."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Ask for the job."""
        assert self.node.job is not None
        ask_for_job(task, case, self.node.job)
        return None

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the job."""
        case.emit(JobsEnded(task.id, completed=False))


def _has_tokens(task: Task, case: Case, wanted: int) -> bool:
    """Whether enough tokens have come for the activity to begin; the others are taken in."""
    if "begun" in task.internal_data:
        return True
    here = [t for t in task.parent.children if t.task_spec is task.task_spec and "begun" not in t.internal_data]
    if len(here) < wanted:
        return False
    case.consume([t for t in here if t is not task][: wanted - 1])
    return True


def ask_for_job(task: Task, case: Case, job: Job) -> None:
    """Evaluate a task definition and request the job. Raises ElementFailure, also for a linked resource that
    is not deployed (RESOURCE_NOT_FOUND)."""
    node = task.task_spec.node
    scope, env = case.scope(task), case.environment
    type_ = text(job.type, scope, env, "job type")
    retries = integer(job.retries, scope, env, "job retries", 0, 1000)
    priority = integer(node.job_priority or case.process.job_priority, scope, env, "job priority", -(2**31), 2**31 - 1)
    headers = dict(job.headers)
    if job.resources:
        headers["linkedResources"] = orjson.dumps([_linked(r, scope, case) for r in job.resources]).decode()
    case.emit(JobCreated(case.new_key(), task.id, node, type_, retries, priority, headers))


def _linked(resource: LinkedResource, scope: Mapping[str, Any], case: Case) -> dict[str, str]:
    """What a worker is told of a linked resource: which deployed version it is to use."""
    id_ = text(resource.called.id, scope, case.environment, "resourceId")
    key = case.host.resource_key(case, id_, resource.called)
    if key is None:
        raise ElementFailure("RESOURCE_NOT_FOUND", f"the linked resource {id_} is not deployed")
    return {"resourceKey": str(key), "resourceType": resource.type, "linkName": resource.link_name}


class ScriptSpec(ActivitySpec):
    """Script task: one FEEL expression, its result into a variable."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Evaluate and keep the result."""
        script = self.node.script
        assert script is not None
        value, _ = evaluate_feel(script.expression, case.scope(task), case.environment, "script", "EXTRACT_VALUE_ERROR")
        deliver(task, case, {script.result_variable: plain(value)})
        return True


class ReceiveSpec(ActivitySpec):
    """Receive task: waits for one message."""

    def own_waits(self) -> list[Node]:
        """Its own message, opened together with the events on its border."""
        return [self.node]

    def enter(self, task: Task, case: Case) -> bool | None:
        """The message that started the instance is the one it would wait for."""
        if self.node.instantiate and "results" in task.internal_data:
            deliver(task, case, task.internal_data.pop("results"))
            return True
        return super().enter(task, case)

    def act(self, task: Task, case: Case) -> bool | None:
        """Wait."""
        return None


def isinstance_of_loop(task: Task) -> bool:
    """Whether the task is one instance of a multi-instance activity, whose body has the events."""
    return "loop_index" in task.internal_data
