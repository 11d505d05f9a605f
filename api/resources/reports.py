"""Reports on standard times, to be read and to be taken out as files."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from flask import Response

from api.blueprint import Room
from api.context import note, read, runtime
from api.report_files import KINDS_OF_FILES
from api.schemas.reports import HeatBody, HeatReport, ReportBody, ReportFileBody, StandardTimeReport, VariantsReport
from api.views import diagram
from engine.queries.filters import read_key
from engine.reports.heat import heat_of_version
from engine.reports.standard_time import Wanted, standard_time_report
from engine.reports.variants import variants_of_version
from engine.reports.versions import VersionWanted

blp = Room("reports", __name__, url_prefix="/v2/reports", description="How well the standard times are kept")
READ = "report:read"
_BINARY = {"schema": {"type": "string", "format": "binary"}}


@blp.operation(
    "POST", "/standard-time", permission=READ, body=ReportBody, returns=StandardTimeReport, errors=(404,)
)
def standard_time(body: dict[str, Any]) -> Any:
    """The report on the standard times of a process in a period: of the whole process, of the units that one heads, or
    of what one did oneself."""
    return _report(body)


@blp.operation(
    "POST", "/standard-time/file", permission=READ, body=ReportFileBody, errors=(404,),
    returns={kind.content_type: _BINARY for kind in KINDS_OF_FILES.values()},
)  # fmt: skip
def standard_time_file(body: dict[str, Any]) -> Response:
    """The same report as a file, which the audit log tells of: a table (CSV) or a workbook with charts (XLSX)."""
    kind, report = KINDS_OF_FILES[body["format"]], _report(body)
    made = kind.write(report, body["language"])
    period = report["period"]
    about = f"{report['scope']} {period['from']} {period['to']} {body['format']}"
    note("report-exported", [body["processDefinitionId"]], about)
    response = Response(made, content_type=kind.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="standard-time.{body["format"]}"'
    return response


@blp.operation("POST", "/heat", permission=READ, body=HeatBody, returns=HeatReport, errors=(404,))
def heat(body: dict[str, Any]) -> Any:
    """How often each element and flow of a version was passed in a period, how long it took and how often it was late:
    for who may have the whole process reported."""
    return read(heat_of_version, diagram, _version(body), _office(body["period"]), runtime().clock.now())


@blp.operation("POST", "/variants", permission=READ, body=HeatBody, returns=VariantsReport, errors=(404,))
def variants(body: dict[str, Any]) -> Any:
    """The paths that cases of a version took which ended in a period, how many took each, how long they were and how
    often late: for who may have the whole process reported."""
    return read(variants_of_version, diagram, _version(body), _office(body["period"]), runtime().clock.now())


def _version(body: dict[str, Any]) -> VersionWanted:
    period, version = body["period"], read_key("processDefinitionKey", body["processDefinitionKey"])
    return VersionWanted(version, period["kind"], period["from"], period["to"])


def _report(body: dict[str, Any]) -> dict[str, Any]:
    period = body["period"]
    wanted = Wanted(body["processDefinitionId"], period["kind"], period["from"], period["to"], body["scope"])
    report: dict[str, Any] = read(standard_time_report, diagram, wanted, _office(period), runtime().clock.now())
    return report


def _office(period: dict[str, Any]) -> Any:
    """The office's calendar as it stood when the period began."""
    with runtime().database.read() as db:
        return runtime().bus.services.office(db, datetime.combine(period["from"], time(12), UTC))
