"""What every flow node has in common: it is entered, it may wait, it leaves."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from engine.execution import data, listeners, terminating
from engine.execution.expressions import boolean, json_of
from engine.execution.failures import ElementFailure
from engine.execution.variables import put_path
from engine.model.diagram import Node
from engine.model.work import IoMapping

if TYPE_CHECKING:
    from engine.execution.case import Case


class ElementSpec(TaskSpec):  # type: ignore[misc]
    """One flow node of the diagram.

    Spiff calls `_run_hook` when a token is run and `_on_complete` when it is done; they become
    `arrive`, `enter` and `Case.leave`. A step that fails raises ElementFailure before it changes anything;
    resolving the incident runs it again, from `leave` if it had been entered. Between `arrive` and `enter`
    come the input mappings and the listeners of `begins_with`.
    """

    merges_results = True  # without output mappings, results go outward (tasks, catch events)
    declares = True  # data of its node; the body of a loop does not, its rounds do
    begins_with, ends_with = "start", "end"  # the events whose listeners run before and after what it does

    def __init__(self, wf_spec: Any, node: Node, name: str | None = None) -> None:
        super().__init__(wf_spec, name or node.id)
        self.node = node

    @property
    def element_type(self) -> str:
        """The Camunda API's name of this kind of element."""
        return self.node.element_type

    def test(self) -> None:
        """Nothing to check: the diagram was linted."""

    def _predict_hook(self, my_task: Task) -> None:
        """No prediction: a token is made when its flow is taken."""

    def _run_hook(self, my_task: Task) -> bool | None:
        case: Case = my_task.workflow
        if my_task.internal_data.get("leaving"):
            return True
        if my_task.internal_data.pop("undecided", False):
            self.decide_again(my_task, case)
            return None
        if "doomed" in my_task.internal_data:
            terminating.go_on(case, my_task)
            return None
        if "heard" not in my_task.internal_data and not self.arrive(my_task, case):
            return None
        case.begin(my_task)
        self.take_in(my_task, case)
        if listeners.hold(my_task, case, self.begins_with):
            return None
        return self.enter(my_task, case)

    def _on_complete(self, my_task: Task) -> None:
        case: Case = my_task.workflow
        my_task.internal_data["leaving"] = True
        case.leave(my_task)

    def arrive(self, task: Task, case: Case) -> bool:
        """A token has come: whether the element begins with it. A join may wait for others."""
        return True

    def take_in(self, task: Task, case: Case) -> None:
        """Evaluate the input mappings, once."""
        if self.node.takes_in and "mapped" not in task.internal_data:
            map_inputs(task, case, self.node)
            task.internal_data["mapped"] = True

    def enter(self, task: Task, case: Case) -> bool | None:
        """Do what the element does: True when it is done at once, None when it waits."""
        return True

    def results_into(self, task: Task) -> int | None:
        """The scope from which the results of the element go outward; None when it has none of its own."""
        if task.parent is None:
            return None
        if "loop_index" in task.internal_data:
            found: int = task.parent.task_spec.round_results_into(task)
            return found
        key: int = task.parent.id
        return key

    def hand_over(self, task: Task, case: Case) -> None:
        """The element is about to leave: evaluate its output mappings, once (what follows may have to be
        repaired, and must then not be overwritten)."""
        into = self.results_into(task) if self.node.hands_out else None
        if into is not None and "mapped_out" not in task.internal_data:
            map_outputs(task, case, self.node, into)
            task.internal_data["mapped_out"] = True

    def finish(self, task: Task, case: Case) -> None:
        """The element leaves, now that its results are mapped and its listeners done."""

    def outgoing(self, task: Task, case: Case) -> list[str]:
        """The sequence flows a token takes: all whose condition holds (an implicit split, 13.2.1);
        the default flow if none does. Raises ElementFailure (CONDITION_ERROR) when there is none."""
        flows = [case.process.flows[f] for f in self.node.outgoing]
        if all(flow.condition is None for flow in flows):
            return list(self.node.outgoing)
        scope = case.variables.view(task.parent.id, case.facts(task))
        taken = [
            flow.id
            for flow in flows
            if flow.id != self.node.default
            and (flow.condition is None or boolean(flow.condition, scope, case.environment, f"condition of {flow.id}"))
        ]
        if not taken and self.node.default is not None:
            return [self.node.default]
        if not taken:
            why = f"{self.node.id}: no condition is true and there is no default flow"
            raise ElementFailure("CONDITION_ERROR", why)
        return taken

    def inner_done(self, task: Task, case: Case) -> None:
        """Called for a scope whose last inner token is gone."""
        raise AssertionError(f"{self.name} has no inner tokens")

    def token_gone(self, task: Task, case: Case) -> None:
        """Called for a scope that lost an inner token and has others left."""

    def path_ends(self, inner: Task, case: Case) -> None:
        """Called for a scope before an inner token goes that no flow leads on. Raises ElementFailure."""

    def decide_again(self, task: Task, case: Case) -> None:
        """Called for a scope whose decision, taken when an inner token was done, had failed."""
        if task.children:
            self.token_gone(task, case)
        else:
            self.inner_done(task, case)

    def cancelled(self, task: Task, case: Case) -> None:
        """Called when the element is terminated, after its inner tokens: undo what it asked for."""


def deliver(task: Task, case: Case, results: dict[str, Any]) -> None:
    """Take an element's results: into its data outputs, else local when it has output mappings, outward otherwise."""
    if not results:
        return
    spec: ElementSpec = task.task_spec
    if spec.node.data.outputs:
        results = data.take(case, task, results)
    if spec.node.outputs:
        case.variables.set_local(task.id, results)
    elif spec.merges_results:
        case.variables.merge(task.id, results)


def map_inputs(task: Task, case: Case, node: Node) -> None:
    """Evaluate the input associations, then the input mappings in order, each seeing what came before it;
    then set them locally. Raises ElementFailure before anything is set."""
    made: dict[str, Any] = data.inputs(case, task)
    for mapping in node.inputs:
        value = _source(mapping, task, case, made)
        put_path(made, mapping.target, value, {})
    case.variables.set_local(task.id, made)


def map_outputs(task: Task, case: Case, node: Node, into: int) -> None:
    """Evaluate the output associations and the output mappings in order, then write the former into the scopes
    of their targets and merge the latter from the scope `into` outward. Raises ElementFailure before that."""
    writes = data.outputs(case, task)
    made: dict[str, Any] = {}
    outer = case.variables.visible(into)
    for mapping in node.outputs:
        value = _source(mapping, task, case, made)
        put_path(made, mapping.target, value, outer)
    for write in writes:
        case.variables.set_local(write.scope, {write.name: write.value})
    case.variables.merge(into, made)


def _source(mapping: IoMapping, task: Task, case: Case, made: dict[str, Any]) -> Any:
    what = f"mapping to {mapping.target}"
    if not mapping.source:
        return None
    if not mapping.source.lstrip().startswith("="):
        return mapping.source
    scope = case.variables.view(task.id, case.facts(task))
    seen = ChainMap(made, scope)  # type: ignore[arg-type]  # only read
    return json_of(mapping.source.lstrip()[1:], seen, case.environment, what)
