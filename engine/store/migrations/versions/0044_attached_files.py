"""Files that are attached to a task's form, and not handed in before it is completed."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is there already was handed in."""
    op.add_column("document", sa.Column("draft_of", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_document_draft",
        "document",
        ["draft_of"],
        sqlite_where=sa.text("draft_of IS NOT NULL"),
        postgresql_where=sa.text("draft_of IS NOT NULL"),
    )
