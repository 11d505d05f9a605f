"""User task: waits for a person (BPMN 2.0.2, section 10.3.4.1; zeebe:userTask)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.effects import Assigned, JobsEnded, UserTaskCreated, UserTaskEnded
from engine.execution.expressions import MAX_ADDRESS, integer, names, optional_text
from engine.execution.specs.activities import ActivitySpec, ask_for_job
from engine.model.diagram import HumanTask, Job

if TYPE_CHECKING:
    from engine.execution.case import Case

_LEGACY_TYPE = "io.camunda.zeebe:userTask"


class UserTaskSpec(ActivitySpec):
    """A native user task."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Evaluate who, until when, with which form; then ask for the task."""
        human = self.node.human
        assert human is not None
        scope, env = case.scope(task), case.environment
        who = _assigned(task, human, case)
        case.emit(
            UserTaskCreated(
                key=task.id,
                node=self.node,
                assignee=who.assignee,
                candidate_groups=who.candidate_groups,
                candidate_users=who.candidate_users,
                due_at=waits.moment(human.due_date, scope, case, "dueDate"),
                follow_up_at=waits.moment(human.follow_up_date, scope, case, "followUpDate"),
                priority=integer(human.priority, scope, env, "priority", 0, 100),
                form_id=optional_text(human.form.id if human.form else None, scope, env, "formId"),
                external_form=optional_text(human.external_form, scope, env, "externalReference", MAX_ADDRESS),
            )
        )
        return None

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the task."""
        case.emit(UserTaskEnded(task.id, completed=False))


def _assigned(task: Task, human: HumanTask, case: Case) -> Assigned:
    """Who does it: whom the call of a global task names, else whom the task itself names (10.3.6)."""
    given: list[Any] | None = task.parent.internal_data.get("assigned") if case.process.global_task else None
    if given is not None:
        return Assigned(given[0], tuple(given[1]))
    scope, env = case.scope(task), case.environment
    return Assigned(
        optional_text(human.assignee, scope, env, "assignee"),
        names(human.candidate_groups, scope, env, "candidateGroups"),
        names(human.candidate_users, scope, env, "candidateUsers"),
    )


class LegacyUserTaskSpec(ActivitySpec):
    """A user task without zeebe:userTask: a job of a fixed type, invisible to the task API."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Ask for the job with its headers."""
        human = self.node.human
        assert human is not None
        scope, env = case.scope(task), case.environment
        headers = dict(human.headers)
        who = _assigned(task, human, case)
        for header, value in (
            ("assignee", who.assignee),
            ("candidateGroups", ",".join(who.candidate_groups)),
            ("candidateUsers", ",".join(who.candidate_users)),
            ("dueDate", ",".join(names(human.due_date, scope, env, "dueDate"))),
            ("followUpDate", ",".join(names(human.follow_up_date, scope, env, "followUpDate"))),
        ):
            if value:
                headers[f"io.camunda.zeebe:{header}"] = value
        ask_for_job(task, case, Job(_LEGACY_TYPE, "1", headers))
        return None

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the job."""
        case.emit(JobsEnded(task.id, completed=False))
