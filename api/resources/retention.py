"""Retention: which cases have been kept as long as they must be. They are deleted on the server's own machine alone."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.retention import RetentionBody, RetentionPreview
from engine.commands.retention_preview import preview_retention
from engine.queries.filters import read_key

blp = Room("retention", __name__, url_prefix="/v2/retention", description="Cases that were kept long enough")


@blp.operation("POST", "/due", permission="retention:read", body=RetentionBody, returns=RetentionPreview)
def due(body: dict[str, Any]) -> dict[str, Any]:
    """The cases whose time is over, in the order of their keys; nothing is changed."""
    wanted = {"limit": 50, "after": None} | body["page"]
    after = 0 if wanted["after"] is None else read_key("page.after", wanted["after"])
    services, keeping = runtime().bus.services, runtime().keeping
    kept = services.definitions, services.zone, keeping, runtime().clock.now()
    found, more = read(preview_retention, *kept, after, wanted["limit"])
    cursor = {"startCursor": None, "endCursor": None if more is None else str(more)}
    page = {"totalItems": len(found), "hasMoreTotalItems": more is not None, **cursor}
    return {"items": found, "page": page, "defaultPeriod": keeping}
