"""Business rule task: evaluates a decision (zeebe:calledDecision)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution.effects import DecisionEvaluated
from engine.execution.expressions import plain, text
from engine.execution.failures import ElementFailure
from engine.execution.specs.activities import ActivitySpec
from engine.execution.specs.base import deliver

if TYPE_CHECKING:
    from engine.execution.case import Case


class DecisionSpec(ActivitySpec):
    """A business rule task whose decision is evaluated here and now."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Evaluate the decision; a failing one is an incident that names the decision, and is kept too."""
        called = self.node.called
        assert called is not None and called.result_variable is not None
        result = called.result_variable
        scope = case.scope(task)
        decision_id = text(called.id, scope, case.environment, "decisionId")
        if called.version_tag is not None:
            tag = text(called.version_tag, scope, case.environment, "versionTag")
            called = replace(called, version_tag=tag)
        outcome = case.host.decide(case, decision_id, called, scope)
        if outcome.record:
            case.emit(DecisionEvaluated(task.id, self.node, decision_id, outcome.record))
        if outcome.failure is not None:
            error = "DECISION_EVALUATION_ERROR" if outcome.found else "CALLED_DECISION_ERROR"
            raise ElementFailure(error, f"decision {decision_id}: {outcome.failure}")
        deliver(task, case, {result: plain(outcome.value)})
        return True
