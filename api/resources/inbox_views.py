"""A person's own saved views of the inbox."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import actor, if_match, read, run
from api.schemas.inbox_views import InboxViewBody, InboxViewList, InboxViewMade
from engine.commands.inbox_views import ChangeInboxView, DeleteInboxView, SaveInboxView
from engine.queries.inbox_views import inbox_views

PATH, PERMISSION = "/v2/authentication/me/inbox-views", "inbox-view:manage"
blp = Room("inbox views", __name__, url_prefix=PATH, description="One's own saved views of the inbox")


def _content(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in ("view", "filter", "columns", "grouping", "sort")}


@blp.operation("GET", "", permission=PERMISSION, returns=InboxViewList)
def list_views() -> dict[str, Any]:
    """One's own saved views."""
    return {"items": read(inbox_views)}


@blp.operation(
    "POST", "", permission=PERMISSION, body=InboxViewBody, returns=InboxViewMade, status=201, errors=(404, 409)
)
def save(body: dict[str, Any]) -> Any:
    """Save a view."""
    return run(SaveInboxView(actor().id, body["name"], _content(body)))


@blp.operation("PUT", "/<key:key>", permission=PERMISSION, body=InboxViewBody, status=204, errors=(404, 409))
def change(body: dict[str, Any], key: int) -> None:
    """Change a saved view: all of it anew."""
    run(ChangeInboxView(key, body["name"], _content(body), rev=if_match()))


@blp.operation("DELETE", "/<key:key>", permission=PERMISSION, status=204, errors=(400, 404, 409))
def delete(key: int) -> None:
    """Delete a saved view."""
    run(DeleteInboxView(key, rev=if_match()))
