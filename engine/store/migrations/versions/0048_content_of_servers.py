"""Which content servers brought with them, so that they know it again."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deployment", sa.Column("digest", sa.String(length=64), nullable=True))
    op.create_index("ix_deployment_digest", "deployment", ["digest"])
