"""Legal holds: cases that nobody may delete or erase."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read, run
from api.schemas.holds import HoldBody, HoldEndBody, LegalHoldResult, LegalHoldSearch, PlacedHold
from api.views import wanted
from engine.commands.end_hold import EndHold
from engine.commands.place_hold import PlaceHold
from engine.queries.filters import read_key
from engine.queries.holds import search_holds

blp = Room("holds", __name__, url_prefix="/v2/legal-holds", description="Cases that nobody may delete")


@blp.operation(
    "POST", "", permission="legal-hold:place", body=HoldBody, returns=PlacedHold, status=201, errors=(404, 409)
)
def place(body: dict[str, Any]) -> Any:
    """Place a legal hold on a case: with all that it called it is kept until every hold is ended."""
    return run(PlaceHold(read_key("processInstanceKey", body["processInstanceKey"]), body["reason"]))


@blp.operation("POST", "/search", permission="legal-hold:read", body=LegalHoldSearch, returns=LegalHoldResult)
def find(body: dict[str, Any]) -> Any:
    """Search legal holds; `filter.state` is HOLDS or ENDED."""
    return read(search_holds, wanted(body))


@blp.operation("POST", "/<key:key>/end", permission="legal-hold:end", body=HoldEndBody, status=204, errors=(404, 409))
def end(body: dict[str, Any], key: int) -> None:
    """End a legal hold; other holds on the same case go on."""
    run(EndHold(key, body["reason"]))
