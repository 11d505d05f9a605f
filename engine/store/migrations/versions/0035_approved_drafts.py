"""Who asked for the publication of a draft, where a second person approves it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("model_draft", sa.Column("requested_by", sa.String(length=256), nullable=True))
    op.add_column("model_draft", sa.Column("requested_at", sa.String(length=27), nullable=True))
