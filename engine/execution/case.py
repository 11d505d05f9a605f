"""A running process instance as the engine drives it: start, complete, trigger, correct, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution import data, waits
from engine.execution.catching import find, throw_error, throw_escalation
from engine.execution.effects import Assigned, IncidentClosed, InstanceEnded
from engine.execution.failures import ElementFailure, NotWaiting
from engine.execution.firing import fire
from engine.execution.specs.ad_hoc import AdHocSpec
from engine.execution.specs.base import deliver
from engine.execution.specs.build import ROOT
from engine.execution.specs.call_activity import CallSpec
from engine.execution.token import Token
from engine.execution.tokens import Tokens
from engine.execution.variables import ScopeView


class Case(Tokens):
    """One process instance in memory. Not thread-safe; lives as long as one command.

    Every operation runs until all tokens wait again.
    """

    def start(
        self, variables: Mapping[str, Any], element_id: str | None = None, assigned: Assigned | None = None
    ) -> None:
        """Begin at a start event (the none start event by default) and run until all tokens wait.

        A global task is done by whom its call names in `assigned`, if it names somebody.
        """
        node = self.process.nodes[element_id] if element_id else self.process.none_start
        assert node is not None, "the caller chose a process that can be started"
        root = Token(self, self.spec.task_specs[ROOT], None, TaskState.READY, self.key)
        root.internal_data["start"] = node.id
        if assigned is not None:
            root.internal_data["assigned"] = [assigned.assignee, list(assigned.candidate_groups)]
        self.task_tree = root
        self.begin(root)
        # what a message brings is mapped by the event that it starts; what a person enters is the case's
        brought = bool(node.outputs or node.data.declared) and node.event is not None and node.event.kind != "none"
        self.variables.set_local(self.key, {} if brought else variables)
        root.internal_data["results"] = dict(variables) if brought else {}
        self._enqueue(root)
        self.advance()

    def complete(self, task_key: int, results: Mapping[str, Any]) -> None:
        """A user task, job or child instance is done: take its results and go on.

        Raises NotWaiting when that element instance does not wait.
        """
        task = self._waiting(task_key)
        deliver(task, self, dict(results))
        self.proceed(task)
        self.advance()

    def complete_call(self, task_key: int, variables: Mapping[str, Any]) -> None:
        """A child instance completed with these variables. Raises NotWaiting."""
        task = self._waiting(task_key)
        spec = task.task_spec
        assert isinstance(spec, CallSpec)
        variables = data.take(self, task, dict(variables))
        if spec.node.outputs:
            self.variables.set_local(task.id, variables)
        elif spec.takes_everything:
            self.variables.merge(task.id, variables)
        self.proceed(task)
        self.advance()

    def trigger(self, task_key: int, wait_key: int, results: Mapping[str, Any]) -> None:
        """A timer, message or signal came for which an element instance waits. Raises NotWaiting."""
        task = self.tasks.get(task_key)
        wait = next((w for w in waits.of(task) if w["key"] == wait_key), None) if task else None
        if task is None or wait is None:
            raise NotWaiting(f"{task_key} does not wait for {wait_key}")
        fire(self, task, wait, dict(results))
        self.advance()

    def waits_for(self, task_key: int, wait_key: int) -> bool:
        """Whether an element instance still waits for this timer, message or signal."""
        task = self.tasks.get(task_key)
        return task is not None and any(w["key"] == wait_key for w in waits.of(task))

    def throw_error_at(self, task_key: int, code: str, message: str, variables: Mapping[str, Any]) -> None:
        """A job or a child instance ended with a BPMN error. Raises NotWaiting.

        An error that nothing catches becomes an incident of the element.
        """
        task = self._waiting(task_key)
        try:
            throw_error(self, task, code, message, dict(variables))
        except ElementFailure as failure:
            self._incident(task, failure)
        self.advance()

    def catches(self, task_key: int, code: str) -> bool:
        """Whether a boundary event here, or further out, catches an error of this element instance."""
        task = self.tasks.get(task_key)
        return task is not None and (find(self, task, "error", code) is not None or self.host.outer_catches(self, code))

    def escalate_at(self, task_key: int, code: str, variables: Mapping[str, Any]) -> None:
        """A child instance threw an escalation that it did not catch itself. Raises NotWaiting."""
        throw_escalation(self, self._waiting(task_key), code, dict(variables))
        self.advance()

    def activate_ad_hoc(self, task_key: int, elements: list[str]) -> None:
        """Begin more elements of an open ad-hoc sub-process. Raises NotWaiting."""
        task = self._waiting(task_key)
        if not isinstance(task.task_spec, AdHocSpec):
            raise NotWaiting(f"{task_key} is no ad-hoc sub-process")
        task.task_spec.activate(task, self, elements)
        self.advance()

    def set_variables(self, scope_key: int, values: Mapping[str, Any], local: bool) -> None:
        """Change variables from outside, in this very scope or outward. Raises NotWaiting."""
        if scope_key not in self.tasks:
            raise NotWaiting(f"{scope_key} is no scope of this instance")
        if local:
            self.variables.set_local(scope_key, values)
        else:
            self.variables.merge(scope_key, values)
        self.advance()

    def resolve(self, task_key: int) -> None:
        """Run the step of an element again whose incident's cause is repaired. Raises NotWaiting."""
        task = self.tasks.get(task_key)
        if task is None or "incident" not in task.internal_data:
            raise NotWaiting(f"{task_key} has no incident of its own")
        self.emit(IncidentClosed(task.internal_data.pop("incident")))
        self._enqueue(task)
        self.advance()

    def fail(self, task_key: int, error_type: str, message: str) -> None:
        """What a waiting element asked for cannot be had: an incident; resolving it asks again.

        Raises NotWaiting.
        """
        self._incident(self._waiting(task_key), ElementFailure(error_type, message))

    def begun_at(self, task_key: int) -> dict[str, datetime]:
        """When an element instance and the scopes around it began, by element id, innermost first."""
        found: dict[str, datetime] = {}
        task = self.tasks.get(task_key)
        while task is not None:
            if "begun" in task.internal_data:
                found.setdefault(task.task_spec.node.id, datetime.fromisoformat(task.internal_data["begun"]))
            task = task.parent
        return found

    def around(self, task_key: int) -> list[int]:
        """The keys of the element instances around one, innermost first; the process is the last."""
        task = self.tasks.get(task_key)
        return list(self._around(task)) if task is not None else []

    def running(self, element_id: str) -> list[int]:
        """The keys of an element's instances that run now; a loop's body is none."""
        return [
            key for key, task in self.tasks.items()
            if task.task_spec.node.id == element_id and "begun" in task.internal_data
            and task.task_spec.element_type != "MULTI_INSTANCE_BODY"
        ]  # fmt: skip

    def cancel_all(self) -> None:
        """Terminate the instance."""
        root = self.task_tree
        assert root is not None
        variables = self.variables.local(root.id)
        self.terminate(root)
        self.emit(InstanceEnded(False, variables))

    def scope_of(self, task_key: int) -> ScopeView:
        """What an expression at a waiting element reads. Raises NotWaiting."""
        return self.scope(self._waiting(task_key))

    def _waiting(self, task_key: int) -> Task:
        task = self.tasks.get(task_key)
        if task is None or task._state != TaskState.STARTED or "incident" in task.internal_data:
            raise NotWaiting(f"{task_key} does not wait")
        return task
