"""The tokens of a process instance and the loop that moves them, one at a time.

SpiffWorkflow's task tree holds them: the parent of a task is the scope it runs in. Boundary events
move first, then the order of arrival. What happened is in `effects`, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.execution import compensation, data, waits
from engine.execution.effects import (
    Effect,
    ElementEnded,
    ElementStarted,
    FlowTaken,
    IncidentClosed,
    IncidentRaised,
)
from engine.execution.failures import ElementFailure
from engine.execution.firing import fire
from engine.execution.host import Host, LazyFacts
from engine.execution.joins import activated_joins, settle_resets
from engine.execution.specs.build import Definition
from engine.execution.token import Token
from engine.execution.variables import ScopeView, Stored, Variables
from engine.feel import Environment

MAX_STEPS = 50_000  # of one advance: more means a loop that never waits


class Tokens(Workflow):  # type: ignore[misc]
    """What `Case` stands on, and what the specs use to move tokens."""

    def __init__(
        self,
        definition: Definition,
        key: int,
        host: Host,
        environment: Environment,
        variables: Stored | None = None,
    ) -> None:
        super().__init__(definition.spec, deserializing=True)
        self.definition = definition
        self.process = definition.process
        self.key = key
        self.host = host
        self.environment = environment
        self.effects: list[Effect] = []
        self.emit = self.effects.append
        self.new_key = host.new_key
        self.variables = Variables(key, self._scope_around, self.emit, variables)
        self.look_at_conditions = False  # a conditional wait was opened
        self._ready: deque[Task] = deque()
        self._queued: set[int] = set()
        self.task_tree: Task | None = None

    @property
    def now(self) -> datetime:
        """The moment of this command."""
        return self.environment.now

    @property
    def zone(self) -> str:
        """The office's time zone."""
        return self.environment.zone

    def token(self, spec_name: str, scope: Task, first: bool = False, **internal: Any) -> Task:
        """A new token at a node, in a scope, ready to run."""
        task = Token(self, self.spec.task_specs[spec_name], scope, TaskState.READY, self.new_key())
        task.internal_data.update(internal)
        self._enqueue(task, first)
        return task

    def park(self, task: Task) -> None:
        """A token that stands for something and does not move by itself."""
        self._queued.discard(task.id)
        task._set_state(TaskState.STARTED)

    def begin(self, task: Task) -> None:
        """The element instance of a token begins (once)."""
        if "begun" not in task.internal_data:
            task.internal_data["begun"] = self.now.isoformat()
            parent = task.parent
            scope = parent.id if parent is not None else task.id
            self.emit(ElementStarted(task.id, task.task_spec.node, scope, task.task_spec.element_type))
            # the process declares its own when it has the variables that it was started with
            if parent is not None and task.task_spec.declares:
                data.declare(self, task)

    def proceed(self, task: Task) -> None:
        """A waiting element is done: let it leave."""
        task.internal_data["leaving"] = True
        self._enqueue(task, first=True)

    def look_again(self, task: Task) -> None:
        """Let a token that waits at a gateway decide anew."""
        self._enqueue(task)

    def leave(self, task: Task) -> None:
        """The element is done: map its results, end it, and put tokens on its flows."""
        spec, scope = task.task_spec, task.parent
        in_loop = "loop_index" in task.internal_data
        if in_loop:
            scope.task_spec.instance_finishing(task, self)
        else:
            spec.finish(task, self)
        compensation.remember(self, task)
        flows = [] if in_loop else spec.outgoing(task, self)
        brought = task.internal_data.pop("brought", None)
        self.end(task, completed=True)
        for flow_id in [f for f in flows for _ in range(spec.node.completion_quantity)]:
            self.emit(FlowTaken(flow_id))
            internal: dict[str, Any] = {"flow": flow_id}
            if brought is not None:
                internal |= {"triggered": True, "results": brought}
            self.token(self.process.flows[flow_id].target, scope, **internal)
        try:
            if in_loop:
                scope.task_spec.instance_done(scope, task, self)
            else:
                self.scope_may_be_done(scope)
        except ElementFailure as failure:  # of the scope, which has to decide again after the repair
            scope.internal_data["undecided"] = True
            self._incident(scope, failure)

    def end(self, task: Task, completed: bool) -> None:
        """End an element instance and take its token out of the tree."""
        waits.close_all(task, self)
        if "incident" in task.internal_data:
            self.emit(IncidentClosed(task.internal_data.pop("incident")))
        if "begun" in task.internal_data:
            in_loop = "loop_index" in task.internal_data
            self.emit(ElementEnded(task.id, task.task_spec.node, completed, tuple(self._around(task)), in_loop))
        if task.parent is None:
            self.tasks.pop(task.id)
            self.task_tree = None
            return
        self.variables.drop(task.id)
        self._remove_task(task.id)

    def terminate(self, task: Task) -> None:
        """Terminate an element instance with everything inside it; no flow is taken."""
        for child in list(task.children):
            self.terminate(child)
        if "begun" in task.internal_data and "leaving" not in task.internal_data:
            task.task_spec.cancelled(task, self)
        task._set_state(TaskState.CANCELLED)
        self.end(task, completed=False)

    def consume(self, tokens: Iterable[Task]) -> None:
        """Tokens that a join takes in: they go without a trace of their own."""
        for token in tokens:
            token._set_state(TaskState.COMPLETED)
            self._remove_task(token.id)

    def scope(self, task: Task) -> ScopeView:
        """What an expression at this element reads."""
        return self.variables.view(task.id, self.facts(task))

    def facts(self, task: Task) -> Mapping[str, Any]:
        """The always-available names behind the variables."""
        return LazyFacts(self)

    # ---- the loop ------------------------------------------------------------------------------

    def advance(self) -> None:
        """Move tokens until every one waits (or has an incident)."""
        steps = 0
        while True:
            if self.variables.changed:
                changed = set(self.variables.changed)
                self.variables.changed.clear()
                waits.follow_variables(self, changed)
                self._look_at_conditions(changed)
            elif self.look_at_conditions:
                self._look_at_conditions(set())
            task = self._next()
            if task is None:
                joins = activated_joins(self)
                if not joins and not settle_resets(self):
                    return
                for join in joins:
                    join.internal_data["activated"] = True
                    self._enqueue(join)
                continue
            steps += 1
            self._step(task, exhausted=steps > MAX_STEPS)

    def _look_at_conditions(self, changed: set[str]) -> None:
        if not self.definition.has_conditions:
            return
        self.look_at_conditions = False
        for task, wait in waits.true_conditions(self, changed):
            if task.id in self.tasks and wait in waits.of(task):
                fire(self, task, wait, {})

    def _step(self, task: Task, exhausted: bool) -> None:
        if exhausted:
            self._incident(task, ElementFailure("UNKNOWN", f"the process did not come to rest in {MAX_STEPS} steps"))
            return
        try:
            task.run()
        except ElementFailure as failure:
            self._incident(task, failure)

    def _next(self) -> Task | None:
        while self._ready:
            task: Task = self._ready.popleft()
            if task.id in self._queued and task.id in self.tasks:
                self._queued.discard(task.id)
                task._set_state(TaskState.READY)
                return task
        return None

    def _enqueue(self, task: Task, first: bool = False) -> None:
        task._set_state(TaskState.READY)
        self._queued.add(task.id)
        if first:
            self._ready.appendleft(task)
        else:
            self._ready.append(task)

    def _incident(self, task: Task, failure: ElementFailure) -> None:
        self.begin(task)
        task._set_state(TaskState.STARTED)
        key = task.internal_data["incident"] = self.new_key()
        self.emit(IncidentRaised(key, task.id, task.task_spec.node, failure.error_type, failure.message))

    def scope_may_be_done(self, scope: Task) -> None:
        """A token of a scope is gone: let the scope decide whether it is done."""
        if scope.id not in self.tasks:
            return
        if not scope._children:
            scope.task_spec.inner_done(scope, self)
        else:
            scope.task_spec.token_gone(scope, self)

    def _around(self, task: Task) -> Iterator[int]:
        while task.parent is not None:
            task = task.parent
            yield task.id

    def _scope_around(self, key: int) -> int | None:
        task = self.tasks.get(key)
        parent = task._parent if task is not None else None
        return parent if isinstance(parent, int) else None
