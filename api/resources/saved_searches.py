"""A person's own saved searches of cases."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import actor, read, run
from api.schemas.saved_searches import SavedSearchBody, SavedSearchList, SavedSearchMade, SavedSearchName
from engine.commands.saved_searches import DeleteSearch, RenameSearch, SaveSearch
from engine.queries.saved_searches import saved_searches

PATH, PERMISSION = "/v2/authentication/me/saved-searches", "saved-search:manage"
blp = Room("saved searches", __name__, url_prefix=PATH, description="One's own searches of cases, kept")


@blp.operation("GET", "", permission=PERMISSION, returns=SavedSearchList)
def list_searches() -> dict[str, Any]:
    """One's own saved searches, by name."""
    return {"items": read(saved_searches)}


@blp.operation(
    "POST", "", permission=PERMISSION, body=SavedSearchBody, returns=SavedSearchMade, status=201, errors=(404, 409)
)
def save(body: dict[str, Any]) -> Any:
    """Keep a search under a name."""
    return run(SaveSearch(actor().id, body["name"], body["conditions"]))


@blp.operation("PATCH", "/<key:key>", permission=PERMISSION, body=SavedSearchName, status=204, errors=(404, 409))
def rename(body: dict[str, Any], key: int) -> None:
    """Give a saved search another name."""
    run(RenameSearch(key, body["name"]))


@blp.operation("DELETE", "/<key:key>", permission=PERMISSION, status=204, errors=(404,))
def delete(key: int) -> None:
    """Give a saved search up."""
    run(DeleteSearch(key))
