"""What a person keeps for himself or herself: how the application looks, tours that were seen, favourite processes."""

from __future__ import annotations

from typing import Any

from api.answers import tagged
from api.blueprint import Room
from api.context import if_match, read, run
from api.schemas.own_settings import DisplayChoice, OwnSettings
from engine.commands.own_settings import AddFavouriteProcess, RemoveFavouriteProcess, SeeTour, SetOwnSettings
from engine.queries.own_settings import get_own_settings

blp = Room("own settings", __name__, url_prefix="/v2/authentication/me", description="What one keeps for oneself")
MANAGE, FAVOURITE = "own-settings:manage", "/favourite-processes/<string:process_id>"


@blp.operation("GET", "/settings", permission=MANAGE, returns=OwnSettings)
def get_settings() -> Any:
    """How the application looks to one, and which tours one has seen."""
    found = read(get_own_settings)
    return tagged(found, found["rev"])


@blp.operation("PUT", "/settings", permission=MANAGE, body=DisplayChoice, status=204, errors=(404, 409))
def set_settings(body: dict[str, Any]) -> None:
    """Choose how the application looks, on every machine."""
    run(SetOwnSettings(body["language"], body["theme"], body["textSize"], body["still"], rev=if_match()))


@blp.operation("PUT", "/tours/<string:tour>", permission=MANAGE, status=204, errors=(400, 404))
def see_tour(tour: str) -> None:
    """One has seen a tour, or skipped it: it does not begin by itself any more."""
    run(SeeTour(tour))


@blp.operation("PUT", FAVOURITE, permission=MANAGE, status=204, errors=(404, 409))
def add_favourite(process_id: str) -> None:
    """Put a process among one's favourites; at most a hundred."""
    run(AddFavouriteProcess(process_id))


@blp.operation("DELETE", FAVOURITE, permission=MANAGE, status=204, errors=(404,))
def remove_favourite(process_id: str) -> None:
    """Take a process from one's favourites."""
    run(RemoveFavouriteProcess(process_id))
