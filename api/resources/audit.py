"""The audit log: what people and clients asked for."""

from __future__ import annotations

from typing import Any

from api.blueprint import Room
from api.context import read
from api.schemas.audit import AuditLog, AuditLogResult, AuditLogSearch
from api.views import wanted
from engine.queries.audit import PERMISSION, get_audit_log, search_audit_logs, search_task_audit_logs

blp = Room("audit", __name__, url_prefix="/v2", description="What was done, by whom, and when")


@blp.operation(
    "POST", "/audit-logs/search", permission=PERMISSION, body=AuditLogSearch, returns=AuditLogResult
)
def find_audit_logs(body: dict[str, Any]) -> Any:
    """Search the audit log of the service and of every case."""
    return read(search_audit_logs, wanted(body))


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
