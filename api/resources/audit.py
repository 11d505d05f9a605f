"""The audit log: what people and clients asked for."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.audit_csv import audit_csv
from api.blueprint import Room, argument_doc
from api.context import note, read, runtime
from api.csv_table import CSV, LANGUAGES
from api.schemas.audit import AuditLog, AuditLogResult, AuditLogSearch, AuditLogVerification
from api.views import wanted
from engine.errors import InvalidArgument
from engine.queries.audit import PERMISSION, get_audit_log, search_audit_logs, search_task_audit_logs, verify_log
from engine.queries.search import LARGEST_LIMIT, Search

blp = Room("audit", __name__, url_prefix="/v2", description="What was done, by whom, and when")


@blp.operation(
    "POST", "/audit-logs/search", permission=PERMISSION, body=AuditLogSearch, returns=AuditLogResult
)
def find_audit_logs(body: dict[str, Any]) -> Any:
    """Search the audit log of the service and of every case."""
    return read(search_audit_logs, wanted(body))


@blp.operation("GET", "/audit-logs/verification", permission=PERMISSION, returns=AuditLogVerification)
def verify() -> Any:
    """Verify the chain of the service's own events; those of cases are verified case by case."""
    return read(verify_log)


@blp.operation(
    "POST", "/audit-logs/export", permission=PERMISSION, body=AuditLogSearch,
    returns={CSV: {"schema": {"type": "string"}}},
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and outcomes")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search of the audit log finds as a table for spreadsheets, the first 10,000 if it is not said how
    many; the log itself tells of it."""
    language = request.args.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        raise InvalidArgument("language is th or en")
    page = {"limit": LARGEST_LIMIT, **body["page"]}
    found = read(search_audit_logs, Search(body["filter"], body["sort"], page))["items"]
    note("audit-log-exported", ["csv"], f"{len(found)} entries; by {', '.join(sorted(body['filter'])) or 'nothing'}")
    table = audit_csv(found, language, runtime().bus.services.zone)
    response = Response(table, content_type=f"{CSV}; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


@blp.operation(
    "GET", "/audit-logs/<string:key>", permission=PERMISSION, returns=AuditLog, errors=(400, 404)
)
def one_audit_log(key: str) -> Any:
    """One entry of the audit log."""
    return read(get_audit_log, key)


@blp.operation(
    "POST",
    "/user-tasks/<key:key>/audit-logs/search",
    permission="user-task:read",
    body=AuditLogSearch,
    returns=AuditLogResult,
    errors=(404,),
)
def find_task_audit_logs(body: dict[str, Any], key: int) -> Any:
    """Search what was done to one user task."""
    return read(search_task_audit_logs, key, wanted(body))
