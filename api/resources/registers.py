"""The registers over all processes: read whole, or as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.blueprint import Room, argument_doc
from api.context import read
from api.csv_table import CSV, LANGUAGES
from api.register_csv import register_csv
from api.schemas.registers import Register
from api.views import diagram
from engine.errors import InvalidArgument
from engine.queries.registers import get_register

blp = Room("registers", __name__, url_prefix="/v2", description="What the manuals say, over all processes")
READ = "definition:read"
_TABLE: dict[str, Any] = {CSV: {"schema": {"type": "string"}}}


@blp.operation("GET", "/registers/<name>", permission=READ, returns=Register, errors=(404,))
def get_one(name: str) -> Any:
    """A register: control-points, risks, standard-times, documents, roles, legal-basis."""
    return read(get_register, diagram, name)


@blp.operation(
    "GET", "/registers/<name>/export", permission=READ, returns=_TABLE, errors=(404,),
    parameters=[argument_doc("language", "string", "th (default) or en")],
)  # fmt: skip
def export(name: str) -> Response:
    """A register as a table for spreadsheets."""
    language = request.args.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        raise InvalidArgument("language is th or en")
    table = register_csv(name, read(get_register, diagram, name)["items"], language)
    response = Response(table, content_type=f"{CSV}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
