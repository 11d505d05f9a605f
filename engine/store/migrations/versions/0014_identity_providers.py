"""Identity providers: whose account a provider's person has here, and which of its sessions opened ours."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "external_identity",
        sa.Column("issuer", sa.String(length=512), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["username"], ["person.username"]),
        sa.PrimaryKeyConstraint("issuer", "subject"),
    )
    op.create_index("ix_external_identity_person", "external_identity", ["username"])
    op.add_column("session", sa.Column("issuer", sa.String(length=512), nullable=True))
    op.add_column("session", sa.Column("subject", sa.String(length=255), nullable=True))
    op.add_column("session", sa.Column("provider_session", sa.String(length=255), nullable=True))
    op.create_index("ix_session_provider", "session", ["issuer", "subject"])
    op.create_index("ix_session_provider_session", "session", ["issuer", "provider_session"])
