"""The rows of the matrix that only read. A search finds something for who may, and nothing for anybody else."""

from __future__ import annotations

from tests.api.matrix.cells import (
    ADMINISTRATOR,
    AUDITOR,
    CLIENT,
    EVERY_ACCOUNT,
    EVERYBODY,
    OWNER,
    PARTICIPANT,
    READS_CASE,
    SEES_CASE,
    SELF,
    SIGNED_IN,
    STAFF,
    Row,
    search,
)

REPORTED = OWNER | AUDITOR | ADMINISTRATOR | STAFF
REPORT = {"processDefinitionId": "sdk-order", "period": {"kind": "MONTH", "from": "2026-04-10"}}
WITHIN = "staff: what they did themselves; heads: what their units did"
JOBS = OWNER | CLIENT | AUDITOR | ADMINISTRATOR
ASKED = SELF | AUDITOR | ADMINISTRATOR

SERVICE = (
    Row("GET /status", EVERYBODY, of_case=False),
    Row("GET /topology", SIGNED_IN, of_case=False),
    Row("GET /authentication/me", EVERY_ACCOUNT, of_case=False),
    Row("GET /session/providers", EVERYBODY, of_case=False),
    Row("GET /authentication/me/second-factor", EVERY_ACCOUNT, of_case=False),
    Row("GET /authentication/me/calendar-feed", EVERY_ACCOUNT, of_case=False),
    Row("GET /calendar-feeds/{token}.ics", EVERYBODY, "feed", of_case=False),
    Row("GET /events", EVERY_ACCOUNT, of_case=False),
    Row("GET /allowed-hosts", AUDITOR | ADMINISTRATOR, of_case=False),
    Row("GET /webhooks", AUDITOR | ADMINISTRATOR, of_case=False),
    Row("GET /webhooks/{key}", AUDITOR | ADMINISTRATOR, "webhook", of_case=False),
    Row("GET /authentication/me/push-addresses", EVERY_ACCOUNT, of_case=False),
    Row("GET /authentication/me/notification-preferences", EVERY_ACCOUNT, of_case=False),
    Row("GET /notification-templates", ADMINISTRATOR, of_case=False),
    Row("GET /notification-templates/{template_id}", ADMINISTRATOR, "template", of_case=False),
    search("/dead-letters", AUDITOR | ADMINISTRATOR),
    Row("GET /push-services", EVERY_ACCOUNT, of_case=False),
    search("/audit-logs", AUDITOR | ADMINISTRATOR, of_case=False),
    Row("GET /audit-logs/{key}", AUDITOR | ADMINISTRATOR, "audit_log", of_case=False),
)
PEOPLE = (
    search("/users", SIGNED_IN, of_case=False),
    search("/groups", SIGNED_IN, of_case=False),
    Row("GET /users/{username}/sessions", SELF | ADMINISTRATOR, "whose", of_case=False),
    Row("GET /users/{username}/tokens", SELF | ADMINISTRATOR, "whose", of_case=False),
    Row("GET /users/{username}/clients", SELF | ADMINISTRATOR, "whose", of_case=False),
    search("/substitutions", SELF | AUDITOR | ADMINISTRATOR, of_case=False),
    search("/notifications", PARTICIPANT | OWNER),
)
DEPLOYED = (
    search("/resources", SIGNED_IN, of_case=False),
    Row("GET /resources/{key}", SIGNED_IN, "resource", of_case=False),
    Row("GET /resources/{key}/content", SIGNED_IN, "resource", of_case=False),
    Row("GET /resources/{key}/content/binary", SIGNED_IN, "resource", of_case=False),
    Row("GET /forms/{key}", SIGNED_IN, "form", of_case=False),
    search("/process-definitions", SIGNED_IN, of_case=False),
    Row("GET /process-definitions/{key}", SIGNED_IN, "definition", of_case=False),
    Row("GET /process-definitions/{key}/xml", SIGNED_IN, "definition", of_case=False),
    Row("GET /process-definitions/{key}/form", SIGNED_IN, "definition", of_case=False),
    Row("GET /process-definitions/{key}/facts", SIGNED_IN, "definition", of_case=False),
    search("/decision-definitions", SIGNED_IN, of_case=False),
    Row("GET /decision-definitions/{key}", SIGNED_IN, "decision", of_case=False),
    Row("GET /decision-definitions/{key}/xml", SIGNED_IN, "decision", of_case=False),
    search("/decision-requirements", SIGNED_IN, of_case=False),
    Row("GET /decision-requirements/{key}", SIGNED_IN, "requirements", of_case=False),
    Row("GET /decision-requirements/{key}/xml", SIGNED_IN, "requirements", of_case=False),
)
COUNTS = (
    Row("POST /process-definitions/statistics/process-instances", SEES_CASE, finds="items"),
    Row(
        "POST /process-definitions/statistics/process-instances-by-version",
        SEES_CASE,
        json=lambda p: {"filter": {"processDefinitionId": "sdk-order"}},
        finds="items",
    ),
    Row("POST /process-definitions/{key}/statistics/element-instances", SEES_CASE, "definition", finds="items"),
    Row("POST /reports/standard-time", REPORTED, json=lambda p: REPORT, of_case=False, note=WITHIN),
    Row("GET /process-instances/{key}/statistics/element-instances", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/statistics/wait-states", SEES_CASE, "waiting"),
)
CASES = (
    search("/process-instances", SEES_CASE),
    Row("GET /process-instances/{key}", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/call-hierarchy", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/sequence-flows", SEES_CASE, "waiting"),
    search("/process-instances/{key}/incidents", SEES_CASE, "broken"),
    Row("GET /process-instances/{key}/history", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/history/verification", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/variables-at", READS_CASE, "waiting"),
    Row("GET /process-instances/{key}/control-points", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/deadlines", SEES_CASE, "waiting"),
    Row("GET /process-instances/{key}/comments", READS_CASE, "waiting"),
    search("/deadlines", SEES_CASE),
    Row("GET /deadlines/{key}", SEES_CASE, "clock"),
    Row("POST /deadlines/statistics", SEES_CASE, json=lambda p: {}, finds="items"),
    Row("POST /deadlines/export", EVERY_ACCOUNT, json=lambda p: {}, of_case=False, note="a table of what one may see"),
    search("/element-instances", SEES_CASE),
    Row("GET /element-instances/{key}", SEES_CASE, "task"),
    search("/element-instances/{key}/incidents", SEES_CASE, "broken_element"),
    search("/element-instances/wait-states", SEES_CASE),
    search("/message-subscriptions", SEES_CASE),
    search("/correlated-message-subscriptions", SEES_CASE),
    search("/start-arrivals", OWNER | AUDITOR | ADMINISTRATOR, of_case=False),
    search("/variables", READS_CASE),
    Row("GET /variables/{key}", READS_CASE, "variable"),
    search("/incidents", SEES_CASE),
    Row("GET /incidents/{key}", SEES_CASE, "incident"),
    search("/jobs", JOBS),
    search("/decision-instances", READS_CASE, json=lambda p: {"filter": {"processInstanceKey": str(p.waiting)}},
           note="of a case; those of no case: auditors"),
    Row("GET /decision-instances/{key}", READS_CASE, "decided", note="of a case"),
    Row("GET /decision-instances/{key}", AUDITOR, "evaluation", of_case=False, note="of no case"),
    Row("GET /documents/{document_id}", READS_CASE | CLIENT | SELF, "document"),
    Row("GET /document-links/{token}", EVERYBODY, "link"),
    search("/interventions", SEES_CASE),
    Row("GET /interventions/{key}", SEES_CASE, "intervention"),
    search("/legal-holds", SEES_CASE),
    search("/batch-operations", ASKED, of_case=False),
    Row("GET /batch-operations/{key}", ASKED, "batch", of_case=False),
    search("/batch-operation-items", ASKED),
)
TASKS = (
    search("/user-tasks", SEES_CASE),
    Row("GET /user-tasks/{key}", SEES_CASE, "task"),
    Row("GET /user-tasks/{key}/form", SEES_CASE, "task"),
    search("/user-tasks/{key}/variables", READS_CASE, "task"),
    search("/user-tasks/{key}/effective-variables", READS_CASE, "task"),
    Row("GET /user-tasks/{key}/draft", PARTICIPANT, "task"),
    Row("GET /user-tasks/{key}/control-points", SEES_CASE, "task"),
    Row("GET /user-tasks/{key}/actions", SEES_CASE, "task"),
    Row("GET /user-tasks/{key}/co-signatures", SEES_CASE, "task"),
    search("/user-tasks/{key}/audit-logs", SEES_CASE, "done_task"),
)

READS = (*SERVICE, *PEOPLE, *DEPLOYED, *COUNTS, *CASES, *TASKS)
