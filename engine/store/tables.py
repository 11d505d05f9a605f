"""The tables, for SQLite and PostgreSQL alike. Rules that must hold under concurrency are constraints.

Moments are text in UTC, ISO 8601 with microseconds and `Z` (fixed width, so that text order is time
order on both databases). JSON is text: PostgreSQL's JSONB reorders keys.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as `2026-04-10T09:00:00.000000Z`."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value stored as text, keys in the order given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


def _key(name: str = "key") -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


def _instance(name: str = "process_instance_key", **kw: Any) -> Column[int]:
    return Column(name, BigInteger, ForeignKey("process_instance.key"), **kw)


# ---- what is deployed ------------------------------------------------------------------------

deployment = Table(
    "deployment",
    metadata,
    _key(),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(256), nullable=False),
)

process_definition = Table(
    "process_definition",
    metadata,
    _key(),
    Column("process_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("name", Text),
    Column("name_en", Text),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("xml", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("start_form_id", String(256)),
    Column("startable", Boolean, nullable=False),  # has a none start event
    Column("deployed_at", Moment, nullable=False),
    Column("state", String(16), nullable=False, server_default="ACTIVE"),
    # two deployments at once may not make the same version twice
    UniqueConstraint("process_id", "version", name="uq_process_definition_version"),
)

decision_requirements = Table(
    "decision_requirements",
    metadata,
    _key(),
    Column("requirements_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("xml", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    UniqueConstraint("requirements_id", "version", name="uq_decision_requirements_version"),
)

decision_definition = Table(
    "decision_definition",
    metadata,
    _key(),
    Column("decision_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("name", Text),
    Column("requirements_key", BigInteger, ForeignKey("decision_requirements.key"), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    UniqueConstraint("decision_id", "version", name="uq_decision_definition_version"),
)

form_definition = Table(
    "form_definition",
    metadata,
    _key(),
    Column("form_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("schema", Text, nullable=False),  # form-js JSON with parts expanded
    Column("checksum", String(64), nullable=False),
    UniqueConstraint("form_id", "version", name="uq_form_definition_version"),
)

# ---- what runs -------------------------------------------------------------------------------

process_instance = Table(
    "process_instance",
    metadata,
    _key(),
    # a call hierarchy is locked and rolled forward as one: its root row is the lock
    Column("root_key", BigInteger, nullable=False, index=True),
    _instance("parent_key"),
    Column("parent_element_instance_key", BigInteger),
    Column("definition_key", BigInteger, ForeignKey("process_definition.key"), nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("business_id", String(256)),
    Column("state", String(16), nullable=False),  # ACTIVE COMPLETED TERMINATED
    Column("execution", Text),  # tokens without the specification; null once ended
    Column("execution_format", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("started_by", String(256), nullable=False),
    Column("ended_at", Moment),
    Column("incidents", Integer, nullable=False, server_default="0"),  # open ones
    Column("start_message", String(256)),
    Column("start_correlation_key", String(256)),
    Column("tags", Json),
    Column("history_sequence", Integer, nullable=False),
    Column("history_head", String(64), nullable=False),
    Index("ix_process_instance_list", "process_id", "state", "key"),
    # a message started with a key blocks a second start with it while the instance is active
    Index(
        "uq_process_instance_start_key",
        "process_id",
        "start_message",
        "start_correlation_key",
        unique=True,
        sqlite_where=text("state = 'ACTIVE' AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"),
        postgresql_where=text("state = 'ACTIVE' AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"),
    ),
    # a business id is in use by one active root instance of a process at a time
    Index(
        "uq_process_instance_business_id",
        "process_id",
        "business_id",
        unique=True,
        sqlite_where=text("state = 'ACTIVE' AND business_id IS NOT NULL AND parent_key IS NULL"),
        postgresql_where=text("state = 'ACTIVE' AND business_id IS NOT NULL AND parent_key IS NULL"),
    ),
)

element_instance = Table(
    "element_instance",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("scope_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("element_name", Text),
    Column("element_type", String(48), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("incident_key", BigInteger),
)

variable = Table(
    "variable",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("scope_key", BigInteger, nullable=False),
    Column("name", String(256), nullable=False),
    Column("value", Text, nullable=False),  # JSON
    UniqueConstraint("scope_key", "name", name="uq_variable_scope_name"),
)

user_task = Table(
    "user_task",
    metadata,
    _key(),  # equals the key of its element instance
    _instance(nullable=False, index=True),
    Column("root_key", BigInteger, nullable=False),
    Column("definition_key", BigInteger, nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("process_version", Integer, nullable=False),
    Column("process_name", Text),
    Column("process_name_en", Text),
    Column("business_id", String(256)),
    Column("element_id", String(256), nullable=False),
    Column("name", Text),
    Column("name_en", Text),
    Column("step_number", String(32)),
    Column("state", String(16), nullable=False),
    Column("assignee", String(256)),
    Column("candidate_groups", Json, nullable=False),
    Column("candidate_users", Json, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("statutory_due_at", Moment),
    Column("priority", Integer, nullable=False),
    Column("form_key", BigInteger),
    Column("external_form_reference", Text),
    Column("custom_headers", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("completed_by", String(256)),
    Column("rev", Integer, nullable=False),
    Index("ix_user_task_assignee", "assignee", "state", "due_at", "key"),
    Index("ix_user_task_state_due", "state", "due_at", "key"),
)

task_candidate = Table(
    "task_candidate",
    metadata,
    Column("kind", String(8), primary_key=True),  # group | user
    Column("name", String(256), primary_key=True),
    Column("task_key", BigInteger, ForeignKey("user_task.key"), primary_key=True),
    # closed rows stay: they say who takes part in a case and may therefore see it
    _instance(nullable=False, index=True),
    Column("status", String(8), nullable=False),  # free | assigned | closed
    # what the inbox sorts by, kept equal to the task's columns
    Column("due_sort", String(27), nullable=False),  # due_at, or '9999' when there is none
    Column("priority", Integer, nullable=False),
    Index("ix_task_candidate_due", "kind", "name", "status", "due_sort", "task_key"),
    Index("ix_task_candidate_task", "task_key"),
)

task_draft = Table(
    "task_draft",
    metadata,
    Column("task_key", BigInteger, ForeignKey("user_task.key"), primary_key=True),
    Column("person", String(256), primary_key=True),
    Column("variables", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

job = Table(
    "job",
    metadata,
    _key(),
    Column("kind", String(24), nullable=False),  # BPMN_ELEMENT (for workers) | TIMER | REMINDER | ...
    Column("type", String(256), nullable=False),
    # PENDING: due_at decides. LOCKED: taken until locked_until. The rest is the end.
    Column("state", String(24), nullable=False),
    Column("due_at", Moment),
    Column("locked_until", Moment),
    Column("worker", String(256)),
    Column("retries", Integer, nullable=False, server_default="3"),
    Column("priority", Integer, nullable=False, server_default="0"),
    _instance(index=True),
    Column("element_instance_key", BigInteger, index=True),
    Column("element_id", String(256)),
    Column("process_id", String(256)),
    Column("definition_key", BigInteger),
    Column("payload", Json, nullable=False),
    Column("custom_headers", Json),
    Column("error_code", String(256)),
    Column("error_message", Text),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment),
    Column("ended_at", Moment),
    Index(
        "ix_job_due",
        "kind",
        "due_at",
        sqlite_where=text("state = 'PENDING'"),
        postgresql_where=text("state = 'PENDING'"),
    ),
    Index(
        "ix_job_type",
        "type",
        "key",
        sqlite_where=text("state IN ('PENDING', 'LOCKED')"),
        postgresql_where=text("state IN ('PENDING', 'LOCKED')"),
    ),
)

message = Table(
    "message",
    metadata,
    _key(),
    Column("name", String(256), nullable=False),
    Column("correlation_key", String(256), nullable=False),
    Column("message_id", String(256)),
    Column("variables", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_message_name", "name", "correlation_key"),
    # a second one with the same name, key and id while buffered is rejected
    UniqueConstraint("name", "correlation_key", "message_id", name="uq_message_id"),
)

message_correlated = Table(
    "message_correlated",
    metadata,
    # one message reaches one instance per process id
    Column("message_key", BigInteger, ForeignKey("message.key", ondelete="CASCADE"), primary_key=True),
    Column("process_id", String(256), primary_key=True),
)

subscription = Table(
    "subscription",
    metadata,
    _key(),
    Column("kind", String(8), nullable=False),  # message | signal
    Column("name", String(256), nullable=False),
    Column("correlation_key", String(256), nullable=False),
    Column("process_id", String(256), nullable=False),
    # of an instance that waits ...
    _instance(index=True),
    Column("element_instance_key", BigInteger),
    # ... or of a definition that it starts (latest version only)
    Column("definition_key", BigInteger, ForeignKey("process_definition.key")),
    Column("element_id", String(256), nullable=False),
    Index("ix_subscription_name", "kind", "name", "correlation_key"),
)

incident = Table(
    "incident",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("definition_key", BigInteger, nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("element_instance_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("job_key", BigInteger),
    Column("error_type", String(48), nullable=False),
    Column("message", Text, nullable=False),
    Column("state", String(16), nullable=False),  # ACTIVE RESOLVED
    Column("created_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Index("ix_incident_state", "state", "key"),
)

decision_instance = Table(
    "decision_instance",
    metadata,
    _key(),
    Column("decision_key", BigInteger, nullable=False),
    Column("decision_id", String(256), nullable=False),
    _instance(index=True),
    Column("element_instance_key", BigInteger),
    Column("state", String(16), nullable=False),  # EVALUATED FAILED
    Column("evaluated_at", Moment, nullable=False),
    Column("result", Text, nullable=False),
    Column("evaluated", Json, nullable=False),
    Column("failure", Text),
)

# ---- what is proved --------------------------------------------------------------------------

history_event = Table(
    "history_event",
    metadata,
    # append-only; two writers of one instance cannot both write the same number
    _instance(primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("type", String(64), nullable=False),
    Column("actor", String(256), nullable=False),
    Column("on_behalf_of", String(256)),
    Column("element_id", String(256)),
    Column("element_instance_key", BigInteger),
    Column("body", Text, nullable=False),  # the bytes that the chain hashes
    Column("hash", String(64), nullable=False),
    Index("ix_history_event_type", "process_instance_key", "type"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    _key(),
    Column("made_at", Moment, nullable=False),
    Column("instances", Integer, nullable=False),
    Column("root", String(64), nullable=False),
    Column("signature", Text, nullable=False),
    Column("previous", String(64), nullable=False),
)

control_point_result = Table(
    "control_point_result",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("task_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("control_point_id", String(256), nullable=False),
    Column("state", String(8), nullable=False),  # PASSED FAILED WAIVED
    Column("detail", Json),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String(256), nullable=False),
    UniqueConstraint("task_key", "control_point_id", name="uq_control_point_result"),
)

deadline = Table(
    "deadline",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("process_id", String(256), nullable=False),
    Column("deadline_id", String(256), nullable=False),
    Column("scope_key", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),  # statutory | internal
    Column("state", String(16), nullable=False),  # RUNNING KEPT MISSED LATE OUT_OF_TERM CANCELLED
    Column("started_at", Moment, nullable=False),  # the moment the clock counts from
    Column("due_at", Moment, nullable=False),
    Column("late_until", Moment),
    Column("stopped_at", Moment),
    Column("stopped_by_element", String(256)),
    Column("warnings", Json, nullable=False),  # [{at, to, about}]
    Column("late_reasons", Text),
    UniqueConstraint("scope_key", "deadline_id", name="uq_deadline"),
    Index("ix_deadline_state", "state", "due_at"),
)

comment = Table(
    "comment",
    metadata,
    _key(),
    _instance(nullable=False, index=True),
    Column("task_key", BigInteger),
    Column("author", String(256), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
)

notification = Table(
    "notification",
    metadata,
    _key(),
    Column("recipient_kind", String(8), nullable=False),  # user | group
    Column("recipient", String(256), nullable=False),
    _instance(index=True),
    Column("task_key", BigInteger),
    Column("about", String(256), nullable=False),  # reminder | escalation | mail | an element id
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_notification_recipient", "recipient_kind", "recipient", "key"),
)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("actor", String(256), primary_key=True),
    Column("key", String(256), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

# ---- who -------------------------------------------------------------------------------------

person = Table(
    "person",
    metadata,
    Column("username", String(256), primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("email", String(256)),
    Column("password_hash", Text),
    Column("active", Boolean, nullable=False),
    Column("failed_sign_ins", Integer, nullable=False, server_default="0"),
    Column("locked_until", Moment),
)

group_ = Table(
    "group_",
    metadata,
    Column("key", String(256), primary_key=True),
    Column("kind", String(16), nullable=False),  # unit | committee | position
    Column("th", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("parent", String(256)),
    Column("head_of", String(256)),  # the unit whose head holds this position
)

membership = Table(
    "membership",
    metadata,
    Column("group_key", String(256), ForeignKey("group_.key"), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Index("ix_membership_person", "username"),
)

role_grant = Table(
    "role_grant",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("role", String(32), primary_key=True),
    Column("process_id", String(256), primary_key=True, server_default=""),  # process owner of; '*' for all
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

api_token = Table(
    "api_token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
