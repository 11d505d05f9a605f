"""What people do with a task besides completing it: have it drafted by another, have it signed, send the case back."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import if_match, read, run, runtime
from api.holding import until_answered
from api.schemas.reports import TimeLeft
from api.schemas.task_actions import (
    CoSignatureBody,
    CoSignatures,
    CoSignaturesBody,
    Course,
    DelegationBody,
    FilledForm,
    Judgement,
    JudgementBody,
    Presence,
    RecallBody,
    ResolutionBody,
    ReturnBody,
    TaskActions,
)
from api.views import diagram
from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.at_task import BeAtTask, LeaveTask
from engine.commands.co_sign import GiveCoSignature, RefuseCoSignature
from engine.commands.delegate_task import DelegateTask
from engine.commands.judge_task import JudgeTask
from engine.commands.recall_task import RecallTask
from engine.commands.resolve_task import ResolveTask
from engine.commands.return_task import ReturnTask
from engine.queries.course import get_course
from engine.queries.filled_form import get_filled_form
from engine.queries.signing import get_co_signatures
from engine.queries.task_actions import get_task_actions
from engine.reports.time_left import get_time_left

blp = Room("task actions", __name__, url_prefix="/v2/user-tasks", description="Help with tasks, and co-signatures")


@blp.operation(
    "POST", "/<key:key>/delegation", permission="user-task:delegate", body=DelegationBody, status=204,
    errors=(404, 409, 504),
)  # fmt: skip
def delegate(body: dict[str, Any], key: int) -> None:
    """Give the task to another for an opinion or a draft; it comes back."""
    until_answered(run(DelegateTask(key, body["to"], body["note"], rev=if_match())))


@blp.operation(
    "POST", "/<key:key>/resolution", permission="user-task:resolve", body=ResolutionBody, status=204,
    errors=(404, 409, 504),
)  # fmt: skip
def resolve(body: dict[str, Any], key: int) -> None:
    """Give a delegated task back to whose it is; whose it is takes it back."""
    until_answered(run(ResolveTask(key, body["variables"], body["note"], rev=if_match())))


@blp.operation(
    "POST", "/<key:key>/return", permission="user-task:return", body=ReturnBody, status=204, errors=(404, 409)
)
def send_back(body: dict[str, Any], key: int) -> None:
    """Send the case back to an earlier task, where the diagram allows it."""
    run(ReturnTask(key, body["to"], body["reason"], rev=if_match()))


@blp.operation(
    "POST", "/<key:key>/recall", permission="user-task:recall", body=RecallBody, status=204, errors=(404, 409)
)
def recall(body: dict[str, Any], key: int) -> None:
    """Take back the task that one has just completed, where the diagram allows it and nobody has begun what follows."""
    run(RecallTask(key, body["reason"], rev=if_match()))


@blp.operation("GET", "/<key:key>/actions", permission="user-task:read", returns=TaskActions, errors=(404,))
def actions(key: int) -> Any:
    """What the diagram lets people do with the task besides completing it."""
    return read(get_task_actions, diagram, key)


@blp.operation("GET", "/<key:key>/course", permission="user-task:read", returns=Course, errors=(404,))
def course(key: int) -> Any:
    """What may come after the task, by the deployed diagram: who does it, how long it may take, what has to hold."""
    return read(get_course, diagram, key)


@blp.operation(
    "GET", "/<key:key>/filled-form", permission="process-instance:contents", returns=FilledForm, empty=True,
    errors=(404,),
)  # fmt: skip
def filled_form(key: int) -> Any:
    """The form of a completed task as it was sent; 204 while it is not completed."""
    return read(get_filled_form, key)


@blp.operation(
    "POST", "/<key:key>/control-points/judgement", permission="user-task:draft", body=JudgementBody, returns=Judgement,
    errors=(404, 409),
)  # fmt: skip
def judgement(body: dict[str, Any], key: int) -> Any:
    """Which control points of the task hold with what is filled in so far. Nothing is recorded; those that a decision
    judges are left out."""
    return run(JudgeTask(key, body["variables"] or {}))


@blp.operation("GET", "/<key:key>/standard-time", permission="user-task:read", returns=TimeLeft, errors=(404,))
def standard_time(key: int) -> Any:
    """When the standard time of the task is over, and what is left of it in the office's working time."""
    return read(get_time_left, diagram, runtime().bus.services.office_of, key, runtime().clock.now())


@blp.operation("GET", "/<key:key>/co-signatures", permission="user-task:read", returns=CoSignatures, errors=(404,))
def co_signatures(key: int) -> Any:
    """What is laid before the co-signers of the task, and who has signed."""
    return read(get_co_signatures, key)


@blp.operation(
    "POST", "/<key:key>/co-signatures", permission="user-task:ask-signature", body=CoSignaturesBody, status=204,
    errors=(404, 409),
)  # fmt: skip
def ask(body: dict[str, Any], key: int) -> None:
    """Lay what is filled in before co-signers; before nobody withdraws it."""
    run(AskCoSignatures(key, tuple(body["users"]), tuple(body["groups"]), body["variables"] or {}, rev=if_match()))


@blp.operation(
    "POST", "/<key:key>/co-signature", permission="user-task:sign", body=CoSignatureBody, status=204, errors=(404, 409)
)
def sign(body: dict[str, Any], key: int) -> None:
    """Sign what one was shown, or refuse to."""
    command = GiveCoSignature if body["agree"] else RefuseCoSignature
    run(command(key, body["digest"], body["reason"]))


@blp.operation("PUT", "/<key:key>/presence", permission="user-task:read", returns=Presence, errors=(404,))
def be_there(key: int) -> Any:
    """Say, every 25 seconds, that one has the page of the task open; after 60 seconds without that one has left."""
    return run(BeAtTask(key))


@blp.operation("DELETE", "/<key:key>/presence", permission="user-task:read", status=204, errors=(404,))
def leave(key: int) -> None:
    """Say that one has left the page."""
    run(LeaveTask(key))
