"""Element instances and variables."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import if_match, read, run
from api.holding import until_answered
from api.schemas.instances import (
    ElementInstance,
    ElementInstanceResult,
    ElementInstanceSearch,
    Variable,
    VariableResult,
    VariablesBody,
    VariableSearch,
)
from api.views import TRUNCATE, truncate, wanted
from engine.commands.set_variables import SetVariables
from engine.queries.elements import get_element, get_variable, search_elements, search_variables

blp = Room("elements and variables", __name__, url_prefix="/v2", description="Where cases stand and what they hold")
READ, CONTENTS = "process-instance:read", "process-instance:contents"


@blp.operation(
    "POST", "/element-instances/search", permission=READ, body=ElementInstanceSearch, returns=ElementInstanceResult
)
def search(body: dict[str, Any]) -> Any:
    """Search element instances."""
    return read(search_elements, wanted(body))


@blp.operation("GET", "/element-instances/<key:key>", permission=READ, returns=ElementInstance, errors=(404,))
def get_one(key: int) -> Any:
    """One element instance."""
    return read(get_element, key)


@blp.operation(
    "PUT",
    "/element-instances/<key:key>/variables",
    permission="variable:update",
    body=VariablesBody,
    status=204,
    errors=(404, 409, 504),
)
def set_variables(body: dict[str, Any], key: int) -> None:
    """Set variables in the scope of an element or of a whole case."""
    until_answered(run(SetVariables(key, body["variables"], bool(body["local"]), rev=if_match())))


@blp.operation(
    "POST",
    "/variables/search",
    permission=CONTENTS,
    body=VariableSearch,
    returns=VariableResult,
    parameters=[TRUNCATE],
)
def find_variables(body: dict[str, Any]) -> Any:
    """Search variables."""
    return read(search_variables, wanted(body), truncate())


@blp.operation("GET", "/variables/<key:key>", permission=CONTENTS, returns=Variable, errors=(404,))
def get_one_variable(key: int) -> Any:
    """One variable with its whole value."""
    return read(get_variable, key)
