"""Passwords that an administrator made, which the person replaces at the first sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("one_time_until", sa.String(length=27), nullable=True))
