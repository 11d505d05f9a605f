"""Schemas of the audit log."""

from __future__ import annotations

from api.schemas.base import result_of, schema_of, search_of
from engine.queries.audit import AUDIT_LOG

AuditLog = schema_of(AUDIT_LOG)
AuditLogSearch = search_of(AUDIT_LOG)
AuditLogResult = result_of(AuditLog, "AuditLog")
