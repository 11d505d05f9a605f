"""Found along an index: jobs that the engine does itself, among all that wait for workers; what makes a process start,
among all that cases wait for; what happened last, among the histories of all cases; the latest cases of one process,
and how many there are."""

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
    listed = ["process_id", "state", "key", "access_class"]
    op.create_index("ix_process_instance_listed", "process_instance", listed, if_not_exists=True)
    op.drop_index("ix_process_instance_list", "process_instance")
    by_time = ["process_id", "started_at", "key"]
    op.create_index("ix_process_instance_of_process", "process_instance", by_time, if_not_exists=True)
    op.create_index("ix_history_event_at", "history_event", ["at", "type"])
    op.create_index("ix_service_event_at", "service_event", ["at", "type"])
