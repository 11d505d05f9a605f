"""What a person started, worked on and signed is found by index, the latest case first."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_process_instance_starter", table_name="process_instance")
    op.create_index("ix_process_instance_starter", "process_instance", ["started_by", "key"])
    for name, table, column in (
        ("ix_user_task_worked", "user_task", "completed_by"),
        ("ix_co_signature_signed", "co_signature", "signed_by"),
    ):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column, "process_instance_key"], sqlite_where=there, postgresql_where=there)
