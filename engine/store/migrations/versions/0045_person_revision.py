"""Accounts have a revision: who changes one says which state of it was looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("rev", sa.Integer, nullable=False, server_default="0"))
