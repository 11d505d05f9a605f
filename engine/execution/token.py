"""A token: one task of SpiffWorkflow's tree, without what only its own loop needs.

Spiff gives each task a random id, a thread and a clock, and describes every change of state to its
log; with thousands of tokens that costs more than everything else.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.workflow import Workflow


class Token(Task):  # type: ignore[misc]
    """An element instance: where it is (`task_spec`), in which scope (`parent`), and its `internal_data`."""

    def __init__(self, workflow: Workflow, spec: TaskSpec, scope: Task | None, state: int, key: int) -> None:
        self.id = key
        self.workflow = workflow
        self.task_spec = spec
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        self._state = state
        self._children: list[int] = []
        self._parent = None if scope is None else scope.id
        workflow.tasks[key] = self
        if scope is not None:
            scope._children.append(key)

    def _set_state(self, value: int) -> None:
        self._state = value
