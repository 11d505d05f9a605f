"""User task: waits for a person (BPMN 2.0.2, section 10.3.4.1; zeebe:userTask)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SpiffWorkflow.task import Task

from engine.execution import waits
from engine.execution.effects import JobsEnded, UserTaskCreated, UserTaskEnded
from engine.execution.expressions import MAX_ADDRESS, integer, names, optional_text
from engine.execution.specs.activities import ActivitySpec, ask_for_job
from engine.model.diagram import Job

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
        case.emit(
            UserTaskCreated(
                key=task.id,
                node=self.node,
                assignee=optional_text(human.assignee, scope, env, "assignee"),
                candidate_groups=names(human.candidate_groups, scope, env, "candidateGroups"),
                candidate_users=names(human.candidate_users, scope, env, "candidateUsers"),
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


class LegacyUserTaskSpec(ActivitySpec):
    """A user task without zeebe:userTask: a job of a fixed type, invisible to the task API."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Ask for the job with its headers."""
        human = self.node.human
        assert human is not None
        scope, env = case.scope(task), case.environment
        headers = dict(human.headers)
        for header, source in (
            ("assignee", human.assignee),
            ("candidateGroups", human.candidate_groups),
            ("candidateUsers", human.candidate_users),
            ("dueDate", human.due_date),
            ("followUpDate", human.follow_up_date),
        ):
            value = ",".join(names(source, scope, env, header))
            if value:
                headers[f"io.camunda.zeebe:{header}"] = value
        ask_for_job(task, case, Job(_LEGACY_TYPE, "1", headers))
        return None

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the job."""
        case.emit(JobsEnded(task.id, completed=False))
