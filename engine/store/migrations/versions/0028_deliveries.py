"""Notifications by event and topic, in each language; what is on its way to whom; preferences and templates."""

from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mails that wait go on as deliveries, under the same Message-ID."""
    op.add_column("notification", sa.Column("event", sa.String(length=128), nullable=False, server_default=""))
    op.add_column("notification", sa.Column("topic", sa.String(length=32), nullable=False, server_default="message"))
    op.add_column("notification", sa.Column("subject_en", sa.Text(), nullable=False, server_default=""))
    op.add_column("notification", sa.Column("body_en", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE notification SET event = CAST(key AS VARCHAR)")
    op.execute("UPDATE notification SET topic = about WHERE about IN ('reminder', 'escalation', 'substitution')")
    op.create_index("uq_notification_event", "notification", ["event", "recipient_kind", "recipient"], unique=True)
    op.add_column("incident", sa.Column("delivery_key", sa.BigInteger(), nullable=True))
    _deliveries()
    _choices()
    _carry_mails_over()


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("notification_key", sa.BigInteger(), nullable=False),
        sa.Column("process_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("parcel_key", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("packed_at", sa.String(length=27), nullable=True),
        sa.Column("sent_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["notification_key"], ["notification.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_delivery_process_instance_key", "delivery", ["process_instance_key"])
    op.create_index("uq_delivery", "delivery", ["notification_key", "username", "channel"], unique=True)
    op.create_index("ix_delivery_due", "delivery", ["state", "channel", "due_at"])
    op.create_index("ix_delivery_parcel", "delivery", ["parcel_key"])
    op.create_index("ix_delivery_person", "delivery", ["username", "channel", "packed_at"])


def _choices() -> None:
    op.create_table(
        "notification_preference",
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("digest_at", sa.String(length=5), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=True),
        sa.Column("quiet_until", sa.String(length=5), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("username"),
    )
    op.create_table(
        "notification_template",
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=256), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "language"),
    )


_WAITING = sa.text("SELECT key, payload, due_at, created_at FROM job WHERE kind = 'MAIL' AND state = 'PENDING'")
# the job says no more than the address: the notification is the one that was written with it, to this person
_OF_IT = sa.text(
    "SELECT n.key, n.process_instance_key, n.topic, p.username FROM notification n JOIN person p ON p.email = :email"
    " WHERE n.created_at = :at AND ((n.recipient_kind = 'user' AND n.recipient = p.username) OR EXISTS (SELECT 1 FROM"
    " membership m WHERE n.recipient_kind = 'group' AND m.group_key = n.recipient AND m.username = p.username))"
    " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.notification_key = n.key AND d.username = p.username)"
    " ORDER BY n.key LIMIT 1"
)
_CARRY = sa.text(
    "INSERT INTO delivery (key, notification_key, process_instance_key, username, channel, state, due_at, attempts,"
    " parcel_key, content, created_at, packed_at) VALUES (:key, :of, :case, :username, 'mail', 'PACKED', :due, 0,"
    " :key, :content, :at, :at)"
)


def _carry_mails_over() -> None:
    db = op.get_bind()
    for row in db.execute(_WAITING).all():
        mail: dict[str, Any] = orjson.loads(row.payload)
        found = db.execute(_OF_IT, {"email": mail["to"], "at": row.created_at}).one_or_none()
        if found is None:  # whom it was for has left since: the inbox tells the others
            continue
        content = {
            "language": "th", "to": mail["to"], "topic": found.topic, "subject": mail["subject"], "text": mail["body"],
            "link": None, "guarded": False, "values": {},
        }  # fmt: skip
        packed = {
            "key": row.key, "of": found.key, "case": found.process_instance_key, "username": found.username,
            "due": row.due_at, "content": orjson.dumps(content).decode(), "at": row.created_at,
        }  # fmt: skip
        db.execute(_CARRY, packed)
    op.execute("DELETE FROM job WHERE kind = 'MAIL'")
