"""What a search of cases finds, as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.blueprint import Room, argument_doc
from api.case_csv import cases_csv
from api.context import note, read, runtime
from api.csv_table import CSV, LANGUAGES
from api.schemas.instances import ProcessInstanceSearch
from engine.errors import InvalidArgument
from engine.queries.search import LARGEST_LIMIT, Search
from engine.queries.standing import search_with_tasks

blp = Room("case register", __name__, url_prefix="/v2", description="Cases taken out as files")
READ = "process-instance:read"
_TABLE: dict[str, Any] = {CSV: {"schema": {"type": "string"}}}


@blp.operation(
    "POST", "/process-instances/export", permission=READ, body=ProcessInstanceSearch, returns=_TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and states")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search of cases finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit
    log tells of it."""
    language = request.args.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        raise InvalidArgument("language is th or en")
    page = {"limit": LARGEST_LIMIT, **body["page"]}
    found = read(search_with_tasks, Search(body["filter"], body["sort"], page))["items"]
    # by what, and not for what: the words of a search may be somebody's name, and this log forgets nothing
    note("cases-exported", ["csv"], f"{len(found)} cases; by {', '.join(sorted(body['filter'])) or 'nothing'}")
    response = Response(
        cases_csv(found, language, runtime().bus.services.zone), content_type=f"{CSV}; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response
