"""The register of control points as they were worked: found, and as a table."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room, argument_doc
from api.context import note, read, runtime
from api.control_point_csv import control_points_csv
from api.exports import TABLE, conditions, language_asked, largest, table_file
from api.schemas.control_points import ControlPointResultResult, ControlPointResultSearch
from api.views import diagram, wanted
from engine.queries.control_points import search_control_points

blp = Room("control points", __name__, url_prefix="/v2/control-points", description="What control points came to")
READ = "process-instance:read"


@blp.operation("POST", "/search", permission=READ, body=ControlPointResultSearch, returns=ControlPointResultResult)
def find(body: dict[str, Any]) -> Any:
    """Search what control points came to (passed, failed, waived) in the cases that one may see."""
    return read(search_control_points, diagram, wanted(body))


@blp.operation(
    "POST", "/export", permission=READ, body=ControlPointResultSearch, returns=TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and results")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit log tells
    of it."""
    language = language_asked()
    found = read(search_control_points, diagram, largest(body))["items"]
    note("cases-exported", ["csv"], f"{len(found)} results of control points; by {conditions(body)}")
    return table_file(control_points_csv(found, language, runtime().bus.services.zone), "control-points")
