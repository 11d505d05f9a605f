"""What instances wait for, what stops them, what they decided."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

NO_KEY = ""  # the correlation key of a definition's subscriptions: they take a message with any

message = Table(
    "message",
    metadata,
    key_column(),
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

# what messages reached, for good: `message` and `message_correlated` last as long as a message is kept
message_correlation = Table(
    "message_correlation",
    metadata,
    key_column(),
    Column("message_key", BigInteger, nullable=False),
    Column("name", String(256), nullable=False),
    Column("correlation_key", String(256), nullable=False),
    Column("correlated_at", Moment, nullable=False),
    Column("subscription_key", BigInteger, nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("definition_key", BigInteger, nullable=False),
    instance_column(nullable=False, index=True),
    Column("element_id", String(256), nullable=False),
    Column("element_instance_key", BigInteger),  # null when the message started the instance
    Index("ix_message_correlation_name", "name", "correlation_key"),
)

subscription = Table(
    "subscription",
    metadata,
    key_column(),
    Column("kind", String(16), nullable=False),  # message | signal; of a definition also condition
    Column("name", String(256), nullable=False),
    Column("correlation_key", String(256), nullable=False),
    Column("process_id", String(256), nullable=False),
    # of an instance that waits ...
    instance_column(index=True),
    Column("element_instance_key", BigInteger),
    # ... or of a definition that it starts (latest version only)
    Column("definition_key", BigInteger, ForeignKey("process_definition.key")),
    Column("element_id", String(256), nullable=False),
    Column("part", Integer),  # of a parallel multiple start event, from 0
    Index("ix_subscription_name", "kind", "name", "correlation_key"),
    # those of a process that make it start
    Index(
        "ix_subscription_starts",
        "process_id",
        sqlite_where=text("definition_key IS NOT NULL"),
        postgresql_where=text("definition_key IS NOT NULL"),
    ),
)

# what has come of a parallel multiple start event: kept until all of its parts have
start_arrival = Table(
    "start_arrival",
    metadata,
    key_column(),
    Column("process_id", String(256), nullable=False),
    Column("definition_key", BigInteger, ForeignKey("process_definition.key"), nullable=False),  # the latest version
    Column("element_id", String(256), nullable=False),
    Column("part", Integer, nullable=False),
    Column("correlation_key", String(256), nullable=False),  # empty for all but messages
    Column("kind", String(16), nullable=False),  # message | signal | timer | condition
    Column("name", String(256), nullable=False),
    Column("variables", Json, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("message_key", BigInteger),
    Column("subscription_key", BigInteger),
    # a part that has come is not taken again before the rest has come
    UniqueConstraint("process_id", "element_id", "part", "correlation_key", name="uq_start_arrival"),
)

incident = Table(
    "incident",
    metadata,
    key_column(),
    instance_column(nullable=False, index=True),
    Column("definition_key", BigInteger, nullable=False),
    Column("process_id", String(256), nullable=False),
    Column("element_instance_key", BigInteger, nullable=False),
    Column("element_id", String(256), nullable=False),
    Column("job_key", BigInteger),
    Column("delivery_key", BigInteger),  # what could not be delivered
    Column("error_type", String(48), nullable=False),
    Column("message", Text, nullable=False),
    Column("message_hash", Integer),  # of the text, as clients of the Camunda 8 API know it
    Column("state", String(16), nullable=False),  # ACTIVE RESOLVED
    Column("created_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Index("ix_incident_state", "state", "key"),
)

# one row for each decision that an evaluation needed, the one that was asked for being the last
decision_instance = Table(
    "decision_instance",
    metadata,
    key_column(),
    Column("evaluation_key", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),  # within the evaluation, from 1
    Column("root_key", BigInteger, nullable=False),  # the decision that was asked for
    Column("decision_key", BigInteger, nullable=False),
    Column("decision_id", String(256), nullable=False),
    Column("decision_type", String(32), nullable=False),
    instance_column(index=True),
    Column("element_instance_key", BigInteger),
    Column("state", String(16), nullable=False),  # EVALUATED FAILED
    Column("evaluated_at", Moment, nullable=False),
    Column("result", Text, nullable=False),
    Column("inputs", Json, nullable=False),
    Column("rules", Json, nullable=False),  # those that matched, with their outputs
    Column("failure", Text),
    UniqueConstraint("evaluation_key", "number", name="uq_decision_instance"),
)
