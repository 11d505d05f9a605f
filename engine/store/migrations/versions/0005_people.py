"""Who: people, groups, roles, sessions, tokens; settings and repeated requests."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "group_",
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("th", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(length=256), nullable=True),
        sa.Column("head_of", sa.String(length=256), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("actor", sa.String(length=256), nullable=False),
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key"),
    )
    op.create_table(
        "person",
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=256), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("username"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "api_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=True),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["username"],
            ["person.username"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "membership",
        sa.Column("group_key", sa.String(length=256), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_key"],
            ["group_.key"],
        ),
        sa.ForeignKeyConstraint(
            ["username"],
            ["person.username"],
        ),
        sa.PrimaryKeyConstraint("group_key", "username"),
    )
    op.create_index("ix_membership_person", "membership", ["username"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("process_id", sa.String(length=256), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["person.username"],
        ),
        sa.PrimaryKeyConstraint("username", "role", "process_id"),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=256), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["person.username"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("session")
    op.drop_table("role_grant")
    op.drop_table("membership")
    op.drop_table("api_token")
    op.drop_table("setting")
    op.drop_table("person")
    op.drop_table("idempotency_key")
    op.drop_table("group_")
