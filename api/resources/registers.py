"""The registers over all processes: read whole, or as a table."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room, argument_doc
from api.context import read
from api.exports import TABLE, language_asked, table_file
from api.register_csv import register_csv
from api.schemas.registers import Register
from api.views import diagram
from engine.queries.registers import get_register

blp = Room("registers", __name__, url_prefix="/v2", description="What the manuals say, over all processes")
READ = "definition:read"


@blp.operation("GET", "/registers/<name>", permission=READ, returns=Register, errors=(404,))
def get_one(name: str) -> Any:
    """A register: control-points, risks, standard-times, documents, roles, legal-basis."""
    return read(get_register, diagram, name)


@blp.operation(
    "GET", "/registers/<name>/export", permission=READ, returns=TABLE, errors=(404,),
    parameters=[argument_doc("language", "string", "th (default) or en")],
)  # fmt: skip
def export(name: str) -> Response:
    """A register as a table for spreadsheets."""
    language = language_asked()
    return table_file(register_csv(name, read(get_register, diagram, name)["items"], language), name)
