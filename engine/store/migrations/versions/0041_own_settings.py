"""What a person keeps for himself or herself: how the application looks, tours that were seen, favourite processes."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def _username() -> sa.Column[str]:
    return sa.Column("username", sa.String(256), sa.ForeignKey("person.username"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "own_settings",
        _username(),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("text_size", sa.Integer, nullable=False),
        sa.Column("still", sa.Boolean, nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
    )
    op.create_table("seen_tours", _username(), sa.Column("tours", sa.Text, nullable=False))
    op.create_table(
        "favourite_process",
        _username(),
        sa.Column("process_id", sa.String(256), primary_key=True),
        sa.Column("added_at", sa.String(27), nullable=False),
    )
