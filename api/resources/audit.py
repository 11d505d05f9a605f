"""The audit log: what people and clients asked for."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.audit_csv import audit_csv
from api.blueprint import Room, argument_doc
from api.context import note, read, runtime
from api.exports import TABLE, conditions, language_asked, largest, table_file
from api.schemas.audit import AuditLog, AuditLogResult, AuditLogSearch, AuditLogVerification
from api.views import wanted
from engine.queries.audit import PERMISSION, get_audit_log, search_audit_logs, search_task_audit_logs, verify_log

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
    returns=TABLE,
    parameters=[argument_doc("language", "string", "th (default) or en: of the names of columns and outcomes")],
)  # fmt: skip
def export(body: dict[str, Any]) -> Response:
    """What a search of the audit log finds as a table for spreadsheets, the first 10,000 if it is not said how
    many; the log itself tells of it."""
    language = language_asked()
    found = read(search_audit_logs, largest(body))["items"]
    note("audit-log-exported", ["csv"], f"{len(found)} entries; by {conditions(body)}")
    return table_file(audit_csv(found, language, runtime().bus.services.zone), "audit-log")


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
