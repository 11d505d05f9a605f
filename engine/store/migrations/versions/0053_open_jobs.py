"""Workers find the most urgent jobs of a type without reading those that are done, or all that wait; and who stands in
for others now is found among all who ever did."""

from alembic import op
from sqlalchemy import text

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_OPEN = text("state IN ('PENDING', 'LOCKED')")


def upgrade() -> None:
    """On PostgreSQL the first may be there already (migrations/indexes.py)."""
    op.create_index(
        "ix_job_open", "job", ["type", text("priority DESC"), "key"], if_not_exists=True,
        sqlite_where=_OPEN, postgresql_where=_OPEN,
    )  # fmt: skip
    op.create_index("ix_substitution_ends", "substitution", ["ends_at"], if_not_exists=True)
    op.drop_index("ix_job_type", "job", if_exists=True)
