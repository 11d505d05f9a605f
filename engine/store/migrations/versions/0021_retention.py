"""Retention: certificates of deletion, and the one exception from append-only history that they open."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.append_only import HISTORY, rules, statements
from engine.store.tables.base import KEY

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The triggers of history are made anew."""
    op.create_table(
        "retention_certificate",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("ordered_by", sa.String(length=256), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "deleted_case",
        sa.Column("process_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("certificate_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(["certificate_key"], ["retention_certificate.key"]),
        sa.PrimaryKeyConstraint("process_instance_key"),
    )
    op.create_index("ix_deleted_case_certificate_key", "deleted_case", ["certificate_key"])
    called = sa.text("parent_key IS NOT NULL")
    op.create_index(
        "ix_process_instance_parent", "process_instance", ["parent_key"], sqlite_where=called, postgresql_where=called
    )
    dialect = op.get_bind().dialect.name
    dropped = ["append_only"] if dialect == "postgresql" else ["no_update", "no_delete"]
    for name in dropped:
        on = f" ON {HISTORY}" if dialect == "postgresql" else ""
        op.execute(f"DROP TRIGGER {HISTORY}_{name}{on}")
    of_certificates = [s for table in ("retention_certificate", "deleted_case") for s in statements(dialect, table)]
    for statement in (*rules(dialect, HISTORY, archives=False), *of_certificates):
        op.execute(statement)
