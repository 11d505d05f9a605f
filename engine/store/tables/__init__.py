"""The tables, for SQLite and PostgreSQL alike. Rules that must hold under concurrency are constraints."""

from engine.store.tables import grams
from engine.store.tables.archives import archived_case, history_archive, restored_case
from engine.store.tables.base import Json, Moment, metadata, moment_text
from engine.store.tables.batches import batch_operation, batch_operation_item
from engine.store.tables.calendars import calendar_change, calendar_day, office_hours
from engine.store.tables.channels import allowed_host, push_address, push_service, webhook
from engine.store.tables.clocks import deadline_overseer, deadline_record
from engine.store.tables.deployed import (
    decision_definition,
    decision_import,
    decision_requirements,
    deployment,
    form_definition,
    form_use,
    marked_field,
    process_definition,
)
from engine.store.tables.documents import document
from engine.store.tables.drafts import model_draft, model_draft_file
from engine.store.tables.feeds import calendar_feed
from engine.store.tables.figures import deleted_figure
from engine.store.tables.holds import legal_hold
from engine.store.tables.inbox import inbox_view, task_mark
from engine.store.tables.interventions import intervention
from engine.store.tables.jobs import job
from engine.store.tables.own import favourite_process, own_settings, seen_tours
from engine.store.tables.people import (
    api_client,
    api_token,
    external_identity,
    group_,
    membership,
    person,
    role_grant,
    session,
    setting,
)
from engine.store.tables.proof import (
    checkpoint,
    checkpoint_head,
    comment,
    control_point_result,
    deadline,
    history_event,
    idempotency_key,
    service_event,
)
from engine.store.tables.retention import deleted_case, retention_certificate
from engine.store.tables.running import (
    element_instance,
    process_instance,
    task_draft,
    task_presence,
    user_task,
    variable,
)
from engine.store.tables.sealing import case_key, pseudonym
from engine.store.tables.searches import saved_search
from engine.store.tables.second_factor import recovery_code, second_factor, sign_in_step
from engine.store.tables.signing import co_signature
from engine.store.tables.standing_in import substitution
from engine.store.tables.task_lists import task_candidate, task_label
from engine.store.tables.telling import delivery, notification, notification_preference, notification_template
from engine.store.tables.waiting import (
    decision_instance,
    incident,
    message,
    message_correlated,
    message_correlation,
    start_arrival,
    subscription,
)

__all__ = [
    "Json",
    "Moment",
    "allowed_host",
    "api_client",
    "api_token",
    "archived_case",
    "batch_operation",
    "batch_operation_item",
    "calendar_change",
    "calendar_day",
    "calendar_feed",
    "case_key",
    "checkpoint",
    "checkpoint_head",
    "co_signature",
    "comment",
    "control_point_result",
    "deadline",
    "deadline_overseer",
    "deadline_record",
    "decision_definition",
    "decision_import",
    "decision_instance",
    "decision_requirements",
    "deleted_case",
    "deleted_figure",
    "delivery",
    "deployment",
    "document",
    "element_instance",
    "external_identity",
    "favourite_process",
    "form_definition",
    "form_use",
    "grams",
    "group_",
    "history_archive",
    "history_event",
    "idempotency_key",
    "inbox_view",
    "incident",
    "intervention",
    "job",
    "legal_hold",
    "marked_field",
    "membership",
    "message",
    "message_correlated",
    "message_correlation",
    "metadata",
    "model_draft",
    "model_draft_file",
    "moment_text",
    "notification",
    "notification_preference",
    "notification_template",
    "office_hours",
    "own_settings",
    "person",
    "process_definition",
    "process_instance",
    "pseudonym",
    "push_address",
    "push_service",
    "recovery_code",
    "restored_case",
    "retention_certificate",
    "role_grant",
    "saved_search",
    "second_factor",
    "seen_tours",
    "service_event",
    "session",
    "setting",
    "sign_in_step",
    "start_arrival",
    "subscription",
    "substitution",
    "task_candidate",
    "task_draft",
    "task_label",
    "task_mark",
    "task_presence",
    "user_task",
    "variable",
    "webhook",
]
