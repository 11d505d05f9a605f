"""What each recorded event means in the audit log: which kind of thing, which operation, which category.

Types, operations and categories are those of the Camunda 8 REST API (audit logs). Events of a case that only say how
the engine went on (flows taken, elements entered) are no operations and are not named here; nor are those of jobs,
which their workers do by the thousand: both stand in the case's own history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Meaning:
    """How the audit log shows an event of one type."""

    entity: str
    operation: str
    category: str
    result: str = "SUCCESS"


@dataclass(frozen=True, slots=True)
class ServiceEvent:
    """One thing that happened to the service and to no case. `entity_key` says which account, deployment, token ...;
    `data` is JSON-able and holds no secrets. `by` is who did it, where that is not the actor of the command."""

    type: str
    entity_key: str
    data: dict[str, Any] = field(default_factory=dict)
    by: str | None = None


def _admin(entity: str, operation: str, result: str = "SUCCESS") -> Meaning:
    return Meaning(entity, operation, "ADMIN", result)


def _deployed(entity: str, operation: str) -> Meaning:
    return Meaning(entity, operation, "DEPLOYED_RESOURCES")


def _task(operation: str) -> Meaning:
    return Meaning("USER_TASK", operation, "USER_TASKS")


_CASE = "PROCESS_INSTANCE"
OF_THE_SERVICE: Mapping[str, Meaning] = {
    "signed-in": _admin("USER", "UPDATE"),
    "sign-in-refused": _admin("USER", "UPDATE", "FAIL"),
    "account-locked": _admin("USER", "UPDATE"),
    "signed-out": _admin("USER", "UPDATE"),
    "code-asked": _admin("USER", "UPDATE"),
    "second-factor-enrolled": _admin("USER", "UPDATE"),
    "second-factor-removed": _admin("USER", "UPDATE"),
    "second-factor-reset": _admin("USER", "UPDATE"),
    "recovery-codes-made": _admin("USER", "UPDATE"),
    "calendar-feed-made": _admin("USER", "UPDATE"),
    "calendar-feed-replaced": _admin("USER", "UPDATE"),
    "calendar-feed-changed": _admin("USER", "UPDATE"),
    "calendar-feed-revoked": _admin("USER", "UPDATE"),
    "token-made": _admin("CLIENT", "CREATE"),
    "token-revoked": _admin("CLIENT", "DELETE"),
    "token-issued": _admin("CLIENT", "UPDATE"),
    "client-added": _admin("CLIENT", "CREATE"),
    "client-revoked": _admin("CLIENT", "DELETE"),
    "session-ended": _admin("USER", "UPDATE"),
    "sessions-ended": _admin("USER", "UPDATE"),
    "role-granted": _admin("AUTHORIZATION", "ASSIGN"),
    "clearance-set": _admin("AUTHORIZATION", "ASSIGN"),
    "substitution-entered": _admin("AUTHORIZATION", "ASSIGN"),
    "substitution-ended": _admin("AUTHORIZATION", "UNASSIGN"),
    "person-added": _admin("USER", "CREATE"),
    "person-changed": _admin("USER", "UPDATE"),
    "person-activated": _admin("USER", "UPDATE"),
    "person-deactivated": _admin("USER", "UPDATE"),
    "people-imported": _admin("USER", "UPDATE"),
    "password-set": _admin("USER", "UPDATE"),
    "organisation-imported": _admin("GROUP", "UPDATE"),
    "demo-accounts-added": _admin("USER", "CREATE"),
    "retention-carried-out": _deployed(_CASE, "DELETE"),
    "history-archived": _deployed(_CASE, "UPDATE"),
    "history-restored": _deployed(_CASE, "UPDATE"),
    "host-allowed": _admin("RESOURCE", "CREATE"),
    "host-disallowed": _admin("RESOURCE", "DELETE"),
    "webhook-added": _admin("RESOURCE", "CREATE"),
    "webhook-changed": _admin("RESOURCE", "UPDATE"),
    "webhook-secret-renewed": _admin("RESOURCE", "UPDATE"),
    "webhook-tested": _admin("RESOURCE", "UPDATE"),
    "webhook-switched-off": _admin("RESOURCE", "UPDATE", "FAIL"),
    "webhook-removed": _admin("RESOURCE", "DELETE"),
    "push-service-added": _admin("RESOURCE", "CREATE"),
    "push-service-removed": _admin("RESOURCE", "DELETE"),
    "push-address-added": _admin("USER", "UPDATE"),
    "push-address-tested": _admin("USER", "UPDATE"),
    "push-address-removed": _admin("USER", "UPDATE"),
    "calendar-seeded": _admin("RESOURCE", "CREATE"),
    "calendar-days-added": _admin("RESOURCE", "CREATE"),
    "calendar-day-withdrawn": _admin("RESOURCE", "DELETE"),
    "office-hours-set": _admin("RESOURCE", "CREATE"),
    "office-hours-withdrawn": _admin("RESOURCE", "DELETE"),
    "configuration-changed": _admin("RESOURCE", "UPDATE"),
    "delivery-failed": _admin("RESOURCE", "UPDATE", "FAIL"),
    "delivery-retried": _admin("RESOURCE", "UPDATE"),
    "delivery-dropped": _admin("RESOURCE", "UPDATE"),
    "notification-preference-set": _admin("USER", "UPDATE"),
    "notification-template-set": _admin("RESOURCE", "UPDATE"),
    "notification-template-reset": _admin("RESOURCE", "UPDATE"),
    "deployed": _deployed("RESOURCE", "CREATE"),
    "resource-withdrawn": _deployed("RESOURCE", "DELETE"),
    "draft-made": _deployed("RESOURCE", "CREATE"),
    "draft-published": _deployed("RESOURCE", "UPDATE"),
    "draft-publication-requested": _deployed("RESOURCE", "UPDATE"),
    "draft-publication-rejected": _deployed("RESOURCE", "UPDATE"),
    "draft-publication-withdrawn": _deployed("RESOURCE", "UPDATE"),
    "draft-discarded": _deployed("RESOURCE", "DELETE"),
    "batch-created": _deployed("BATCH", "CREATE"),
    "batch-suspended": _deployed("BATCH", "SUSPEND"),
    "batch-resumed": _deployed("BATCH", "RESUME"),
    "batch-cancelled": _deployed("BATCH", "CANCEL"),
    # the API has no operation for reading
    "case-read": _admin(_CASE, "UNKNOWN"),
    "history-read": _admin(_CASE, "UNKNOWN"),
    "history-exported": _admin("RESOURCE", "UNKNOWN"),
    "backup-made": _admin("RESOURCE", "UNKNOWN"),
    "report-exported": _admin("RESOURCE", "UNKNOWN"),
    "audit-log-exported": _admin("RESOURCE", "UNKNOWN"),
    "cases-exported": _admin("PROCESS_INSTANCE", "UNKNOWN"),
    "evidence-exported": _admin(_CASE, "UNKNOWN"),
    "personal-data-found": _admin("USER", "UNKNOWN"),
    "personal-data-exported": _admin("USER", "UNKNOWN"),
    "personal-data-erased": _admin("USER", "DELETE"),
    "account-erased": _admin("USER", "DELETE"),
}
OF_CASES: Mapping[str, Meaning] = {
    "instance-created": _deployed(_CASE, "CREATE"),
    "instance-cancelled": _deployed(_CASE, "CANCEL"),
    "instance-deleted": _deployed(_CASE, "DELETE"),
    "personal-data-erased": _deployed(_CASE, "UPDATE"),
    "instance-migrated": _deployed(_CASE, "MIGRATE"),
    "instance-modified": _deployed(_CASE, "MODIFY"),
    "instance-restarted": _deployed(_CASE, "CREATE"),
    "instance-suspended": _deployed(_CASE, "SUSPEND"),
    "instance-resumed": _deployed(_CASE, "RESUME"),
    "ad-hoc-activated": _deployed(_CASE, "MODIFY"),
    "business-id-assigned": _deployed(_CASE, "UPDATE"),
    "intervention-requested": _deployed(_CASE, "UPDATE"),
    "intervention-approved": _deployed(_CASE, "UPDATE"),
    "intervention-rejected": _deployed(_CASE, "UPDATE"),
    "intervention-withdrawn": _deployed(_CASE, "UPDATE"),
    "hold-placed": _deployed(_CASE, "UPDATE"),
    "hold-ended": _deployed(_CASE, "UPDATE"),
    "due-time-changed": _deployed(_CASE, "UPDATE"),
    "variables-updated": _deployed(_CASE, "UPDATE"),
    "variables-corrected": _deployed(_CASE, "UPDATE"),
    "incident-resolution": _deployed(_CASE, "RESOLVE"),
    "incidents-resolution": _deployed(_CASE, "RESOLVE"),
    "control-point-waiver-granted": _task("UPDATE"),
    "user-task-assigned": _task("ASSIGN"),
    "user-task-claimed": _task("ASSIGN"),
    "user-task-handed-over": _task("ASSIGN"),
    "user-task-unassigned": _task("UNASSIGN"),
    "user-task-updated": _task("UPDATE"),
    "user-task-completed": _task("COMPLETE"),
}
