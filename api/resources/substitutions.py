"""Substitutions: who stands in for an absent person, and who takes over from one who leaves. A request in an absent
person's name has the header X-On-Behalf-Of."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import actor, read, run, runtime
from api.handing_over import hand_over
from api.schemas.substitutions import (
    EnteredSubstitution,
    HandedOver,
    HandOverBody,
    SubstitutionBody,
    SubstitutionResult,
    SubstitutionSearch,
)
from api.views import wanted
from engine.commands.end_substitution import EndSubstitution
from engine.commands.enter_substitution import EnterSubstitution
from engine.queries.filters import read_moment
from engine.queries.substitutions import search_substitutions

blp = Room("substitutions", __name__, url_prefix="/v2", description="Who stands in for whom")
ENTER = "substitution:enter"


@blp.operation(
    "POST",
    "/substitutions",
    permission=ENTER,
    body=SubstitutionBody,
    returns=EnteredSubstitution,
    status=201,
    errors=(409,),
)
def enter(body: dict[str, Any]) -> Any:
    """Enter who stands in for oneself, or for somebody in a unit that one heads, from when until before when."""
    starts, ends = (read_moment(name, body[name]) for name in ("startDate", "endDate"))
    absent = body["absent"] or actor().id
    return run(EnterSubstitution(absent, body["substitute"], starts, ends, body["scope"], body["scopeName"]))


@blp.operation(
    "POST",
    "/substitutions/search",
    permission="substitution:read",
    body=SubstitutionSearch,
    returns=SubstitutionResult,
)
def find(body: dict[str, Any]) -> Any:
    """Search the substitutions that concern oneself; `filter.active` is whether one holds now."""
    return read(search_substitutions, wanted(body), runtime().clock.now())


@blp.operation("POST", "/substitutions/<key:key>/end", permission=ENTER, status=204, errors=(404, 409))
def end(key: int) -> None:
    """End a substitution before its time."""
    run(EndSubstitution(key))


@blp.operation(
    "POST",
    "/users/<string:username>/hand-over",
    permission="user-task:hand-over",
    body=HandOverBody,
    returns=HandedOver,
)
def hand_over_tasks(body: dict[str, Any], username: str) -> Any:
    """Hand over all open tasks of somebody who leaves, to another person or back to their candidates."""
    return hand_over(runtime(), actor(), username, body["to"], body["reason"])
