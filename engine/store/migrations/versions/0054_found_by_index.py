"""Found along an index: jobs that the engine does itself, among all that wait for workers; what makes a process start,
among all that cases wait for; what happened last, among the histories of all cases."""

from alembic import op
from sqlalchemy import text

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_OURS = text("state = 'PENDING' AND substr(type, 1, 8) = 'krabuan:'")
_STARTS = text("definition_key IS NOT NULL")


def upgrade() -> None:
    """On PostgreSQL the large ones may be there already (migrations/indexes.py): that of histories is then put
    together out of those of its months."""
    op.create_index(
        "ix_job_built_in", "job", ["due_at", "key"], if_not_exists=True, sqlite_where=_OURS, postgresql_where=_OURS
    )
    op.create_index(
        "ix_subscription_starts", "subscription", ["process_id"], sqlite_where=_STARTS, postgresql_where=_STARTS
    )
    op.create_index("ix_history_event_at", "history_event", ["at", "type"])
    op.create_index("ix_service_event_at", "service_event", ["at", "type"])
