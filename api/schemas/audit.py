"""Schemas of the audit log."""

from __future__ import annotations

from marshmallow import Schema

from api.schemas.base import Truth, Whole, result_of, schema_of, search_of
from engine.queries.audit import AUDIT_LOG

AuditLog = schema_of(AUDIT_LOG)
AuditLogSearch = search_of(AUDIT_LOG)
AuditLogResult = result_of(AuditLog, "AuditLog")


class AuditLogVerification(Schema):
    """Whether nobody changed, moved or cut the service's own events; otherwise the first one that is wrong."""

    valid = Truth(required=True)
    events = Whole(required=True)
    firstBadSequence = Whole(required=True, allow_none=True)
