"""Due rows are handed to a queue that the nodes of a cluster share."""

import sqlalchemy as sa
from alembic import op

from engine.store.migrations.queue import bring_queue

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("handed_at", sa.String(length=27), nullable=True))
    bring_queue(op.get_bind())
