"""Ad-hoc sub-process (10.3.5.3): its activities are done in any order, until its condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution.expressions import boolean, failed, plain
from engine.execution.expressions import evaluate as evaluate_feel
from engine.execution.failures import NotWaiting
from engine.execution.specs.scopes import SubProcessSpec, beginnings

if TYPE_CHECKING:
    from engine.execution.case import Case


class AdHocSpec(SubProcessSpec):
    """Begins with the elements of its collection; more can be activated while it is open.

    After each inner element the completion condition is looked at. Without one it is done when what
    was activated is done; one that nothing was activated in stays open.
    """

    def act(self, task: Task, case: Case) -> bool | None:
        """Activate what the collection names."""
        ad_hoc = self.node.ad_hoc
        assert ad_hoc is not None
        if ad_hoc.output_collection is not None:
            case.variables.set_local(task.id, {ad_hoc.output_collection: []})
        if ad_hoc.active_elements is None:
            return None
        what, error = "activeElementsCollection", "EXTRACT_VALUE_ERROR"
        wanted, hint = evaluate_feel(ad_hoc.active_elements, case.scope(task), case.environment, what, error)
        known = {n.id for n in beginnings(case.process.nodes.values(), self.node.id)}
        if not isinstance(wanted, (list, tuple)) or not all(w in known for w in wanted):
            raise failed(error, what, ad_hoc.active_elements, "a list of inner element ids", wanted, hint)
        self.activate(task, case, [str(w) for w in wanted])
        return None

    def activate(self, task: Task, case: Case, elements: list[str]) -> None:
        """Put a token on each element. Raises NotWaiting for one that is not there to be activated.

        With sequential ordering one runs at a time; the others wait for their turn.
        """
        known = {n.id for n in beginnings(case.process.nodes.values(), self.node.id)}
        if not set(elements) <= known:
            raise NotWaiting(f"not elements of {self.node.id}: {', '.join(sorted(set(elements) - known))}")
        queue = task.internal_data.setdefault("queue", [])
        queue += elements
        self._start_queued(task, case)

    def _start_queued(self, task: Task, case: Case) -> None:
        assert self.node.ad_hoc is not None
        queue: list[str] = task.internal_data.get("queue", [])
        while queue and not (self.node.ad_hoc.sequential and task.children):
            case.token(queue.pop(0), task)

    def path_ends(self, inner: Task, case: Case) -> None:
        """What was activated is done: collect its result (zeebe:adHoc outputElement), seen by the condition."""
        ad_hoc = self.node.ad_hoc
        assert ad_hoc is not None
        if ad_hoc.output_collection is None or ad_hoc.output_element is None:
            return
        what, error = "outputElement", "EXTRACT_VALUE_ERROR"
        value, _ = evaluate_feel(ad_hoc.output_element, case.scope(inner), case.environment, what, error)
        here = inner.parent.id
        collected = case.variables.local(here).get(ad_hoc.output_collection) or []
        case.variables.set_local(here, {ad_hoc.output_collection: [*collected, plain(value)]})

    def finish(self, task: Task, case: Case) -> None:
        """Hand what was collected to the scope around it."""
        name = self.node.ad_hoc.output_collection if self.node.ad_hoc is not None else None
        if name is not None:
            case.variables.merge(task.parent.id, {name: case.variables.local(task.id).get(name) or []})

    def token_gone(self, task: Task, case: Case) -> None:
        """An inner element was done: is the whole?"""
        ad_hoc = self.node.ad_hoc
        assert ad_hoc is not None
        condition = ad_hoc.completion_condition
        if condition is not None and boolean(condition, case.scope(task), case.environment, "completionCondition"):
            task.internal_data["queue"] = []
            if ad_hoc.cancel_remaining:
                for child in list(task.children):
                    case.terminate(child)
            if not task.children:
                case.proceed(task)
            return
        self._start_queued(task, case)
        if condition is None and not task.children and not task.internal_data.get("queue"):
            case.proceed(task)

    def inner_done(self, task: Task, case: Case) -> None:
        """As for any other token."""
        self.token_gone(task, case)
