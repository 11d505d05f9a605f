"""A running process instance: its tokens, its variables, and the loop that moves the tokens.

One ready token moves at a time: boundary events first, then the order of arrival. `advance` runs
until every token waits. What happened is in `effects`, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.execution import waits
from engine.execution.effects import (
    Effect,
    ElementEnded,
    ElementStarted,
    ErrorUncaught,
    FlowTaken,
    IncidentClosed,
    IncidentRaised,
    InstanceEnded,
)
from engine.execution.failures import ElementFailure, NotWaiting
from engine.execution.joins import activated_joins
from engine.execution.specs.base import ElementSpec, deliver
from engine.execution.specs.build import ROOT, Definition
from engine.execution.specs.call_activity import CallSpec
from engine.execution.specs.scopes import LoopSpec
from engine.execution.variables import ScopeView, Variables
from engine.feel import Environment
from engine.model.diagram import Called, Node

MAX_STEPS = 10_000  # of one advance: more means a loop that never waits


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What evaluating a decision gave. `failure` is None when it went well; `found` tells whether
    the decision exists; `record` is what history keeps."""

    value: Any = None
    failure: str | None = None
    found: bool = True
    record: dict[str, Any] = field(default_factory=dict)


class Host(Protocol):
    """What a case needs from the engine around it."""

    def new_key(self) -> int:
        """A new key."""
        ...

    def decide(self, case: Case, decision_id: str, called: Called, scope: Mapping[str, Any]) -> DecisionOutcome:
        """Evaluate a decision by its id and binding."""
        ...

    def case_facts(self, case: Case) -> Mapping[str, Any]:
        """The always-available context names: `case`. Called when an expression reads them."""
        ...

    def outer_catches(self, case: Case, code: str) -> bool:
        """Whether a calling instance has a boundary event for this error."""
        ...


