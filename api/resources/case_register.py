"""What a search of cases finds, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request

from api.blueprint import Room, argument_doc
from api.case_csv import cases_csv
from api.context import note, read, runtime
from api.csv_table import CSV, LANGUAGES
from api.ocel import JSON, ocel
from api.schemas.instances import ProcessInstanceSearch
from api.views import diagram, wanted
from api.xes import XML, xes
from engine.errors import InvalidArgument
from engine.queries.event_log import event_log
from engine.queries.search import LARGEST_LIMIT, Search
from engine.queries.standing import search_with_tasks

blp = Room("case register", __name__, url_prefix="/v2", description="Cases taken out as files")
READ = "process-instance:read"
_TABLE: dict[str, Any] = {CSV: {"schema": {"type": "string"}}}
_LOG: dict[str, Any] = {XML: {"schema": {"type": "string"}}, JSON: {"schema": {"type": "object"}}}
_LANGUAGE = argument_doc("language", "string", "th (default) or en: of the names of columns, states and steps")
_FORMATS = {"xes": (XML, xes, "xes"), "ocel": (JSON, ocel, "ocel.json")}


@blp.operation(
    "POST", "/process-instances/export", permission=READ, body=ProcessInstanceSearch, returns=_TABLE,
    parameters=[_LANGUAGE],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search of cases finds as a table for spreadsheets, the first 10,000 if it is not said how many; the audit
    log tells of it."""
    language = _one_of("language", LANGUAGES)
    page = {"limit": LARGEST_LIMIT, **body["page"]}
    found = read(search_with_tasks, Search(body["filter"], body["sort"], page))["items"]
    # by what, and not for what: the words of a search may be somebody's name, and this log forgets nothing
    note("cases-exported", ["csv"], f"{len(found)} cases; by {', '.join(sorted(body['filter'])) or 'nothing'}")
    response = Response(cases_csv(found, language, runtime().bus.services.zone), content_type=f"{CSV}; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


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
    form, language = _one_of("format", tuple(_FORMATS)), _one_of("language", LANGUAGES)
    people = _one_of("people", ("pseudonyms", "names"))
    found = read(event_log, diagram, wanted(body), people == "names")
    kind, write, ending = _FORMATS[form]
    events = sum(len(log.events) for log in found)
    by = ", ".join(sorted(body["filter"])) or "nothing"
    note("cases-exported", [form], f"{len(found)} cases with {events} events, people by {people}; by {by}")
    response = Response(write(found, language), content_type=f"{kind}; charset=utf-8" if kind == XML else kind)
    response.headers["Content-Disposition"] = f'attachment; filename="cases.{ending}"'
    return response


def _one_of(name: str, values: Sequence[str]) -> str:
    """An argument of the address, the first of its values when it is missing. Raises InvalidArgument."""
    value = request.args.get(name, values[0])
    if value not in values:
        raise InvalidArgument(f"{name} is {' or '.join(values)}")
    return value
