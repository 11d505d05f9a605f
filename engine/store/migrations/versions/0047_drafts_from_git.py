"""From which commit of the Git source the files of a draft were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("model_draft", sa.Column("git_reference", sa.String(length=256), nullable=True))
    op.add_column("model_draft", sa.Column("git_commit", sa.String(length=40), nullable=True))
