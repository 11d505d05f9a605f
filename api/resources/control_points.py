"""The register of control points as they were worked: found, and as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.blueprint import Room, argument_doc
from api.context import note, read, runtime
from api.control_point_csv import control_points_csv
from api.csv_table import CSV, LANGUAGES
from api.schemas.control_points import ControlPointResultResult, ControlPointResultSearch
from api.views import diagram, wanted
from engine.errors import InvalidArgument
from engine.queries.control_points import search_control_points
from engine.queries.search import LARGEST_LIMIT, Search

blp = Room("control points", __name__, url_prefix="/v2/control-points", description="What control points came to")
READ = "process-instance:read"
_TABLE: dict[str, Any] = {CSV: {"schema": {"type": "string"}}}


@blp.operation("POST", "/search", permission=READ, body=ControlPointResultSearch, returns=ControlPointResultResult)
def find(body: dict[str, Any]) -> Any:
    """Search what control points came to (passed, failed, waived) in the cases that one may see."""
    return read(search_control_points, diagram, wanted(body))


@blp.operation(
    "POST", "/export", permission=READ, body=ControlPointResultSearch, returns=_TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and results")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit log tells
    of it."""
    language = request.args.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        raise InvalidArgument("language is th or en")
    page = {"limit": LARGEST_LIMIT, **body["page"]}
    found = read(search_control_points, diagram, Search(body["filter"], body["sort"], page))["items"]
    names = ", ".join(sorted(body["filter"])) or "nothing"
    note("cases-exported", ["csv"], f"{len(found)} results of control points; by {names}")
    table = control_points_csv(found, language, runtime().bus.services.zone)
    response = Response(table, content_type=f"{CSV}; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="control-points.csv"'
    return response