class Case(Workflow):  # type: ignore[misc]
    """One process instance in memory. Not thread-safe; lives as long as one command."""

    def __init__(
        self,
        definition: Definition,
        key: int,
        host: Host,
        environment: Environment,
        variables: Mapping[int, dict[str, Any]] | None = None,
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
        self._ready: deque[Task] = deque()
        self.task_tree: Task | None = None

    @property
    def now(self) -> datetime:
        """The moment of this command."""
        return self.environment.now

    @property
    def zone(self) -> str:
        """The office's time zone."""
        return self.environment.zone

    # ---- what is asked of it -------------------------------------------------------------------

    def start(self, variables: Mapping[str, Any], element_id: str | None = None) -> None:
        """Begin at a start event (the none start event by default) and run until all tokens wait."""
        node = self.process.nodes[element_id] if element_id else self.process.none_start
        assert node is not None, "the caller chose a process that can be started"
        root = Task(self, self.spec.task_specs[ROOT], None, state=TaskState.STARTED, id=self.key)
        self.task_tree = root
        self.begin(root)
        self.variables.set_local(self.key, variables)
        self.token(node.id, root)
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
        node = self.process.nodes[wait["element"]]
        if node.attached_to is not None and node.id != task.task_spec.node.id:
            self._boundary(task, wait, node, dict(results))
        elif task.task_spec.node.type == "eventBasedGateway":
            task.internal_data |= {"came": node.id, "brought": dict(results)}
            self.proceed(task)
        else:
            waits.close_all(task, self)
            deliver(task, self, dict(results))
            self.proceed(task)
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
            self.throw_error(task, code, message, dict(variables))
        except ElementFailure as failure:
            self._incident(task, failure)
        self.advance()

    def catches(self, task_key: int, code: str) -> bool:
        """Whether a boundary event here, or further out, catches an error of this element instance."""
        task = self.tasks.get(task_key)
        return task is not None and (
            self._catcher(task, code) is not None or self.host.outer_catches(self, code)
        )

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

    def cancel_all(self) -> None:
        """Terminate the instance."""
        root = self.task_tree
        assert root is not None
        variables = self.variables.local(root.id)
        self.terminate(root)
        self.emit(InstanceEnded(False, variables))

    # ---- what the specs use --------------------------------------------------------------------

    def token(self, spec_name: str, scope: Task, first: bool = False, **internal: Any) -> Task:
        """A new token at a node, in a scope, ready to run."""
        task = Task(self, self.spec.task_specs[spec_name], scope, state=TaskState.READY, id=self.new_key())
        task.internal_data.update(internal)
        self._enqueue(task, first)
        return task

    def begin(self, task: Task) -> None:
        """The element instance of a token begins (once)."""
        if "begun" not in task.internal_data:
            task.internal_data["begun"] = self.now.isoformat()
            parent = task.parent
            scope = parent.id if parent is not None else task.id
            self.emit(ElementStarted(task.id, task.task_spec.node, scope, task.task_spec.element_type))

    def proceed(self, task: Task) -> None:
        """A waiting element is done: let it leave."""
        task.internal_data["leaving"] = True
        self._enqueue(task, first=True)

    def leave(self, task: Task) -> None:
        """The element is done: map its results, end it, and put tokens on its flows."""
        spec, scope = task.task_spec, task.parent
        in_loop = "loop_index" in task.internal_data
        if in_loop:
            scope.task_spec.instance_finishing(task, self)
        else:
            spec.finish(task, self)
        flows = [] if in_loop else spec.outgoing(task, self)
        brought = task.internal_data.pop("brought", None)
        self.end(task, completed=True)
        for flow_id in flows:
            self.emit(FlowTaken(flow_id))
            internal: dict[str, Any] = {"flow": flow_id}
            if brought is not None:
                internal |= {"triggered": True, "results": brought}
            self.token(self.process.flows[flow_id].target, scope, **internal)
        if in_loop:
            scope.task_spec.instance_done(scope, task, self)
        else:
            self._scope_may_be_done(scope)

    def end(self, task: Task, completed: bool) -> None:
        """End an element instance and take its token out of the tree."""
        waits.close_all(task, self)
        if "incident" in task.internal_data:
            self.emit(IncidentClosed(task.internal_data.pop("incident")))
        if "begun" in task.internal_data:
            self.emit(ElementEnded(task.id, task.task_spec.node, completed))
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

    def throw_error(self, task: Task, code: str, message: str, variables: dict[str, Any]) -> None:
        """Throw an error outward from an element (BPMN 2.0.2, 10.5.1: innermost handler first).

        Raises ElementFailure (UNHANDLED_ERROR_EVENT) when nothing catches it here or outside.
        """
        found = self._catcher(task, code)
        if found is not None:
            host, node = found
            scope = host.parent
            self.terminate(host)
            self.token(node.id, scope, first=True, results=variables)
            return
        if not self.host.outer_catches(self, code):
            detail = f": {message}" if message else ""
            raise ElementFailure("UNHANDLED_ERROR_EVENT", f"error {code} is caught nowhere{detail}")
        node, root = task.task_spec.node, self.task_tree
        assert root is not None
        self.terminate(root)
        self.emit(ErrorUncaught(task.id, node, code, message, variables))
        self.emit(InstanceEnded(False))

    def scope(self, task: Task) -> ScopeView:
        """What an expression at this element reads."""
        return self.variables.view(task.id, self.facts(task))

    def scope_of(self, task_key: int) -> ScopeView:
        """What an expression at a waiting element reads. Raises NotWaiting."""
        return self.scope(self._waiting(task_key))

    def facts(self, task: Task) -> Mapping[str, Any]:
        """The always-available names behind the variables."""
        return _LazyFacts(self)

    # ---- the loop ------------------------------------------------------------------------------

    def advance(self) -> None:
        """Move tokens until every one waits (or has an incident)."""
        steps = 0
        while True:
            if self.variables.changed:
                changed = set(self.variables.changed)
                self.variables.changed.clear()
                waits.follow_variables(self, changed)
            task = self._next()
            if task is None:
                joins = activated_joins(self)
                if not joins:
                    return
                for join in joins:
                    join.internal_data["activated"] = True
                    self._enqueue(join)
                continue
            steps += 1
            self._step(task, exhausted=steps > MAX_STEPS)

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
            if task.id in self.tasks and task._state == TaskState.READY:
                return task
        return None

    def _enqueue(self, task: Task, first: bool = False) -> None:
        task._set_state(TaskState.READY)
        if first:
            self._ready.appendleft(task)
        else:
            self._ready.append(task)

    def _incident(self, task: Task, failure: ElementFailure) -> None:
        self.begin(task)
        task._set_state(TaskState.STARTED)
        key = task.internal_data["incident"] = self.new_key()
        self.emit(IncidentRaised(key, task.id, task.task_spec.node, failure.error_type, failure.message))

    def _boundary(self, task: Task, wait: waits.Wait, node: Node, results: dict[str, Any]) -> None:
        scope = task.parent
        if node.interrupting:
            self.terminate(task)
        else:
            waits.consume(task, self, wait)
        self.token(node.id, scope, first=True, results=results)

    def _catcher(self, task: Task, code: str) -> tuple[Task, Node] | None:
        """The nearest element outward with an error boundary event for the code: exact, else any."""
        at: Task | None = task
        while at is not None and at.parent is not None:
            # the instances of a loop have no boundary events of their own: their body has
            if "loop_index" not in at.internal_data:
                found = [
                    n for n in self.process.boundaries(at.task_spec.node.id)
                    if n.event is not None and n.event.kind == "error" and n.event.code in (code, None)
                ]  # fmt: skip
                if found:
                    exact = [n for n in found if n.event is not None and n.event.code == code]
                    return at, (exact or found)[0]
            at = at.parent
        return None

    def _scope_may_be_done(self, scope: Task) -> None:
        if not scope._children and scope.id in self.tasks:
            scope.task_spec.inner_done(scope, self)

    def _waiting(self, task_key: int) -> Task:
        task = self.tasks.get(task_key)
        if task is None or task._state != TaskState.STARTED or "incident" in task.internal_data:
            raise NotWaiting(f"{task_key} does not wait")
        return task

    def _scope_around(self, key: int) -> int | None:
        task = self.tasks.get(key)
        parent = task._parent if task is not None else None
        return parent if isinstance(parent, int) else None


class _LazyFacts(Mapping[str, Any]):
    """`case`, asked of the host only when an expression reads it."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def __getitem__(self, name: str) -> Any:
        if name != "case":
            raise KeyError(name)
        return self._case.host.case_facts(self._case)

    def __contains__(self, name: object) -> bool:
        return name == "case"

    def __iter__(self) -> Any:
        return iter(("case",))

    def __len__(self) -> int:
        return 1


__all__ = ["Case", "DecisionOutcome", "Definition", "ElementSpec", "Host", "LoopSpec"]
