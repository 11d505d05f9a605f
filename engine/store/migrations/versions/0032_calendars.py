"""Calendars of the organisation and its units, and from when on standard times are counted."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY
from engine.store.tables.calendars import WATCHED, statements

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has entered anything yet. Tasks that are open already keep their due times: nothing tells any more from
    when they were counted."""
    op.create_table(
        "calendar_day",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("calendar", sa.String(length=256), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("sessions", sa.Text(), nullable=True),
        sa.Column("th", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        *_entered(),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "office_hours",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("calendar", sa.String(length=256), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        *_entered(),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "calendar_change",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("calendar", sa.String(length=256), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("th", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=256), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    _index("uq_calendar_day", "calendar_day", ["calendar", "day"], "withdrawn_at IS NULL", unique=True)
    op.create_index("ix_calendar_day_day", "calendar_day", ["day", "key"])
    _index("uq_office_hours", "office_hours", ["calendar", "valid_from"], "withdrawn_at IS NULL", unique=True)
    _index("ix_calendar_change_open", "calendar_change", ["key"], "ended_at IS NULL")
    op.add_column("user_task", sa.Column("standard_from", sa.String(length=27), nullable=True))
    op.add_column("user_task", sa.Column("standard_term", sa.Text(), nullable=True))
    counted = "completed_at IS NULL AND standard_from IS NOT NULL"
    _index("ix_user_task_counted", "user_task", ["process_instance_key"], counted)
    counted = "ended_at IS NULL AND standard_due_at IS NOT NULL AND element_type <> 'USER_TASK'"
    _index("ix_element_instance_counted", "element_instance", ["process_instance_key"], counted)
    _index("ix_deadline_running", "deadline", ["process_instance_key"], "stopped_at IS NULL")
    for table in WATCHED:
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)


def _entered() -> list[sa.Column[Any]]:
    return [
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=256), nullable=False),
        sa.Column("entered_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=256), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawal_source", sa.Text(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
    ]


def _index(name: str, table: str, columns: list[str], holds: str, unique: bool = False) -> None:
    where = sa.text(holds)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)
