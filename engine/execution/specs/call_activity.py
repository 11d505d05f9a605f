"""Call activity: another process, or a global task, as a child instance (10.3.6; zeebe:calledElement)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution.data import given_along
from engine.execution.effects import Assigned, CallEnded, CallRequested
from engine.execution.expressions import names, optional_text, text
from engine.execution.specs.activities import ActivitySpec

if TYPE_CHECKING:
    from engine.execution.case import Case


class CallSpec(ActivitySpec):
    """Waits for its child instance, which the engine creates in the same transaction."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Ask for the child with the variables it is to see."""
        called = self.node.called
        assert called is not None
        scope, env = case.scope(task), case.environment
        process_id = text(called.id, scope, env, "processId")
        business_id = optional_text(called.business_id, scope, env, "businessId")
        variables: dict[str, Any] = case.variables.visible(task.parent.id) if called.propagate_all_parent else {}
        variables |= given_along(case, task)
        case.emit(
            CallRequested(
                task.id, self.node, process_id, variables, business_id,
                inherit_business_id=called.business_id is None, assigned=self._assigned(task, case),
            )
        )  # fmt: skip
        return None

    def _assigned(self, task: Task, case: Case) -> Assigned | None:
        """Its own resource roles go before those of the global task that it calls (10.3.6)."""
        who, scope, env = self.node.performers, case.scope(task), case.environment
        if who is None:
            return None
        groups = names(who.candidate_groups, scope, env, "potentialOwner")
        return Assigned(optional_text(who.assignee, scope, env, "performer"), groups)

    @property
    def takes_everything(self) -> bool:
        """Whether all variables of the child come back (output mappings take precedence)."""
        return self.node.called is not None and self.node.called.propagate_all_child

    def cancelled(self, task: Task, case: Case) -> None:
        """The child must end, too."""
        case.emit(CallEnded(task.id))
