"""Cases are looked for by their business id without reading all of them."""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """On PostgreSQL it may be there already (migrations/indexes.py)."""
    op.create_index("ix_process_instance_business_id", "process_instance", ["business_id", "key"], if_not_exists=True)
