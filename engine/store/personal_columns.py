"""Which columns may hold something about a person: every text of every table, unless it is named here.

So a table that is added later is searched and erased like the others. What is named here is never a person's: keys,
states, names of elements, processes and variables, hashes; and what is only ever added to (append_only.py), where
people and personal data are sealed.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, ColumnElement, LargeBinary, String, Table, select, true

from engine.store import tables as t
from engine.store.tables import Json, Moment, metadata
from engine.store.tables.append_only import TABLES as APPEND_ONLY

# the office's rules, public and of a version each: whoever names a person in one deploys another version
DEPLOYED = frozenset(
    {"process_definition", "decision_requirements", "decision_definition", "decision_import", "form_definition",
     "marked_field", "form_use"}
)  # fmt: skip
# what opens the history of people and cases: forgotten as a whole (store/sealing.py)
KEYS = frozenset({"pseudonym", "case_key"})
_OF_ELEMENTS = {"process_id", "element_id", "element_type", "element_name", "process_name", "process_name_en"}
_SECRETS = {"password_hash", "token_hash", "secret_hash", "csrf", "hash", "sha256", "request_hash"}
FIXED: Mapping[str, frozenset[str]] = {
    "allowed_host": frozenset({"pattern", "scheme"}),
    "batch_operation": frozenset({"type", "state", "actor_kind"}),
    "batch_operation_item": frozenset({"state"}),
    "control_point_result": frozenset({"control_point_id", "state"}),
    "deadline": frozenset({"deadline_id", "kind", "state", "stopped_by_element", "owner_unit"}),
    "deadline_overseer": frozenset({"group_key"}),
    "deadline_record": frozenset({"kind", "document_id"}),
    "decision_instance": frozenset({"decision_id", "decision_type", "state"}),
    "deleted_figure": frozenset({"month", "counts", "candidate_groups"}),
    "delivery": frozenset({"channel", "state"}),
    "deployment": frozenset({"digest"}),
    "document": frozenset({"id", "content_type"}),
    "element_instance": frozenset({"state"}),
    "group_": frozenset({"key", "kind", "parent", "head_of"}),
    "incident": frozenset({"error_type", "state"}),
    "intervention": frozenset({"kind", "state"}),
    "job": frozenset({"kind", "listener_event", "type", "state"}),
    "membership": frozenset({"group_key"}),
    "message": frozenset({"name"}),
    "message_correlation": frozenset({"name"}),
    # the content is what will be deployed, as DEPLOYED is
    "model_draft": frozenset({"state", "git_commit"}),
    "model_draft_file": frozenset({"path", "content"}),
    "notification": frozenset({"event", "topic", "recipient_kind"}),
    "notification_preference": frozenset({"language", "choices", "digest_at", "quiet_from", "quiet_until"}),
    "notification_template": frozenset({"topic", "language"}),
    "own_settings": frozenset({"language", "theme"}),
    "seen_tours": frozenset({"tours"}),
    "process_instance": frozenset({"state", "start_message", "history_head"}),
    "push_address": frozenset({"service", "sealed_address"}),
    "push_service": frozenset({"service", "sealed_address"}),
    "role_grant": frozenset({"role"}),
    "session": frozenset({"issuer"}),
    "external_identity": frozenset({"issuer"}),
    "api_client": frozenset({"client_id", "permissions"}),
    "api_token": frozenset({"client_id", "permissions"}),
    "setting": frozenset({"name", "value"}),
    "start_arrival": frozenset({"kind", "name"}),
    "subscription": frozenset({"kind", "name"}),
    "substitution": frozenset({"scope", "scope_name"}),
    # its number follows that of the task (store/personal.py)
    "task_candidate": frozenset({"kind", "status", "due_sort", "number"}),
    "task_label": frozenset({"words"}),
    "user_task": frozenset(
        {"name", "name_en", "step_number", "standard_term", "state", "candidate_groups", "external_form_reference"}
    ),
    "variable": frozenset({"name"}),
    "webhook": frozenset({"url", "topics", "groups", "sealed_secret", "sealed_before"}),
}  # fmt: skip
# texts that are JSON
_JSON = frozenset(
    {("variable", "value"), ("message", "variables"), ("task_draft", "variables"), ("decision_instance", "result"),
     ("process_instance", "execution"), ("idempotency_key", "answer")}
)  # fmt: skip


def searched() -> list[Table]:
    """The tables in which something about a person may stand and be changed."""
    return [table for table in metadata.sorted_tables if table.name not in {*DEPLOYED, *KEYS, *APPEND_ONLY}]


def texts_of(table: Table) -> list[Column[str]]:
    """The columns of such a table that may hold something about a person."""
    fixed = FIXED.get(table.name, frozenset()) | _OF_ELEMENTS | _SECRETS
    return [column for column in table.c if is_text(column) and column.name not in fixed]


def is_text(column: Column[str]) -> bool:
    """Whether the column holds text or JSON."""
    kind = column.type
    return isinstance(kind, String | Json) and not isinstance(kind, Moment | LargeBinary)


def is_json(column: Column[str]) -> bool:
    """Whether its text is JSON."""
    return isinstance(column.type, Json) or (column.table.name, column.name) in _JSON


def of_cases(table: Table, keys: list[int]) -> ColumnElement[bool] | None:
    """The rows of a table that belong to these cases; None for a table of which no row does."""
    if table is t.process_instance:
        return table.c.key.in_(keys)
    if table is t.task_draft:
        tasks = select(t.user_task.c.key).where(t.user_task.c.process_instance_key.in_(keys))
        return table.c.task_key.in_(tasks)
    if table is t.message:
        reached = select(t.message_correlation.c.message_key)
        return table.c.key.in_(reached.where(t.message_correlation.c.process_instance_key.in_(keys)))
    return table.c.process_instance_key.in_(keys) if "process_instance_key" in table.c else None


def of_people(column: Column[str]) -> ColumnElement[bool]:
    """The rows in which the column names a person, where it names a group in others."""
    table = column.table
    if column is t.task_candidate.c.name:
        return table.c.kind == "user"
    if column is t.notification.c.recipient:
        return table.c.recipient_kind == "user"
    return true()
