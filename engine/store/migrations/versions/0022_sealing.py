"""Accounts get the pseudonyms by which history calls them from now on; cases can have keys."""

import sqlalchemy as sa
from alembic import op

from engine.store.directory import new_pseudonym
from engine.store.tables.sealing import WATCHED, statements

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What history says already stays as it is."""
    pseudonyms = op.create_table(
        "pseudonym",
        sa.Column("pseudonym", sa.String(length=34), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "case_key",
        sa.Column("process_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["process_instance_key"], ["process_instance.key"]),
        sa.PrimaryKeyConstraint("process_instance_key"),
        sa.UniqueConstraint("key_id"),
    )
    names = op.get_bind().execute(sa.text("SELECT username FROM person")).scalars().all()
    op.bulk_insert(pseudonyms, [new_pseudonym(name) for name in names])
    for table in WATCHED:
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)
