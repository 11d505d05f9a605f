"""When a session ends without anybody at work in it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sessions of before have no such moment and are over: their people sign in again."""
    op.add_column("session", sa.Column("idle_at", sa.String(length=27), nullable=True))
