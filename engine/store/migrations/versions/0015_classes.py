"""Confidentiality classes: of cases, and what people are cleared for."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there already is of the normal class, and nobody is cleared for more."""
    op.add_column("process_instance", sa.Column("access_class", sa.Integer(), server_default="0", nullable=False))
    op.add_column("person", sa.Column("clearance", sa.Integer(), server_default="0", nullable=False))
