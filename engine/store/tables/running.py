"""What runs: instances, elements, variables, user tasks."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

process_instance = Table(
    "process_instance",
    metadata,
    key_column(),
    # a call hierarchy is locked and rolled forward as one: its root row is the lock
    Column("root_key", BigInteger, nullable=False, index=True),
    instance_column("parent_key"),
    Column("parent_element_instance_key", BigInteger),
    Column("definition_key", BigInteger, ForeignKey("process_definition.key"), nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("business_id", String(256)),
    Column("state", String(16), nullable=False),  # ACTIVE SUSPENDED COMPLETED TERMINATED DELETED
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
    Column("access_class", Integer, nullable=False, server_default="0"),  # the rank of its confidentiality class
    # the list of cases; with what counting them needs, which is not to read the cases themselves
    Index("ix_process_instance_listed", "process_id", "state", "key", "access_class"),
    Index("ix_process_instance_started", "started_at", "key"),  # the register of cases, the latest first
    Index("ix_process_instance_of_process", "process_id", "started_at", "key"),  # those of one process
    Index("ix_process_instance_starter", "started_by", "key"),  # the cases that one started, the latest first
    Index("ix_process_instance_business_id", "business_id", "key"),  # the cases with a number, ended ones too
    # a case that is deleted for good is looked for among those that were called
    Index(
        "ix_process_instance_parent",
        "parent_key",
        sqlite_where=text("parent_key IS NOT NULL"),
        postgresql_where=text("parent_key IS NOT NULL"),
    ),
    # a message started with a key blocks a second start with it until the instance has ended
    Index(
        "uq_process_instance_start_key",
        "process_id",
        "start_message",
        "start_correlation_key",
        unique=True,
        sqlite_where=text("ended_at IS NULL AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"),
        postgresql_where=text("ended_at IS NULL AND start_correlation_key IS NOT NULL AND start_correlation_key <> ''"),
    ),
    # a business id is in use by one root instance that has not ended of a process at a time
    Index(
        "uq_process_instance_business_id",
        "process_id",
        "business_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL AND business_id IS NOT NULL AND parent_key IS NULL"),
        postgresql_where=text("ended_at IS NULL AND business_id IS NOT NULL AND parent_key IS NULL"),
    ),
)

_COUNTED = "ended_at IS NULL AND standard_due_at IS NOT NULL AND element_type <> 'USER_TASK'"

element_instance = Table(
    "element_instance",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("scope_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("element_name", Text),
    Column("element_type", String(48), nullable=False),
    Column("state", String(16), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("incident_key", BigInteger),
    # when the standard time of the step that it carries is over; of an open user task store/elements.py tells it
    Column("standard_due_at", Moment),
    # what reports count: the steps of a period that have a standard time
    Index(
        "ix_element_instance_measured",
        "ended_at",
        "process_instance_key",
        sqlite_where=text("standard_due_at IS NOT NULL"),
        postgresql_where=text("standard_due_at IS NOT NULL"),
    ),
    # those around tasks whose time a change of a calendar may move, in the order in which it goes through them
    Index(
        "ix_element_instance_counted",
        "process_instance_key",
        sqlite_where=text(_COUNTED),
        postgresql_where=text(_COUNTED),
    ),
)

variable = Table(
    "variable",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("scope_key", BigInteger, nullable=False),
    Column("name", String(256), nullable=False),
    Column("value", Text, nullable=False),  # JSON
    UniqueConstraint("scope_key", "name", name="uq_variable_scope_name"),
    # cases that have a value; longer ones are not looked for by index (and would not fit into one)
    Index(
        "ix_variable_value",
        "name",
        "value",
        "process_instance_key",
        sqlite_where=text("length(value) <= 200"),
        postgresql_where=text("length(value) <= 200"),
    ),
    # those in which words are looked for one by one (grams.py)
    Index(
        "ix_variable_long",
        "process_instance_key",
        sqlite_where=text("length(value) > 10000"),
        postgresql_where=text("length(value) > 10000"),
    ),
)

user_task = Table(
    "user_task",
    metadata,
    key_column(),  # equals the key of its element instance
    instance_column(nullable=False, index=True),
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
    # when the standard time of its step, or of the step around it, is over; who moves due_at by hand leaves it
    Column("standard_due_at", Moment),
    # where that depends on when the office works: from when it was counted, and the term (commands/task_rows.py)
    Column("standard_from", Moment),
    Column("standard_term", Json),
    Column("claimed_at", Moment),  # when it first was somebody's
    Column("priority", Integer, nullable=False),
    Column("form_key", BigInteger),
    Column("external_form_reference", Text),
    Column("custom_headers", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("completed_by", String(256)),
    Column("completed_through", String(256)),  # the substitute who completed it in that name
    Column("rev", Integer, nullable=False),
    # what was asked for and waits for task listeners: operation, event, action, by, values and what else belongs to it
    Column("transition", Json),
    # whose it stays while the assignee only helps with it, and whether that goes on: PENDING, or is done: RESOLVED
    Column("owner", String(256)),
    Column("delegation", String(16)),
    Column("hands", Json, nullable=False, server_default="[]"),  # who helped with it in that way
    Column("signing", String(64)),  # the digest of what is laid before co-signers; null while nothing is
    Column("label_key", BigInteger),  # what it is called: its row of task_label
    # few have an owner besides the assignee: an index of those alone, as the other rows would mislead a planner
    Index(
        "ix_user_task_helped",
        "owner",
        "delegation",
        sqlite_where=text("owner IS NOT NULL"),
        postgresql_where=text("owner IS NOT NULL"),
    ),
    Index("ix_user_task_assignee", "assignee", "state", "due_at", "key"),
    Index("ix_user_task_state_due", "state", "due_at", "key"),
    # open tasks that a change of a calendar may move, in the order in which it goes through them
    Index(
        "ix_user_task_counted",
        "process_instance_key",
        sqlite_where=text("completed_at IS NULL AND standard_from IS NOT NULL"),
        postgresql_where=text("completed_at IS NULL AND standard_from IS NOT NULL"),
    ),
    Index("ix_user_task_done", "completed_by", "completed_at"),
    # the cases that one worked on, the latest first
    Index(
        "ix_user_task_worked",
        "completed_by",
        "process_instance_key",
        sqlite_where=text("completed_by IS NOT NULL"),
        postgresql_where=text("completed_by IS NOT NULL"),
    ),
    Index(
        "ix_user_task_done_through",
        "completed_through",
        sqlite_where=text("completed_through IS NOT NULL"),
        postgresql_where=text("completed_through IS NOT NULL"),
    ),
    # what is looked for by the number of its case, and what is put off by a date of its own
    Index("ix_user_task_business_id", "business_id"),
    Index(
        "ix_user_task_follow_up",
        "follow_up_at",
        sqlite_where=text("follow_up_at IS NOT NULL AND completed_at IS NULL"),
        postgresql_where=text("follow_up_at IS NOT NULL AND completed_at IS NULL"),
    ),
    Index("ix_user_task_process_done", "process_id", "completed_at"),  # what a report of a process counts
)

task_draft = Table(
    "task_draft",
    metadata,
    Column("task_key", BigInteger, ForeignKey("user_task.key"), primary_key=True),
    Column("person", String(256), primary_key=True),
    Column("variables", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

task_presence = Table(
    "task_presence",  # who has the page of a task open: forgotten within minutes, and no history of anything
    metadata,
    Column("task_key", BigInteger, primary_key=True),
    Column("username", String(256), primary_key=True),
    Column("arrived_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index("ix_task_presence_seen", "seen_at"),
)
