"""What is deployed."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.base import KEY

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new."""
    op.create_table(
        "deployment",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("deployed_at", sa.String(length=27), nullable=False),
        sa.Column("deployed_by", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "decision_requirements",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("requirements_id", sa.String(length=256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("resource_name", sa.String(length=512), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("namespace", sa.Text(), server_default="", nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("requirements_id", "version", name="uq_decision_requirements_version"),
    )
    op.create_table(
        "form_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("form_id", sa.String(length=256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=256), nullable=True),
        sa.Column("resource_name", sa.String(length=512), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("form_id", "version", name="uq_form_definition_version"),
    )
    op.create_table(
        "process_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=256), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("resource_name", sa.String(length=512), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("start_form_id", sa.String(length=256), nullable=True),
        sa.Column("startable", sa.Boolean(), nullable=False),
        sa.Column("deployed_at", sa.String(length=27), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="ACTIVE", nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("process_id", "version", name="uq_process_definition_version"),
    )
    op.create_table(
        "decision_definition",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("decision_id", sa.String(length=256), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=256), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("requirements_key", sa.BigInteger(), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_key"],
            ["deployment.key"],
        ),
        sa.ForeignKeyConstraint(
            ["requirements_key"],
            ["decision_requirements.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("decision_id", "version", name="uq_decision_definition_version"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("decision_definition")
    op.drop_table("process_definition")
    op.drop_table("form_definition")
    op.drop_table("decision_requirements")
    op.drop_table("deployment")
