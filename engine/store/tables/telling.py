"""What people are told: the inbox's bell, what leaves by mail and other channels, and how each wants it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

notification = Table(
    "notification",
    metadata,
    key_column(),
    Column("event", String(128), nullable=False, server_default=""),  # what caused it
    Column("topic", String(32), nullable=False, server_default="message"),  # one of model/telling.py
    Column("recipient_kind", String(8), nullable=False),  # user | group
    Column("recipient", String(256), nullable=False),
    instance_column(index=True),
    Column("task_key", BigInteger),
    Column("about", String(256), nullable=False),  # reminder | escalation | mail | an element id
    Column("subject", Text, nullable=False),  # in Thai, as the body
    Column("body", Text, nullable=False),
    Column("subject_en", Text, nullable=False, server_default=""),
    Column("body_en", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_notification_recipient", "recipient_kind", "recipient", "key"),
    # one event tells one recipient once
    Index("uq_notification_event", "event", "recipient_kind", "recipient", unique=True),
)

delivery = Table(
    "delivery",
    metadata,
    # one notification on its way to one person by one channel
    key_column(),
    Column("notification_key", BigInteger, ForeignKey("notification.key", ondelete="CASCADE"), nullable=False),
    instance_column(index=True),
    Column("username", String(256), nullable=False),  # empty where a channel is nobody's
    Column("channel", String(64), nullable=False),  # mail | push | webhook:<key>
    # PENDING PACKED SENT FAILED DROPPED: packed is what has its content and its parcel, before anything is sent
    Column("state", String(8), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error_message", Text),
    Column("parcel_key", BigInteger),  # by which the receiver knows a repetition
    Column("content", Json),  # what is told, as packed; forgotten once it is sent
    Column("created_at", Moment, nullable=False),
    Column("packed_at", Moment),
    Column("sent_at", Moment),
    # one notification comes to one person by one channel once
    Index("uq_delivery", "notification_key", "username", "channel", unique=True),
    Index("ix_delivery_due", "state", "channel", "due_at"),
    Index("ix_delivery_parcel", "parcel_key"),
    Index("ix_delivery_person", "username", "channel", "packed_at"),
)

notification_preference = Table(
    "notification_preference",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("language", String(2), nullable=False),  # th | en
    Column("choices", Json, nullable=False),  # {group of topics: {channel: at-once | digest | off}}
    Column("digest_at", String(5), nullable=False),  # HH:MM in the office's zone, as the two below
    Column("quiet_from", String(5)),  # none: at no time is it quiet
    Column("quiet_until", String(5)),
    Column("rev", Integer, nullable=False),
)

notification_template = Table(
    "notification_template",
    metadata,
    # what an administrator put in the place of the built-in texts
    Column("topic", String(32), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_by", String(256), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("rev", Integer, nullable=False),
)
