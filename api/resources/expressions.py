"""What an editor of FEEL asks: which functions there are, and where a text is wrong."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read
from api.schemas.expressions import ExpressionBody, ExpressionFunctions, ExpressionRead
from engine.commands.feel_help import functions_of_feel, read_feel
from engine.queries.model_drafts import EDIT, may_begin

blp = Room("expressions", __name__, url_prefix="/v2", description="FEEL, for who writes it")


@blp.operation("GET", "/expressions/functions", permission=EDIT, returns=ExpressionFunctions)
def functions() -> Any:
    """The built-in functions of FEEL, by name."""
    read(may_begin)
    return {"functions": functions_of_feel()}


@blp.operation("POST", "/expressions/check", permission=EDIT, body=ExpressionBody, returns=ExpressionRead)
def check(body: dict[str, Any]) -> Any:
    """Where a text is wrong as FEEL, and the variables that it reads. It is neither evaluated nor kept."""
    read(may_begin)
    return read_feel(body["expression"], body["names"], tests=body["kind"] == "UNARY_TESTS")
