"""Confidentiality classes of single documents."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there already is of no class of its own: that of its case counts."""
    op.add_column("document", sa.Column("access_class", sa.Integer(), server_default="0", nullable=False))
