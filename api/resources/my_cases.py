"""The cases of who asks."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, runtime
from api.schemas.my_cases import MyCaseResult, MyCaseSearch
from api.views import diagram
from engine.queries.my_cases import search_my_cases
from engine.queries.search import Search

blp = Room("my cases", __name__, url_prefix="/v2", description="What one started or worked on, and where it stands")


@blp.operation(
    "POST",
    "/process-instances/mine/search",
    permission="process-instance:read",
    body=MyCaseSearch,
    returns=MyCaseResult,
)
def search(body: dict[str, Any]) -> Any:
    """Search the cases that one started or worked on, with the steps in which they stand."""
    wanted = Search(body["filter"], (), body["page"])
    return read(search_my_cases, diagram, wanted, runtime().clock.now())
