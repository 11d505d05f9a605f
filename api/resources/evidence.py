"""What is proved of a case, what people wrote, and what they were told."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room, argument_doc, whole_argument
from api.context import read, read_noted, run
from api.schemas.instances import (
    CommentBody,
    Comments,
    ControlPoints,
    History,
    NotificationResult,
    NotificationSearch,
    PastVariables,
    ReaderResult,
    ReaderSearch,
    Verification,
)
from api.views import diagram, optional_key, wanted
from engine.commands.read_notification import ReadNotification
from engine.commands.write_comment import WriteComment
from engine.queries.evidence import (
    LARGEST_HISTORY,
    get_case_control_points,
    get_comments,
    get_history,
    get_variables_at,
    search_notifications,
    verify_history,
)
from engine.queries.readers import search_readers

blp = Room("evidence", __name__, url_prefix="/v2", description="History, control points, notes")
READ, CONTENTS = "process-instance:read", "process-instance:contents"
CASE = "/process-instances/<key:key>"
_LAST = (1 << 31) - 1


@blp.operation(
    "GET",
    f"{CASE}/history",
    permission=READ,
    returns=History,
    parameters=[
        argument_doc("after", "integer", "the sequence number after which to begin (default 0)"),
        argument_doc("limit", "integer", f"at most so many events (default 100, at most {LARGEST_HISTORY})"),
    ],
    errors=(404,),
)
def history(key: int) -> Any:
    """The events of the case, in their order."""
    after = whole_argument("after", 0, 0, _LAST)
    limit = whole_argument("limit", 100, 1, LARGEST_HISTORY)
    return read_noted("history-read", key, f"events after {after}", get_history, diagram, key, after, limit)


@blp.operation("GET", f"{CASE}/history/verification", permission=READ, returns=Verification, errors=(404,))
def verification(key: int) -> Any:
    """Whether the chain of the case's history is whole."""
    return read(verify_history, key)


@blp.operation(
    "GET",
    f"{CASE}/variables-at",
    permission=CONTENTS,
    returns=PastVariables,
    parameters=[argument_doc("sequence", "integer", "after which event the variables are shown (default: the last)")],
    errors=(404, 409),
)
def variables_at(key: int) -> Any:
    """The variables as they stood after an event."""
    sequence = whole_argument("sequence", _LAST, 0, _LAST)
    return read_noted("history-read", key, f"variables at {sequence}", get_variables_at, key, sequence)


@blp.operation("GET", f"{CASE}/control-points", permission=READ, returns=ControlPoints, errors=(404,))
def control_points(key: int) -> Any:
    """The control points of every task that the case had."""
    return read(get_case_control_points, diagram, key)


@blp.operation("GET", f"{CASE}/comments", permission=CONTENTS, returns=Comments, errors=(404,))
def comments(key: int) -> Any:
    """The comments on the case, the oldest first."""
    return read(get_comments, key)


@blp.operation(
    "POST", f"{CASE}/comments", permission="comment:write", body=CommentBody, status=204, errors=(404, 409)
)
def write_comment(body: dict[str, Any], key: int) -> None:
    """Comment on the case, or on one of its tasks; whom `mentions` names is told, if they may read the case."""
    run(WriteComment(key, body["text"], optional_key(body, "userTaskKey"), tuple(body["mentions"])))


@blp.operation(
    "POST", f"{CASE}/readers/search", permission=CONTENTS, body=ReaderSearch, returns=ReaderResult, errors=(404,)
)
def readers(body: dict[str, Any], key: int) -> Any:
    """The people who may read the case: whom a comment may mention."""
    return read(search_readers, key, wanted(body))


@blp.operation(
    "POST",
    "/notifications/search",
    permission="notification:read",
    body=NotificationSearch,
    returns=NotificationResult,
)
def notifications(body: dict[str, Any]) -> Any:
    """Search what one was told, oneself or as a member of a group."""
    return read(search_notifications, wanted(body))


@blp.operation("POST", "/notifications/<key:key>/read", permission="notification:read", status=204, errors=(404,))
def read_one(key: int) -> None:
    """Mark a notification as read."""
    run(ReadNotification(key))
