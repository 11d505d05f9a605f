"""User tasks: the inbox, one task, and everything a person does with it."""

from __future__ import annotations

from typing import Any

from api.answers import tagged
from api.blueprint import Room
from api.context import actor, if_match, read, run, runtime
from api.holding import until_answered
from api.schemas.definitions import Form
from api.schemas.instances import ControlPoints, VariableResult, VariableSearch
from api.schemas.tasks import (
    AssignmentBody,
    CompletionBody,
    Draft,
    DraftBody,
    DraftSaved,
    InboxCounts,
    MarkBody,
    UpdateBody,
    UserTask,
    UserTaskResult,
    UserTaskSearch,
    WaiverBody,
)
from api.views import TRUNCATE, diagram, task_changes, truncate, wanted
from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.drafts import DeleteDraft, SaveDraft
from engine.commands.mark_task import MarkTask
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_task import UpdateTask
from engine.commands.waive_control_point import WaiveControlPoint
from engine.queries.evidence import get_task_control_points
from engine.queries.filters import read_moment
from engine.queries.inbox import count_inbox, search_inbox
from engine.queries.tasks import get_draft, get_task, get_task_form, may_assign, search_task_variables

blp = Room("user tasks", __name__, url_prefix="/v2/user-tasks", description="What people have to do")
READ = "user-task:read"


@blp.operation("POST", "/search", permission=READ, body=UserTaskSearch, returns=UserTaskResult)
def search(body: dict[str, Any]) -> Any:
    """Search user tasks; `filter.view` chooses one list of the inbox."""
    return read(search_inbox, wanted(body), runtime().clock.now(), runtime().bus.services.zone)


@blp.operation("GET", "/counts", permission=READ, returns=InboxCounts)
def counts() -> Any:
    """How many tasks the lists of the inbox have, each counted to a hundred."""
    return read(count_inbox, runtime().clock.now(), runtime().bus.services.zone)


@blp.operation("GET", "/<key:key>", permission=READ, returns=UserTask, errors=(404,))
def get_one(key: int) -> Any:
    """One user task, with its revision as ETag."""
    found = read(get_task, key)
    return tagged(found, found["rev"])


@blp.operation("GET", "/<key:key>/form", permission=READ, returns=Form, empty=True, errors=(404,))
def get_form(key: int) -> Any:
    """The task's form; 204 when it has none."""
    return read(get_task_form, key)


@blp.operation(
    "POST",
    "/<key:key>/variables/search",
    permission="process-instance:contents",
    body=VariableSearch,
    returns=VariableResult,
    parameters=[TRUNCATE],
    errors=(404,),
)
def variables(body: dict[str, Any], key: int) -> Any:
    """The variables of every scope that the task sees."""
    return read(search_task_variables, key, wanted(body), truncate(), False)


@blp.operation(
    "POST",
    "/<key:key>/effective-variables/search",
    permission="process-instance:contents",
    body=VariableSearch,
    returns=VariableResult,
    parameters=[TRUNCATE],
    errors=(404,),
)
def effective_variables(body: dict[str, Any], key: int) -> Any:
    """The variables that the task sees, of each name the innermost."""
    return read(search_task_variables, key, wanted(body), truncate(), True)


@blp.operation(
    "POST",
    "/<key:key>/assignment",
    permission="user-task:assign",
    body=AssignmentBody,
    status=204,
    errors=(404, 409, 504),
)
def assign(body: dict[str, Any], key: int) -> None:
    """Assign the task; who may not assign can still claim it for himself or herself (permission user-task:claim)."""
    me, override = actor().name, body["allowOverride"] is not False
    may = read(may_assign, key)
    if body["assignee"] == me and not (override and may):
        until_answered(run(ClaimTask(key, rev=if_match())))
        return
    action = body["action"] or "assign"
    until_answered(run(AssignTask(key, body["assignee"], override, rev=if_match(), action=action)))


@blp.operation(
    "DELETE", "/<key:key>/assignee", permission="user-task:unassign", status=204, errors=(400, 404, 409, 504)
)
def unassign(key: int) -> None:
    """Give the task back to its candidates."""
    until_answered(run(UnassignTask(key, rev=if_match())))


@blp.operation(
    "POST",
    "/<key:key>/completion",
    permission="user-task:complete",
    body=CompletionBody,
    status=204,
    errors=(404, 409, 504),
)
def complete(body: dict[str, Any], key: int) -> None:
    """Complete the task with what was filled in."""
    action = body["action"] or "complete"
    until_answered(run(CompleteTask(key, body["variables"] or {}, rev=if_match(), action=action)))


@blp.operation(
    "PATCH", "/<key:key>", permission="user-task:update", body=UpdateBody, status=204, errors=(404, 409, 504)
)
def update(body: dict[str, Any], key: int) -> None:
    """Change due date, follow-up date, priority or candidates."""
    changes = task_changes(body["changeset"] or {})
    until_answered(run(UpdateTask(key, changes, rev=if_match(), action=body["action"] or "update")))


@blp.operation("GET", "/<key:key>/draft", permission="user-task:draft", returns=Draft, empty=True, errors=(404,))
def draft(key: int) -> Any:
    """What one saved and did not submit; 204 when there is nothing."""
    return read(get_draft, key)


@blp.operation(
    "PUT", "/<key:key>/draft", permission="user-task:draft", body=DraftBody, returns=DraftSaved, errors=(404, 409)
)
def save_draft(body: dict[str, Any], key: int) -> Any:
    """Save what is filled in so far."""
    based_on = None if (told := body.get("basedOn")) is None else read_moment("basedOn", told)
    return run(SaveDraft(key, body["variables"], over_any="basedOn" not in body, based_on=based_on))


@blp.operation("DELETE", "/<key:key>/draft", permission="user-task:draft", status=204, errors=(404, 409))
def delete_draft(key: int) -> None:
    """Throw the draft away."""
    run(DeleteDraft(key))


@blp.operation("PATCH", "/<key:key>/mark", permission="user-task:mark", body=MarkBody, status=204, errors=(404,))
def mark(body: dict[str, Any], key: int) -> None:
    """Mark the task for oneself: as read or not, or as put off until a moment. It changes nothing for others."""
    until = body.get("snoozedUntil")
    snoozes = "snoozedUntil" in body
    run(MarkTask(key, body.get("read"), snoozes, None if until is None else read_moment("snoozedUntil", until)))


@blp.operation("GET", "/<key:key>/control-points", permission=READ, returns=ControlPoints, errors=(404,))
def control_points(key: int) -> Any:
    """The control points of the task's step, with what is recorded of them."""
    return read(get_task_control_points, diagram, key)


@blp.operation(
    "POST",
    "/<key:key>/control-points/<string:control_point_id>/waiver",
    permission="control-point:waive",
    body=WaiverBody,
    status=204,
    errors=(404, 409),
)
def waive(body: dict[str, Any], key: int, control_point_id: str) -> None:
    """Refused with `second-person-needed`, which names where to ask for it: nobody waives a control point alone."""
    run(WaiveControlPoint(key, control_point_id, body["reason"]))
