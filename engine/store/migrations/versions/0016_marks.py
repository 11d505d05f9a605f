"""Which fields of forms are marked as classified or personal, and which forms a process shows."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No form had marks yet."""
    op.create_table(
        "marked_field",
        sa.Column("form_id", sa.String(length=256), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("access_class", sa.Integer(), nullable=False),
        sa.Column("personal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("form_id", "name"),
    )
    uses = op.create_table(
        "form_use",
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("form_id", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "form_id"),
    )
    op.create_index("ix_form_use_form", "form_use", ["form_id"])
    # what a version deployed before shows is not read again from its diagram: any form may be one of its
    ids = op.get_bind().execute(sa.text("SELECT DISTINCT process_id FROM process_definition")).scalars()
    op.bulk_insert(uses, [{"process_id": one, "form_id": "*"} for one in ids])
