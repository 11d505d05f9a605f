"""Clients of the API with a secret, tokens for some permissions alone, and what a session was opened with."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "api_client",
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=True),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("client_id"),
    )
    op.create_index("ix_api_client_person", "api_client", ["username"])
    op.add_column("session", sa.Column("agent", sa.String(length=256), server_default="", nullable=False))
    op.create_index("ix_session_person", "session", ["username"])
    op.add_column("api_token", sa.Column("permissions", sa.Text(), nullable=True))
    op.add_column("api_token", sa.Column("client_id", sa.String(length=64), nullable=True))
    op.create_index("ix_api_token_person", "api_token", ["username"])
    op.create_index("ix_api_token_client", "api_token", ["client_id"])
