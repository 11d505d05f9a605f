"""What a search of cases finds, as a table."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.blueprint import Room, argument_doc
from api.case_csv import cases_csv
from api.context import note, read, runtime
from api.exports import TABLE, conditions, language_asked, largest, one_of, table_file
from api.ocel import JSON, ocel
from api.schemas.instances import ProcessInstanceSearch
from api.views import diagram, wanted
from api.xes import XML, xes
from engine.queries.event_log import event_log
from engine.queries.standing import search_with_tasks

blp = Room("case register", __name__, url_prefix="/v2", description="Cases taken out as files")
READ = "process-instance:read"
_LOG: dict[str, Any] = {XML: {"schema": {"type": "string"}}, JSON: {"schema": {"type": "object"}}}
_LANGUAGE = argument_doc("language", "string", "th (default) or en: of the names of columns, states and steps")
_FORMATS = {"xes": (XML, xes, "xes"), "ocel": (JSON, ocel, "ocel.json")}


@blp.operation(
    "POST", "/process-instances/export", permission=READ, body=ProcessInstanceSearch, returns=TABLE,
    parameters=[_LANGUAGE],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search of cases finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit
    log tells of it."""
    language = language_asked()
    found = read(search_with_tasks, largest(body))["items"]
    note("cases-exported", ["csv"], f"{len(found)} cases; by {conditions(body)}")
    return table_file(cases_csv(found, language, runtime().bus.services.zone), "cases")


@blp.operation(
    "POST", "/process-instances/event-log", permission=READ, body=ProcessInstanceSearch, returns=_LOG,
    parameters=[
        argument_doc("format", "string", "xes (default): XES, IEEE 1849-2016; ocel: OCEL 2.0 as JSON"), _LANGUAGE,
        argument_doc("people", "string", "pseudonyms (default) or names"),
    ],
)  # fmt: skip
def export_events(body: dict[str, Any]) -> Response:
    """What was done in the cases that a search finds, as an event log for process mining; without what they hold. The
    audit log tells of it."""
    form, language = one_of("format", tuple(_FORMATS)), language_asked()
    people = one_of("people", ("pseudonyms", "names"))
    found = read(event_log, diagram, wanted(body), people == "names")
    kind, write, ending = _FORMATS[form]
    events = sum(len(log.events) for log in found)
    what = f"{len(found)} cases with {events} events, people by {people}; by {conditions(body)}"
    note("cases-exported", [form], what)
    response = Response(write(found, language), content_type=f"{kind}; charset=utf-8" if kind == XML else kind)
    response.headers["Content-Disposition"] = f'attachment; filename="cases.{ending}"'
    return response
