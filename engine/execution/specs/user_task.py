"""User task: waits for a person (BPMN 2.0.2, section 10.3.4.1; zeebe:userTask)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from SpiffWorkflow.task import Task

from engine.execution import listeners, waits
from engine.execution.effects import Assigned, JobsEnded, UserTaskCreated, UserTaskEnded
from engine.execution.expressions import MAX_ADDRESS, integer, names, optional_text
from engine.execution.failures import ElementFailure
from engine.execution.specs.activities import ActivitySpec, ask_for_job
from engine.execution.specs.base import deliver
from engine.model.work import HumanTask, Job

if TYPE_CHECKING:
    from engine.execution.case import Case

_LEGACY_TYPE = "io.camunda.zeebe:userTask"


class UserTaskSpec(ActivitySpec):
    """A native user task. Each time that its token is run its listeners are gone on with, if some are to run."""

    def act(self, task: Task, case: Case) -> bool | None:
        """Ask for the task; when its completion was asked for and its listeners are done, it is done."""
        data, human = task.internal_data, self.node.human
        assert human is not None
        if "transition" not in data:
            pending = self._ask(task, case)
            if human.listeners:
                data["created"] = True  # from here on it is a person's, who has to be told of its end
            if not pending:
                return None
            data["transition"] = list(pending)
        submitted = listeners.go_on(task, case)
        if submitted is None:
            return None
        deliver(task, case, submitted)
        return True

    def _ask(self, task: Task, case: Case) -> tuple[str, ...]:
        """Evaluate who, until when, with which form, and ask for the task; the events that have listeners."""
        human = self.node.human
        assert human is not None
        scope, env = case.scope(task), case.environment
        who = _assigned(task, human, case)
        wanted = ("creating", "assigning") if who.assignee is not None else ("creating",)
        pending = tuple(event for event in wanted if human.listens(event))
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
                pending=pending,
            )
        )
        return pending

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
        """Ask for the job with its headers. Raises ElementFailure, also for a form that is not deployed
        (FORM_NOT_FOUND)."""
        human = self.node.human
        assert human is not None
        scope = case.scope(task)
        headers = dict(human.headers)
        who = _assigned(task, human, case)
        if who.assignee is not None:
            headers["io.camunda.zeebe:assignee"] = who.assignee
        for header, source in (("dueDate", human.due_date), ("followUpDate", human.follow_up_date)):
            moment = waits.moment(source, scope, case, header)
            if moment is not None:
                headers[f"io.camunda.zeebe:{header}"] = moment.isoformat()
        for header, found in (("candidateGroups", who.candidate_groups), ("candidateUsers", who.candidate_users)):
            if found:
                headers[f"io.camunda.zeebe:{header}"] = orjson.dumps(found).decode()
        form_key = human.form_key or self._form_key(task, case)
        if form_key is not None:
            headers["io.camunda.zeebe:formKey"] = form_key
        ask_for_job(task, case, Job(_LEGACY_TYPE, "1", headers))
        return None

    def _form_key(self, task: Task, case: Case) -> str | None:
        called = self.node.human.form if self.node.human is not None else None
        form_id = optional_text(called.id if called else None, case.scope(task), case.environment, "formId")
        if called is None or form_id is None:
            return None
        key = case.host.form_key(case, form_id, called)
        if key is None:
            raise ElementFailure("FORM_NOT_FOUND", f"the form {form_id} is not deployed")
        return str(key)

    def cancelled(self, task: Task, case: Case) -> None:
        """Withdraw the job."""
        case.emit(JobsEnded(task.id, completed=False))
